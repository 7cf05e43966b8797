/** Kubernetes' text for an amount, after k8s.io/apimachinery 0.35, pkg/api/resource/quantity.go and suffix.go. */

const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"] as const;
const DECIMAL = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"] as const;
const TEXT =
  /^(?<sign>[+-]?)(?<whole>\d*)(?:\.(?<fraction>\d*))?(?<suffix>(?:[KMGTPE]i)|[numkMGTPE]|(?:[eE][+-]?\d+))?$/;

/** A number of 10^-9 units. */
const NANO = 1_000_000_000n;

function parse(text: string): { readonly nanos: bigint; readonly suffix: string } {
  const { sign = "", whole = "", fraction = "", suffix = "" } = TEXT.exec(text)?.groups ?? {};
  if (whole + fraction === "") throw new Error(`"${text}" is no quantity`);
  const digits = BigInt(`${whole}${fraction}` || "0") * (sign === "-" ? -1n : 1n);
  const below = 10n ** BigInt(fraction.length);
  const binary = BINARY.findIndex((unit) => unit === suffix);
  if (binary > 0) return { nanos: (digits * NANO * 1024n ** BigInt(binary)) / below, suffix };
  const exponent = /^[eE]/.test(suffix)
    ? Number(suffix.slice(1))
    : (DECIMAL.findIndex((unit) => unit === suffix) - 3) * 3;
  const scaled = exponent < 0 ? (digits * NANO) / 10n ** BigInt(-exponent) : digits * NANO * 10n ** BigInt(exponent);
  return { nanos: scaled / below, suffix };
}

/** Takes a factor out as often as it goes without rest. */
function reduce(value: bigint, factor: bigint, most: number): { readonly rest: bigint; readonly times: number } {
  let [rest, times] = [value, 0];
  while (times < most && rest % factor === 0n) {
    rest /= factor;
    times += 1;
  }
  return { rest, times };
}

/** The amount, in thousand millionths. Throws for what is no quantity. */
export const nanosOf = (text: string): bigint => parse(text).nanos;

/** How Kubernetes writes the amount back. Throws for what is no quantity. */
export function canonical(text: string): string {
  const { nanos, suffix } = parse(text);
  if (nanos === 0n) return "0";
  const units = nanos / NANO;
  // Below 1024 there are no binary units: their names would only round.
  if (suffix.endsWith("i") && nanos % NANO === 0n && (units >= 1024n || units <= -1024n)) {
    const { rest, times } = reduce(units, 1024n, BINARY.length - 1);
    return `${rest}${BINARY[times] ?? ""}`;
  }
  const { rest, times } = reduce(nanos, 1000n, DECIMAL.length - 1);
  if (/^[eE]/.test(suffix)) return times === 3 ? String(rest) : `${rest}e${(times - 3) * 3}`;
  return `${rest}${DECIMAL[times] ?? ""}`;
}
