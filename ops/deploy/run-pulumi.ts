import { execFile } from "node:child_process";
import { promisify } from "node:util";

import type { Io } from "../../cli/command.ts";
import { messageOf, UserError } from "../../cli/errors.ts";
import { handOver } from "../../cli/process.ts";
import { shellLine } from "../../cli/shell.ts";
import { PACK, PACK_VARIABLE, pulumiVariables } from "./pulumi-arguments.ts";

/** The line of the CLI, as it can be typed in the project's folder. */
export const lineOf = (words: readonly string[]): string =>
  `${PACK_VARIABLE}=${PACK} ${shellLine(["pulumi", ...words])}`;

/** Most that a state may hold, in bytes: ten times what an environment's has. */
const MOST_BYTES = 256 * 1024 * 1024;

const missing = () =>
  new UserError(
    "pulumi-missing",
    "The Pulumi CLI is not on PATH. It is needed for real previews and deployments (npm run preview works without it).",
    "Install it from https://www.pulumi.com/docs/install/ (version 3.259 or newer), then run the command again.",
  );

/** Runs the installed Pulumi CLI in the project, with pack and pinned Node; answers its exit code. */
export async function runPulumi(words: readonly string[], { home, variables }: Io): Promise<number> {
  try {
    return await handOver("pulumi", words, { cwd: home, env: pulumiVariables(home, variables) });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw missing();
    }
    throw new UserError("pulumi-failed", `pulumi did not start: ${messageOf(error)}`);
  }
}

/** What the installed Pulumi CLI prints, for a command that only reads; its own words of failure are shown beside it. */
export async function readPulumi(words: readonly string[], { home, variables }: Io): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)("pulumi", words, {
      cwd: home,
      env: pulumiVariables(home, variables),
      maxBuffer: MOST_BYTES,
    });
    return stdout;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") throw missing();
    const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : messageOf(error);
    throw new UserError("pulumi-failed", `pulumi ${words.join(" ")} failed: ${said}`);
  }
}
