import { delimiter, join } from "node:path";

import type { Io } from "../../cli/command.ts";
import { environmentsOf } from "../../cli/environments.ts";
import { messageOf, UserError } from "../../cli/errors.ts";
import { handOver } from "../../cli/process.ts";
import { pulumiArguments } from "./pulumi-arguments.ts";

/** The words that the Pulumi CLI gets for what the user typed; says beside them what the user must know. */
export function planPulumi(words: readonly string[], { home, variables, notes }: Io): readonly string[] {
  // Help judges nothing and needs no environment.
  if (words.includes("--help") || words.includes("-h")) return words;
  const plan = pulumiArguments(words, {
    stackFromEnvironment: variables["PULUMI_STACK"],
    environments: environmentsOf(home),
  });
  if (plan.note !== undefined) notes.write(`${plan.note}\n`);
  return plan.arguments;
}

/** Runs the installed Pulumi CLI in the project; answers its exit code. */
export async function runPulumi(words: readonly string[], { home, variables }: Io): Promise<number> {
  // The language host takes the first `node` of PATH: the one that npm ci installed.
  const path = [join(home, "node_modules", ".bin"), variables["PATH"] ?? ""].join(delimiter);
  try {
    return await handOver("pulumi", words, { cwd: home, env: { ...variables, PATH: path } });
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
