import { readdirSync } from "node:fs";

import { nearest } from "../core/nearest.ts";
import { messageOf, UserError } from "./errors.ts";

/** Names of all stack files (`Pulumi.<environment>.yaml`) in a folder, sorted. */
export function environmentsOf(root: string): string[] {
  let files: string[];
  try {
    files = readdirSync(root);
  } catch (error) {
    throw new UserError("folder-unreadable", `The project's folder cannot be read: ${messageOf(error)}.`);
  }
  return files.flatMap((file) => /^Pulumi\.([^.]+)\.yaml$/.exec(file)?.[1] ?? []).toSorted();
}

/** Refuses a name that no stack file has. */
export function checkEnvironment(name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  const guess = nearest(name, known);
  const hint =
    known.length === 0
      ? "There is no stack file at all."
      : guess === undefined
        ? `There are: ${known.join(", ")}.`
        : `Did you mean "${guess}"?`;
  throw new UserError("unknown-environment", `There is no environment "${name}": no Pulumi.${name}.yaml. ${hint}`);
}

/** The environments that a command is for: those named, each once, or all there are. */
export function chooseEnvironments(root: string, named: readonly string[]): string[] {
  const known = environmentsOf(root);
  if (known.length === 0) {
    throw new UserError(
      "stack-file-missing",
      "There is no stack file (Pulumi.<environment>.yaml) next to Pulumi.yaml.",
    );
  }
  for (const name of named) checkEnvironment(name, known);
  return named.length === 0 ? known : [...new Set(named)];
}
