import { delimiter, join } from "node:path";

import type { Io } from "../../cli/command.ts";
import { environmentsOf } from "../../cli/environments.ts";
import { messageOf, UserError } from "../../cli/errors.ts";
import { handOver } from "../../cli/process.ts";
import { shellLine } from "../../cli/shell.ts";
import type { Invocation } from "./pulumi-arguments.ts";
import { pulumiArguments } from "./pulumi-arguments.ts";

/** How the Pulumi CLI is run for what the user typed; says beside it what the user must know. */
export function planPulumi(words: readonly string[], { home, variables, notes }: Io): Invocation {
  const invocation = pulumiArguments(words, {
    stackFromEnvironment: variables["PULUMI_STACK"],
    environments: environmentsOf(home),
  });
  if (invocation.note !== undefined) notes.write(`${invocation.note}\n`);
  return invocation;
}

/** The line of the CLI, as it can be typed. */
export const lineOf = (invocation: Invocation): string => shellLine(["pulumi", ...invocation.arguments]);

/** Runs the installed Pulumi CLI in the project; answers its exit code. */
export async function runPulumi(invocation: Invocation, { home, variables }: Io): Promise<number> {
  // The language host takes the first `node` of PATH: the one that npm ci installed.
  const path = [join(home, "node_modules", ".bin"), variables["PATH"] ?? ""].join(delimiter);
  try {
    return await handOver("pulumi", invocation.arguments, { cwd: home, env: { ...variables, PATH: path } });
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
