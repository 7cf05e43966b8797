/** A block of IPv4 addresses, as numbers. */
export interface Ipv4Block {
  /** The first address, 0 to 2^32 - 1. */
  readonly first: number;
  /** Bits that all its addresses share, 0 to 32. */
  readonly prefixLength: number;
}

/** How many addresses a block of that prefix length has. */
export function sizeOf(prefixLength: number): number {
  return 2 ** (32 - prefixLength);
}

/**
 * The block behind a text such as "10.20.0.0/16". Address bits behind the prefix are cut off, as AWS does; undefined if
 * the text is no IPv4 block.
 */
export function parseIpv4Cidr(text: string): Ipv4Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (match === null) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefixLength = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefixLength > 32) return undefined;
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { first: address - (address % sizeOf(prefixLength)), prefixLength };
}

/** The block as text, for instance "10.20.0.0/16". */
export function formatIpv4Cidr({ first, prefixLength }: Ipv4Block): string {
  const octets = [24, 16, 8, 0].map((shift) => Math.floor(first / 2 ** shift) % 256);
  return `${octets.join(".")}/${prefixLength}`;
}

/** Whether every address of `inner` lies in `outer`. */
export function contains(outer: Ipv4Block, inner: Ipv4Block): boolean {
  return (
    outer.first <= inner.first && inner.first + sizeOf(inner.prefixLength) <= outer.first + sizeOf(outer.prefixLength)
  );
}

/** Whether the blocks share an address. Of two blocks that do, one contains the other. */
export function overlaps(one: Ipv4Block, other: Ipv4Block): boolean {
  return contains(one, other) || contains(other, one);
}
