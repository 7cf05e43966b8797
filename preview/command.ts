import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Arguments } from "./arguments.ts";
import { HELP, parseArguments } from "./arguments.ts";
import { exportFile, exportOf } from "./export.ts";
import { writeManifests } from "./manifests/write.ts";
import { messageOf, PreviewProblem } from "./problem.ts";
import { Progress } from "./progress.ts";
import { chooseEnvironments, loadProject } from "./project.ts";
import { jsonReport } from "./report/json.ts";
import { markdownReport } from "./report/markdown.ts";
import { paintFor, plain } from "./report/style.ts";
import { blocks, summaryOf } from "./report/summary.ts";
import { textReport } from "./report/text.ts";
import type { Outcome } from "./run.ts";
import { isFailed, previewEnvironment } from "./run.ts";

/** Columns of a report that goes to a file or a pipe, so that it does not depend on who runs it. */
const FILE_WIDTH = 100;

function report(outcomes: readonly Outcome[], { format, resources, output }: Arguments): string {
  if (format === "json") return jsonReport(outcomes, { resources });
  if (format === "markdown") return markdownReport(outcomes, { resources });
  const terminal = output === undefined && process.stdout.isTTY;
  const width = terminal ? Math.min(Math.max(process.stdout.columns, 60), 120) : FILE_WIDTH;
  return textReport(outcomes, { resources, width, paint: terminal ? paintFor(process.stdout, process.env) : plain });
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new PreviewProblem(`${file} cannot be written: ${messageOf(error)}`);
  }
}

function writeExports(file: string, outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    if (!isFailed(outcome))
      write(
        exportFile(file, outcome.environment, outcomes.length > 1),
        `${JSON.stringify(exportOf(outcome.resources), undefined, 1)}\n`,
      );
  }
}

function exitCode(outcomes: readonly Outcome[]): number {
  if (outcomes.some(isFailed)) return 2;
  return outcomes.some((outcome) => !isFailed(outcome) && blocks(summaryOf(outcome))) ? 1 : 0;
}

async function run(args: Arguments, home: string): Promise<number> {
  const project = loadProject(resolve(args.root ?? home));
  const environments = chooseEnvironments(project.root, args.environments);
  const progress = new Progress(environments, process.stderr);
  const { unknowns, timeoutSeconds } = args;
  const options = {
    project,
    pack: resolve(project.root, args.pack),
    unknowns,
    timeoutSeconds,
    onProgress: progress.update,
  };
  let outcomes: Outcome[];
  try {
    outcomes = await Promise.all(environments.map((environment) => previewEnvironment(environment, options)));
  } finally {
    progress.stop();
  }
  const text = report(outcomes, args);
  if (args.output === undefined) process.stdout.write(text);
  else write(args.output, text);
  if (args.export !== undefined) writeExports(args.export, outcomes);
  if (args.manifests !== undefined) {
    for (const outcome of outcomes)
      if (!isFailed(outcome)) writeManifests(args.manifests, outcome.environment, outcome.resources);
  }
  return exitCode(outcomes);
}

/** The command; answers its exit code. `home` is the folder of the project it belongs to. */
export async function command(words: readonly string[], home: string): Promise<number> {
  try {
    const args = parseArguments(words);
    if (args.help) {
      process.stdout.write(HELP);
      return 0;
    }
    return await run(args, home);
  } catch (error) {
    if (!(error instanceof PreviewProblem)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 2;
  }
}
