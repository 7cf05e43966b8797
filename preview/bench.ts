import { join } from "node:path";
import { parseArgs } from "node:util";

import type { JudgingMeasurement } from "./bench/judging.ts";
import { measureJudging, measurePackStart, singleRulePack, syntheticStack } from "./bench/judging.ts";
import { measurePreviews } from "./bench/previews.ts";
import { machine, tables } from "./bench/table.ts";
import { messageOf, PreviewProblem } from "./problem.ts";
import { chooseEnvironments, loadProject } from "./project.ts";
import { isFailed, previewEnvironment } from "./run.ts";
import { readStackFile } from "./stack-file.ts";

const HELP = `Measures the preview: all environments cold and warm, the pack's start, and what a judged resource costs at several sizes
of a stack, for our pack and for one with a single rule. Close everything else first: the figures are wall time.

  npm run bench -- [options]

  --runs N     how often each is measured (5)
  --sizes N,N  sizes of the synthetic stacks (100,1000,10000)
  --json       print the figures as JSON instead of tables
  --help
`;

/** The environment whose resources the synthetic stacks repeat: the last by name, or the one called production. */
function sampleEnvironment(names: readonly string[]): string {
  return names.find((name) => name === "production") ?? names.at(-1) ?? "";
}

async function bench(runs: number, sizes: readonly number[], json: boolean): Promise<void> {
  const project = loadProject(join(import.meta.dirname, ".."));
  const { root } = project;
  const ours = join(root, "policies");
  const environment = sampleEnvironment(chooseEnvironments(root, []));
  const sample = await previewEnvironment(environment, {
    project,
    pack: ours,
    unknowns: false,
    timeoutSeconds: 600,
    onProgress: () => undefined,
  });
  if (isFailed(sample)) throw new PreviewProblem(sample.problem);
  const context = {
    project: project.name,
    environment,
    configuration: readStackFile(project, environment),
    unknowns: false,
    root,
  };
  const previews = await measurePreviews(root, runs);
  const packStart = await measurePackStart(ours, context, runs);
  const judging: JudgingMeasurement[] = [];
  for (const size of sizes) {
    const resources = syntheticStack(sample.resources, size);
    judging.push(await measureJudging(`${sample.rules.length} rules`, ours, context, resources, runs));
    judging.push(await measureJudging("a single rule", singleRulePack(root), context, resources, runs));
  }
  const results = { previews, packStart, judging };
  process.stdout.write(
    json ? `${JSON.stringify({ machine: machine(), ...results }, undefined, 2)}\n` : tables(results),
  );
}

async function main(words: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        runs: { type: "string", default: "5" },
        sizes: { type: "string", default: "100,1000,10000" },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    const numbers = [values.runs, ...values.sizes.split(",")].map(Number);
    if (numbers.some((number) => !Number.isInteger(number) || number < 1))
      throw new PreviewProblem("--runs and --sizes take whole numbers above 0.");
    if (values.help) process.stdout.write(HELP);
    else await bench(Number(values.runs), values.sizes.split(",").map(Number), values.json);
    return 0;
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return 2;
  }
}

process.exitCode = await main(process.argv.slice(2));
