/**
 * Amounts as Kubernetes itself writes them. The API server and controllers that read an object and write it back spell an
 * amount in one way only: another spelling of the same amount would be theirs from then on, and the next release a conflict.
 * @see https://pkg.go.dev/k8s.io/apimachinery/pkg/api/resource#Quantity
 */

const BINARY = ["Mi", "Gi", "Ti", "Pi"] as const;
const DECIMAL = ["m", "", "k", "M", "G"] as const;

/** The amount with the largest unit that leaves no fraction, counted from the first of `units`. */
function written(amount: number, step: number, units: readonly string[]): string {
  if (amount === 0) return "0";
  let [value, unit] = [amount, 0];
  while (value % step === 0 && unit < units.length - 1) {
    value /= step;
    unit += 1;
  }
  return `${value}${units[unit] ?? ""}`;
}

/** Memory or storage in whole MiB: 512 is "512Mi", 1024 is "1Gi". */
export function mebibytes(amount: number): string {
  return written(amount, 1024, BINARY);
}

/** Memory or storage in whole GiB: 64 is "64Gi", 1024 is "1Ti". */
export function gibibytes(amount: number): string {
  return mebibytes(amount * 1024);
}

/** Processor time in thousandths of a core: 500 is "500m", 1000 is "1". */
export function millicores(amount: number): string {
  return written(amount, 1000, DECIMAL);
}

/** Whole cores, pods, volumes: 200 is "200", 2000 is "2k". */
export function count(amount: number): string {
  return millicores(amount * 1000);
}
