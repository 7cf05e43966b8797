import { availableParallelism, cpus, totalmem } from "node:os";

import type { JudgingMeasurement } from "./judging.ts";
import type { PreviewMeasurement } from "./previews.ts";
import type { Measurement } from "./statistics.ts";

/** Everything a benchmark measured. */
export interface Results {
  readonly previews: readonly PreviewMeasurement[];
  /** Milliseconds. */
  readonly packStart: Measurement;
  readonly judging: readonly JudgingMeasurement[];
}

/** Where it was measured: figures mean nothing without. */
export function machine(): string {
  return `Node ${process.versions.node}, ${availableParallelism()} × ${cpus()[0]?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

function show({ median, spread: [smallest, largest] }: Measurement, digits: number, scale = 1): string {
  const text = (value: number) => (value * scale).toFixed(digits);
  return `${text(median)} (${text(smallest)}–${text(largest)})`;
}

const seconds = (measurement: Measurement) => `${show(measurement, 2, 0.001)} s`;
const milliseconds = (measurement: Measurement) => `${show(measurement, 2)} ms`;
const mebibytes = (measurement: Measurement) =>
  measurement.median === 0 ? "not told here" : `${show(measurement, 0)} MiB`;

/** The results as markdown: median (smallest–largest). */
export function tables({ previews, packStart, judging }: Results): string {
  return [
    `Measured on ${machine()}. Median (smallest–largest) of ${packStart.runs} runs.`,
    "",
    "| what | time | peak memory |",
    "| --- | ---: | ---: |",
    ...previews.map(({ name, time, memory }) => `| ${name} | ${seconds(time)} | ${mebibytes(memory)} |`),
    `| start of the policy pack | ${seconds(packStart)} | |`,
    "",
    "| pack | resources | per judged resource | judgement of the stack | peak memory of the pack |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...judging.map(
      ({ pack, resources, perResource, stack, memory }) =>
        `| ${pack} | ${resources} | ${milliseconds(perResource)} | ${seconds(stack)} | ${mebibytes(memory)} |`,
    ),
    "",
  ].join("\n");
}
