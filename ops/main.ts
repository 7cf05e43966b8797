import { endWell } from "../cli/process.ts";
import { runProgram } from "../cli/run.ts";
import { COMMANDS } from "./commands.ts";

/** `preflight` with its words, in the process's own surroundings; answers the exit code. `home` is the project's folder. */
export async function main(words: readonly string[], home: string): Promise<number> {
  endWell();
  return runProgram(COMMANDS, words, {
    home,
    input: process.stdin,
    output: process.stdout,
    notes: process.stderr,
    variables: process.env,
  });
}
