import { stripVTControlCharacters } from "node:util";

import { messageOf } from "../../cli/errors.ts";
import type { Child } from "../../cli/process.ts";
import { start } from "../../cli/process.ts";
import { PreviewProblem } from "../problem.ts";
import type { Project } from "../project.ts";
import type { StackConfiguration } from "../stack-file.ts";
import type { Judge } from "./deployment.ts";
import { Deployment } from "./deployment.ts";
import type { LogLine, Resource } from "./model.ts";
import { resourceMonitor } from "./monitor.ts";
import { childEnvironment, LAZY_MODULES, sdkScript } from "./sdk-process.ts";
import { handlerFor, serve } from "./server.ts";
import { engineService } from "./services.ts";

export interface ProgramOptions {
  readonly project: Project;
  readonly environment: string;
  readonly configuration: StackConfiguration;
  /** See {@link Deployment}. */
  readonly unknowns: boolean;
  /** After so long the program is ended. */
  readonly timeoutSeconds: number;
  readonly judge: Judge;
  /** Ends the run from outside. */
  readonly signal: AbortSignal;
  /** Told after each registration. */
  readonly onProgress: (resources: number) => void;
}

export interface ProgramResult {
  readonly resources: readonly Resource[];
  readonly log: readonly LogLine[];
  /** What the program printed. */
  readonly printed: string;
}

/** Ends a wait from outside: with the first problem that the engine found. */
function firstProblem(): { readonly promise: Promise<PreviewProblem>; readonly report: (error: unknown) => void } {
  const { promise, resolve } = Promise.withResolvers<PreviewProblem>();
  return {
    promise,
    report: (error) => {
      resolve(error instanceof PreviewProblem ? error : new PreviewProblem("program-failed", messageOf(error)));
    },
  };
}

function startProgram({ project, environment, configuration, unknowns }: ProgramOptions, address: string) {
  return start(
    sdkScript(project.root, "run"),
    [
      "--monitor",
      address,
      "--engine",
      address,
      "--organization",
      "organization",
      "--project",
      project.name,
      "--stack",
      environment,
      "--root-directory",
      project.root,
      "--pwd",
      project.root,
      "--parallel",
      "16",
      ...(unknowns ? ["--dry-run"] : []),
      project.entry,
    ],
    {
      cwd: project.root,
      nodeFlags: LAZY_MODULES,
      env: childEnvironment(project.root, {
        PULUMI_CONFIG: JSON.stringify(configuration.values),
        PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(configuration.secretKeys),
        PULUMI_NODEJS_TYPESCRIPT: "false",
      }),
    },
  );
}

/** Errors as they reach people: without colours, and without the frames of Node and of packages. */
function readable(message: string): string {
  const lines = stripVTControlCharacters(message).split("\n");
  return lines.filter((line) => !/^\s+at .*(node:internal|node_modules)/.test(line)).join("\n");
}

/** What to tell about a program that ended without success: its own errors, else what it printed. */
function explainExit(code: number | string, log: readonly LogLine[], stderr: string): PreviewProblem {
  const errors = log.filter(({ severity }) => severity === "error").map(({ message }) => readable(message));
  const text = errors.length > 0 ? [...new Set(errors)].join("\n\n") : readable(stderr.trim());
  return new PreviewProblem(
    "program-failed",
    text === "" ? `The program ended with ${String(code)} and said nothing.` : text,
  );
}

function explainUnfinished(log: readonly LogLine[]): PreviewProblem {
  const hints = log.filter(({ severity }) => severity !== "info").map(({ message }) => message);
  return new PreviewProblem(
    "program-unfinished",
    [
      "The program ended before it was finished: it waits for a promise or an output that nothing will ever resolve.",
      "Look for an await on something that is never resolved, and for resources that wait for each other.",
      ...new Set(hints),
    ].join("\n"),
  );
}

/** Waits for the first of: the child's end, a problem, the time limit, the caller's wish to stop. */
async function firstEnd(
  child: Child,
  problem: Promise<PreviewProblem>,
  options: ProgramOptions,
  registered: () => number,
): Promise<number | string | PreviewProblem> {
  const { promise, resolve } = Promise.withResolvers<PreviewProblem>();
  const timeout = setTimeout(() => {
    resolve(
      new PreviewProblem(
        "program-timeout",
        `The program did not end within ${options.timeoutSeconds} seconds, after ${registered()} resources. ` +
          "Something in it keeps running: a timer, a server, a loop. --timeout sets another limit.",
      ),
    );
  }, options.timeoutSeconds * 1000);
  options.signal.addEventListener("abort", () => {
    resolve(new PreviewProblem("program-stopped", "The program was stopped."));
  });
  try {
    return await Promise.race([child.ended, problem, promise]);
  } finally {
    clearTimeout(timeout);
  }
}

/** What a child's end means: nothing when the program did all it had to do, else a problem. */
function judgeEnd(
  end: number | string | PreviewProblem,
  deployment: Deployment,
  log: readonly LogLine[],
  stderr: string,
): PreviewProblem | undefined {
  if (end instanceof PreviewProblem) return end;
  if (end !== 0 || log.some(({ severity }) => severity === "error")) return explainExit(end, log, stderr);
  return deployment.finished ? undefined : explainUnfinished(log);
}

/**
 * Runs the project's program under the SDK's own starter against an engine in this process, and answers what it registered.
 * Throws a {@link PreviewProblem} when it fails, ends unfinished or does not end in time.
 */
export async function runProgram(options: ProgramOptions): Promise<ProgramResult> {
  const { project, environment, unknowns, judge } = options;
  const region = options.configuration.values["aws:region"];
  const deployment = new Deployment({ project: project.name, stack: environment, unknowns, region, judge });
  const log: LogLine[] = [];
  const problem = firstProblem();
  const handle = handlerFor(problem.report);
  const server = await serve({
    monitor: resourceMonitor({
      deployment,
      project,
      stack: environment,
      unknowns,
      handle,
      onRegistered: () => {
        options.onProgress(deployment.size);
      },
    }),
    engine: engineService(handle, (line) => {
      log.push(line);
    }),
  });
  let child: Child | undefined;
  try {
    child = startProgram(options, server.address);
    const end = await firstEnd(child, problem.promise, options, () => deployment.size);
    const failure = judgeEnd(end, deployment, log, child.stderr());
    if (failure !== undefined) throw failure;
    return { resources: deployment.resources, log, printed: `${child.stdout()}${child.stderr()}` };
  } finally {
    child?.kill();
    server.stop();
  }
}
