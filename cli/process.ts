import type { ChildProcess, ChildProcessByStdio } from "node:child_process";
import { spawn } from "node:child_process";
import { constants } from "node:os";
import type { Readable } from "node:stream";

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

export interface StartOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Flags of Node, placed before the script. */
  readonly nodeFlags?: readonly string[];
}

const running = new Set<Child>();

/** Processes that have the terminal, and end in their own way. */
const inFront = new Set<ChildProcess>();

/** Ends everything that works for this process out of sight. */
function killAll(): void {
  for (const child of running) child.kill();
}

process.on("exit", killAll);

/** Starts a script on this very Node. It never outlives this process. */
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

/**
 * Hands the terminal to another program and waits for it; answers its exit code, 128 and the signal's number when a signal
 * ended it. Rejects when it cannot be started. Signals to this process are for that program, which may need time to end.
 */
export function handOver(
  program: string,
  args: readonly string[],
  { cwd, env }: Pick<StartOptions, "cwd" | "env">,
): Promise<number> {
  const child = spawn(program, args, { cwd, env, stdio: "inherit" });
  inFront.add(child);
  return new Promise<number>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
    });
  }).finally(() => {
    inFront.delete(child);
  });
}

/** Lets a program in front decide; true when there is one. */
function leaveToProgramInFront(signal: "SIGHUP" | "SIGINT" | "SIGTERM"): boolean {
  // A terminal interrupts every process itself; twice would mean "at once" to many programs.
  const told = signal === "SIGINT" && process.stdin.isTTY;
  if (!told) for (const child of inFront) child.kill(signal);
  return inFront.size > 0;
}

/** Makes this process end as a user expects: with its children on an interrupt, quietly when nobody reads on. */
export function endWell(): void {
  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const) {
    process.on(signal, () => {
      if (!leaveToProgramInFront(signal)) process.exit(code);
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      // Whoever reads may stop reading, as `head` does.
      if (error.code === "EPIPE") process.exit();
      if (stream !== process.stderr) process.stderr.write(`The output cannot be written: ${error.message}\n`);
      process.exit(2);
    });
  }
}
