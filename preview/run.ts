import type { RemediationNote } from "./analyzer/analyzer.ts";
import { startAnalyzer } from "./analyzer/analyzer.ts";
import type { RuleInfo } from "./analyzer/configuration.ts";
import { StackJudge } from "./analyzer/judge.ts";
import type { Verdict } from "./analyzer/verdict.ts";
import type { LogLine, Resource } from "./engine/model.ts";
import { runProgram } from "./engine/program.ts";
import type { PreviewCode } from "./problem.ts";
import { PreviewProblem } from "./problem.ts";
import type { Project } from "./project.ts";
import { readStackFile } from "./stack-file.ts";

export interface RunOptions {
  readonly project: Project;
  /** Folder of the policy pack. */
  readonly pack: string;
  readonly unknowns: boolean;
  readonly timeoutSeconds: number;
  readonly onProgress: (environment: string, resources: number) => void;
}

/** A judged environment. */
export interface Preview {
  readonly environment: string;
  /** Sorted by URN. */
  readonly resources: readonly Resource[];
  readonly rules: readonly RuleInfo[];
  readonly verdicts: readonly Verdict[];
  readonly remediations: readonly RemediationNote[];
  /** What the program said through `pulumi.log`, and what the preview has to say of its own; sorted, without repetitions. */
  readonly log: readonly LogLine[];
  /** What the program printed. */
  readonly printed: string;
}

/** An environment that could not be previewed. */
export interface FailedPreview {
  readonly environment: string;
  /** What kind of problem; see {@link PreviewProblem}. */
  readonly code: PreviewCode;
  readonly problem: string;
}

export type Outcome = Preview | FailedPreview;

export const isFailed = (outcome: Outcome): outcome is FailedPreview => "problem" in outcome;

const sortedLog = (log: readonly LogLine[]) =>
  [...new Map(log.map((line) => [`${line.severity} ${line.urn ?? ""} ${line.message}`, line])).entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, line]) => line);

async function preview(
  environment: string,
  { project, pack, unknowns, timeoutSeconds, onProgress }: RunOptions,
): Promise<Preview> {
  const configuration = readStackFile(project, environment);
  const context = { project: project.name, environment, configuration, unknowns, root: project.root };
  const starting = startAnalyzer(pack, context);
  const judge = new StackJudge(starting);
  const stop = new AbortController();
  try {
    const program = runProgram({
      project,
      environment,
      configuration,
      unknowns,
      timeoutSeconds,
      judge,
      signal: stop.signal,
      onProgress: (resources) => {
        onProgress(environment, resources);
      },
    });
    // A pack that does not start ends the run at once, also when the program would never ask it anything.
    const [{ resources, log, printed }] = await Promise.all([program, starting]);
    const { rules, verdicts, remediations } = await judge.finish(resources);
    return {
      environment,
      rules,
      verdicts,
      remediations,
      printed,
      resources: resources.toSorted((a, b) => (a.urn < b.urn ? -1 : 1)),
      log: sortedLog(log),
    };
  } finally {
    stop.abort();
    void starting.then(
      (analyzer) => {
        analyzer.stop();
      },
      () => undefined,
    );
  }
}

/** Previews an environment; never throws for what is wrong with the project. */
export async function previewEnvironment(environment: string, options: RunOptions): Promise<Outcome> {
  try {
    return await preview(environment, options);
  } catch (error) {
    if (error instanceof PreviewProblem) return { environment, code: error.code, problem: error.message };
    throw error;
  }
}
