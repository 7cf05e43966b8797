import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

import type { Context } from "../cli/command.ts";
import { messageOf } from "../cli/errors.ts";
import { columnsOf, paintFor, plain } from "../cli/output.ts";
import { exportFile, exportOf } from "./export.ts";
import { writeManifests } from "./manifests/write.ts";
import { PreviewProblem } from "./problem.ts";
import { loadProject } from "./project.ts";
import { jsonReport } from "./report/json.ts";
import { markdownReport } from "./report/markdown.ts";
import { blocks, summaryOf } from "./report/summary.ts";
import { textReport } from "./report/text.ts";
import type { Outcome } from "./run.ts";
import { isFailed, previewEnvironment } from "./run.ts";
import type { PreviewSettings } from "./settings.ts";

/** What is previewed, and what becomes of it. */
export interface Task extends PreviewSettings {
  /** Folder of Pulumi.yaml. */
  readonly root: string;
  readonly environments: readonly string[];
}

/** Columns of a report that goes to a file or a pipe, so that it does not depend on who runs it. */
const FILE_WIDTH = 100;

function report(
  outcomes: readonly Outcome[],
  { format, resources, output: file }: Task,
  { output, variables }: Context,
) {
  if (format === "json") return jsonReport(outcomes, { resources });
  if (format === "markdown") return markdownReport(outcomes, { resources });
  const terminal = file === undefined && output.isTTY === true;
  const width = terminal ? Math.min(Math.max(columnsOf(output, FILE_WIDTH), 60), 120) : FILE_WIDTH;
  return textReport(outcomes, { resources, width, paint: terminal ? paintFor(output, variables) : plain });
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new PreviewProblem("file-unwritable", `${file} cannot be written: ${messageOf(error)}`);
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

/** Previews environments at the same time and reports them; answers the exit code. */
export async function perform(task: Task, context: Context): Promise<number> {
  const { environments, unknowns, timeout: timeoutSeconds } = task;
  const project = loadProject(task.root);
  const counts = new Map(environments.map((environment) => [environment, 0]));
  const stopProgress = context.progress(
    () => `${[...counts].map(([environment, resources]) => `${environment} ${resources}`).join(", ")} resources`,
  );
  const options = {
    project,
    pack: resolve(project.root, task.pack),
    unknowns,
    timeoutSeconds,
    onProgress: (environment: string, resources: number) => {
      counts.set(environment, resources);
    },
  };
  let outcomes: Outcome[];
  try {
    outcomes = await Promise.all(environments.map((environment) => previewEnvironment(environment, options)));
  } finally {
    stopProgress();
  }
  // Files first: should one fail, the output holds that problem alone.
  if (task.export !== undefined) writeExports(task.export, outcomes);
  if (task.manifests !== undefined) {
    for (const outcome of outcomes)
      if (!isFailed(outcome)) writeManifests(task.manifests, outcome.environment, outcome.resources);
  }
  const text = report(outcomes, task, context);
  if (task.output === undefined) context.output.write(text);
  else write(task.output, text);
  return exitCode(outcomes);
}
