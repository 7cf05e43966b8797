/** Powers of ten, in the order of their size. */
const DECIMAL: readonly string[] = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY: readonly string[] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const NANO = 1_000_000_000n;

interface Parsed {
  /** In billionths, Kubernetes' smallest unit. */
  readonly nanos: bigint;
  readonly binary: boolean;
}

function parse(text: string): Parsed | undefined {
  const [, sign = "", whole = "", fraction = "", suffix = ""] =
    /^([+-]?)(\d*)(?:\.(\d*))?(Ki|Mi|Gi|Ti|Pi|Ei|[numkMGTPE])?$/.exec(text) ?? [];
  if (whole === "" && fraction === "") return undefined;
  const digits = BigInt(`${whole}${fraction}` === "" ? "0" : `${whole}${fraction}`);
  const binary = BINARY.indexOf(suffix);
  const decimal = DECIMAL.indexOf(suffix);
  const scale = binary > 0 ? 1024n ** BigInt(binary) * NANO : 1000n ** BigInt(decimal);
  const divisor = 10n ** BigInt(fraction.length);
  // Kubernetes rounds up what is smaller than its smallest unit.
  const nanos = (digits * scale + divisor - 1n) / divisor;
  return { nanos: sign === "-" ? -nanos : nanos, binary: binary > 0 };
}

function largest(value: bigint, base: bigint, suffixes: readonly string[]): string {
  let rest = value;
  let position = 0;
  while (rest !== 0n && rest % base === 0n && position < suffixes.length - 1) {
    rest /= base;
    position += 1;
  }
  return `${rest}${suffixes[position] ?? ""}`;
}

/**
 * A quantity as the API server spells it: a whole number with the largest suffix of its own kind (1024Mi is 1Gi, 0.5 is
 * 500m). What is no quantity comes back as it is.
 */
export function canonicalQuantity(value: string | number): string {
  const text = String(value);
  const parsed = parse(text);
  if (parsed === undefined) return text;
  const { nanos, binary } = parsed;
  if (nanos === 0n) return "0";
  const isWhole = nanos % NANO === 0n;
  const units = nanos / NANO;
  // Below 1024, and with a fraction, binary quantities are written as decimal ones.
  if (binary && isWhole && (units >= 1024n || units <= -1024n)) return largest(units, 1024n, BINARY);
  return largest(nanos, 1000n, DECIMAL);
}
