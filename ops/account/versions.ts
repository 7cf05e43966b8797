/** Below, at or above 0 as the first version is older, the same or newer, as far as both go; parts are compared as numbers. */
export function compareVersions(first: string, second: string): number {
  const parts = (version: string) => version.split(".").map(Number);
  const [a, b] = [parts(first), parts(second)];
  const differences = a.slice(0, b.length).map((part, position) => part - (b[position] ?? 0));
  return differences.find((difference) => difference !== 0) ?? 0;
}
