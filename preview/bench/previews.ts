import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";

import { UserError } from "../../cli/errors.ts";
import { compileCache } from "../engine/sdk-process.ts";
import { watchMemory } from "./memory.ts";
import type { Measurement } from "./statistics.ts";
import { summarise } from "./statistics.ts";

export interface PreviewMeasurement {
  readonly name: string;
  /** Milliseconds from start to end of the command. */
  readonly time: Measurement;
  /** MiB of all processes together at the worst moment. */
  readonly memory: Measurement;
}

interface Sample {
  readonly milliseconds: number;
  readonly mebibytes: number;
}

/** Runs the command once, as a user does. */
async function runOnce(root: string): Promise<Sample> {
  const start = performance.now();
  const child = spawn(process.execPath, [join(root, "preflight.js"), "preview"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const watch = watchMemory(child.pid);
  const code = await new Promise<number | null>((resolve) => {
    child.on("close", resolve);
  });
  const milliseconds = performance.now() - start;
  const mebibytes = watch.stop();
  if (code !== 0 && code !== 1) {
    throw new UserError(
      "nothing-to-measure",
      `The preview ended with ${String(code)}: there is nothing to measure.`,
      "npm run preview says why.",
    );
  }
  return { milliseconds, mebibytes };
}

/** Measures the preview of all environments, with nothing compiled before and with everything compiled. */
export async function measurePreviews(root: string, runs: number): Promise<PreviewMeasurement[]> {
  const measure = async (name: string, prepare: () => void) => {
    const samples: Sample[] = [];
    for (let run = 0; run < runs; run += 1) {
      prepare();
      samples.push(await runOnce(root));
    }
    return {
      name,
      time: summarise(samples.map(({ milliseconds }) => milliseconds)),
      memory: summarise(samples.map(({ mebibytes }) => mebibytes)),
    };
  };
  const cold = await measure("preview of all environments, cold", () => {
    rmSync(compileCache(root), { recursive: true, force: true });
  });
  const warm = await measure("preview of all environments, warm", () => undefined);
  return [cold, warm];
}
