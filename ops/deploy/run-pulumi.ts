import type { Io } from "../../cli/command.ts";
import { messageOf, UserError } from "../../cli/errors.ts";
import { handOver } from "../../cli/process.ts";
import { shellLine } from "../../cli/shell.ts";
import { PACK, PACK_VARIABLE, pulumiVariables } from "./pulumi-arguments.ts";

/** The line of the CLI, as it can be typed in the project's folder. */
export const lineOf = (words: readonly string[]): string =>
  `${PACK_VARIABLE}=${PACK} ${shellLine(["pulumi", ...words])}`;

/** Runs the installed Pulumi CLI in the project, with pack and pinned Node; answers its exit code. */
export async function runPulumi(words: readonly string[], { home, variables }: Io): Promise<number> {
  try {
    return await handOver("pulumi", words, { cwd: home, env: pulumiVariables(home, variables) });
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") {
      throw new UserError(
        "pulumi-missing",
        "The Pulumi CLI is not on PATH. It is needed for real previews and deployments (npm run preview works without it).",
        "Install it from https://www.pulumi.com/docs/install/ (version 3.259 or newer), then run the command again.",
      );
    }
    throw new UserError("pulumi-failed", `pulumi did not start: ${messageOf(error)}`);
  }
}
