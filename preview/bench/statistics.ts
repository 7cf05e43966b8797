/** What several runs of the same measured. */
export interface Measurement {
  readonly median: number;
  /** Smallest and largest value. */
  readonly spread: readonly [number, number];
  readonly runs: number;
}

export function summarise(values: readonly number[]): Measurement {
  const sorted = values.toSorted((a, b) => a - b);
  const [smallest, largest] = [sorted[0], sorted.at(-1)];
  if (smallest === undefined || largest === undefined) throw new Error("nothing was measured");
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? largest;
  const lower = sorted[middle - 1] ?? upper;
  return {
    median: sorted.length % 2 === 1 ? upper : (lower + upper) / 2,
    spread: [smallest, largest],
    runs: sorted.length,
  };
}

/** Runs `work` several times, one after the other. */
export async function repeat(runs: number, work: () => Promise<number>): Promise<Measurement> {
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) values.push(await work());
  return summarise(values);
}

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
