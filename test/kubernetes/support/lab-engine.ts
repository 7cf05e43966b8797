import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

const root = join(import.meta.dirname, "..", "..", "..");

export const onPath = (program: string): boolean => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/** Processes that a process started, and those that these started. */
function descendants(pid: number): number[] {
  const { stdout } = spawnSync("ps", ["-e", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = stdout.split("\n").map((row) => row.trim().split(/\s+/).map(Number));
  const of = (parent: number): number[] =>
    rows.flatMap(([child, by]) => (child !== undefined && by === parent ? [child, ...of(child)] : []));
  return of(pid);
}

/** Ends a command as a machine's end does: with its providers, which have process groups of their own. */
export async function killAll(command: ChildProcess): Promise<void> {
  const ended = once(command, "exit");
  const pids = command.pid === undefined ? [] : [command.pid, ...descendants(command.pid)];
  for (const pid of pids) process.kill(pid, "SIGKILL");
  await ended;
}

/** The real CLI with its real Kubernetes provider against a cluster, with a state of its own, for one program of tests. */
export class LabEngine {
  readonly #folder = mkdtempSync(join(tmpdir(), "preflight-lab-engine-"));
  readonly #variables: NodeJS.ProcessEnv;
  /** File that the program reads what it is asked for from; its name is in `PREFLIGHT_ASKED`. */
  readonly #asked = join(this.#folder, "asked.json");

  constructor(program: string, kubeconfig: string) {
    mkdirSync(join(this.#folder, "state"));
    const project = { name: "lab", runtime: { name: "nodejs", options: { typescript: false } }, main: program };
    writeFileSync(join(this.#folder, "Pulumi.yaml"), JSON.stringify(project));
    this.#variables = {
      ...process.env,
      PATH: [join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter),
      PULUMI_HOME: join(this.#folder, "home"),
      PULUMI_BACKEND_URL: `file://${join(this.#folder, "state")}`,
      PULUMI_CONFIG_PASSPHRASE: "lab-tests",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      NO_COLOR: "1",
      KUBECONFIG: kubeconfig,
      PREFLIGHT_ASKED: this.#asked,
    };
  }

  /** Says what the next run's program is asked for. */
  ask(asked: unknown): void {
    writeFileSync(this.#asked, JSON.stringify(asked));
  }

  run(...words: string[]): { readonly status: number; readonly output: string } {
    const { status, stdout, stderr } = spawnSync("pulumi", [...words, "--non-interactive"], {
      cwd: this.#folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      env: this.#variables,
    });
    return { status: status ?? -1, output: `${stdout}\n${stderr}` };
  }

  start(...words: string[]): ChildProcess {
    return spawn("pulumi", [...words, "--non-interactive"], {
      cwd: this.#folder,
      env: this.#variables,
      stdio: "ignore",
    });
  }

  init(stack: string): void {
    const { status, output } = this.run("stack", "init", stack);
    if (status !== 0) throw new Error(output);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
