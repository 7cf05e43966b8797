import type { ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Readable } from "node:stream";

import { PreviewProblem } from "../problem.ts";

/** A process of ours, with what it wrote. */
export interface Child {
  readonly process: ChildProcessByStdio<null, Readable, Readable>;
  /** Everything written to standard output so far. */
  readonly stdout: () => string;
  /** Everything written to standard error so far. */
  readonly stderr: () => string;
  /** Resolves when it has ended; with its exit code, or the signal's name. */
  readonly ended: Promise<number | string>;
  /** Ends it for good. */
  readonly kill: () => void;
}

const running = new Set<Child>();

/** Ends everything that was started, for instance when the preview itself is interrupted. */
export function killAll(): void {
  for (const child of running) child.kill();
}

process.on("exit", killAll);

/** What would make a run depend on the user's own Pulumi settings, or report it to somebody. */
const isPersonal = (key: string) =>
  (key.startsWith("PULUMI_") && key !== "PULUMI_DEBUG_PROMISE_LEAKS") || key === "TRACEPARENT";

/** The variables of a child: this process's without personal ones, and the folder where Node keeps compiled code. */
export function childEnvironment(root: string, variables: Readonly<Record<string, string>>): Record<string, string> {
  const own = Object.entries(process.env).flatMap(([key, value]) =>
    value === undefined || isPersonal(key) ? [] : [[key, value] as const],
  );
  return { ...Object.fromEntries(own), NODE_COMPILE_CACHE: compileCache(root), ...variables };
}

/** Where Node keeps compiled code between runs. */
export function compileCache(root: string): string {
  return join(root, "node_modules", ".cache", "preview");
}

/** Flags of Node for processes that run the SDK; see quick-start.ts. */
export const QUICK_START = ["--import", new URL("quick-start.ts", import.meta.url).href] as const;

export interface StartOptions {
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** Flags of Node, placed before the script. */
  readonly nodeFlags?: readonly string[];
}

/** Starts a script on this very Node. */
export function start(script: string, args: readonly string[], { cwd, env, nodeFlags = [] }: StartOptions): Child {
  const process_ = spawn(process.execPath, [...nodeFlags, script, ...args], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const written = { stdout: "", stderr: "" };
  process_.stdout.setEncoding("utf8").on("data", (text: string) => {
    written.stdout += text;
  });
  process_.stderr.setEncoding("utf8").on("data", (text: string) => {
    written.stderr += text;
  });
  const child: Child = {
    process: process_,
    stdout: () => written.stdout,
    stderr: () => written.stderr,
    ended: new Promise((resolve) => {
      process_.on("error", (error) => {
        resolve(error.message);
      });
      process_.on("close", (code, signal) => {
        running.delete(child);
        resolve(code ?? signal ?? "ended");
      });
    }),
    kill: () => {
      process_.kill("SIGKILL");
    },
  };
  running.add(child);
  return child;
}

/** Path of a script of the Pulumi SDK that a folder's packages use. */
export function sdkScript(folder: string, script: string): string {
  try {
    return createRequire(join(folder, "package.json")).resolve(`@pulumi/pulumi/cmd/${script}/index.js`);
  } catch {
    throw new PreviewProblem(`@pulumi/pulumi is not installed for ${folder}. Run npm ci.`);
  }
}
