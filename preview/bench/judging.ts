import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { startAnalyzer } from "../analyzer/analyzer.ts";
import { StackJudge } from "../analyzer/judge.ts";
import type { PackContext } from "../analyzer/pack.ts";
import { startPack } from "../analyzer/pack.ts";
import type { Resource } from "../engine/model.ts";
import { watchMemory } from "./memory.ts";
import type { Measurement } from "./statistics.ts";
import { repeat, summarise, timed } from "./statistics.ts";

export interface JudgingMeasurement {
  readonly pack: string;
  readonly resources: number;
  /** Milliseconds per resource, remediation and judgement together. */
  readonly perResource: Measurement;
  /** Milliseconds for the judgement of the stack. */
  readonly stack: Measurement;
  /** MiB of the pack's process at the worst moment. */
  readonly memory: Measurement;
}

const noProvider = () => undefined;

/**
 * A stack of a given size with the types and inputs of a real one: its resources again and again, each copy with names
 * and URNs of its own, so that references stay within the copy.
 */
export function syntheticStack(real: readonly Resource[], size: number): Resource[] {
  const result: Resource[] = [];
  for (let copy = 0; result.length < size; copy += 1) {
    const renamed = (urn: string) => (copy === 0 ? urn : `${urn}-${copy}`);
    for (const resource of real.slice(0, size - result.length)) {
      result.push({
        ...resource,
        name: renamed(resource.name),
        urn: renamed(resource.urn),
        parent: resource.parent === undefined ? undefined : renamed(resource.parent),
        dependencies: resource.dependencies.map(renamed),
        propertyDependencies: Object.fromEntries(
          Object.entries(resource.propertyDependencies).map(([key, urns]) => [key, urns.map(renamed)]),
        ),
      });
    }
  }
  return result;
}

/** A pack with one rule of ours, for comparison: what the SDK costs without rules. */
export function singleRulePack(root: string): string {
  const folder = join(root, "node_modules", ".cache", "bench-single-rule");
  const rules = JSON.stringify(new URL("../../policies/", import.meta.url).href);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "PulumiPolicy.yaml"), "runtime: nodejs\n");
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "single", version: "1.0.0", type: "module", main: "index.js" }),
  );
  writeFileSync(
    join(folder, "index.js"),
    `import { PolicyPack } from "@pulumi/policy";\nconst base = ${rules};\n` +
      'void Promise.all([import(base + "lib/deserialization-cache.ts"), import(base + "rules/kms/kms-rotation.ts")]).then(([cache, { kmsRotation }]) => {\n' +
      '  cache.cacheDeserialization();\n  new PolicyPack("single", { policies: [kmsRotation] });\n});\n',
  );
  return folder;
}

interface JudgingSample {
  readonly perResource: number;
  readonly stack: number;
  readonly memory: number;
}

/** Judges a stack as the preview does: as many questions at once, the stack at the end. */
async function judgeOnce(folder: string, context: PackContext, resources: readonly Resource[]): Promise<JudgingSample> {
  const analyzer = await startAnalyzer(folder, context);
  const memory = watchMemory(analyzer.pid);
  try {
    const judge = new StackJudge(Promise.resolve(analyzer));
    const whole = await timed(async () => {
      for (let from = 0; from < resources.length; from += 16) {
        await Promise.all(
          resources.slice(from, from + 16).map(async (resource) => {
            await judge.remediate(resource);
            judge.analyze(resource);
          }),
        );
      }
      await judge.idle();
    });
    const stack = await timed(() => analyzer.analyzeStack(resources, noProvider));
    return { perResource: whole / resources.length, stack, memory: memory.stop() };
  } finally {
    memory.stop();
    analyzer.stop();
  }
}

export async function measureJudging(
  name: string,
  folder: string,
  context: PackContext,
  resources: readonly Resource[],
  runs: number,
): Promise<JudgingMeasurement> {
  const samples: JudgingSample[] = [];
  for (let run = 0; run < runs; run += 1) samples.push(await judgeOnce(folder, context, resources));
  return {
    pack: name,
    resources: resources.length,
    perResource: summarise(samples.map(({ perResource }) => perResource)),
    stack: summarise(samples.map(({ stack }) => stack)),
    memory: summarise(samples.map(({ memory }) => memory)),
  };
}

/** Milliseconds from the start of a pack's process until it says its port. */
export function measurePackStart(folder: string, context: PackContext, runs: number): Promise<Measurement> {
  return repeat(runs, async () => {
    const start = performance.now();
    const pack = await startPack(folder, context);
    const milliseconds = performance.now() - start;
    pack.stop();
    return milliseconds;
  });
}
