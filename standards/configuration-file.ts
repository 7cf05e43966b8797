import { strictnessOf } from "./strictness.ts";

/** The configuration of the pack that a stack is judged with. */
export interface ConfigurationFile {
  /** Path below the pack's folder. */
  readonly file: string;
  /** What the user must be told of the choice, in one line; undefined when the stack's name decided it. */
  readonly note: string | undefined;
}

/** Chooses by the stack's name alone, see `strictness.ts`. */
export function configurationFile(stack: string): ConfigurationFile {
  const { strictness, listed } = strictnessOf(stack);
  const file = `config/${strictness}.json`;
  const note =
    `The stack "${stack}" is not in standards/strictness.ts, so it is judged by the strictest rules, those of ` +
    `${strictness} (${file} of the pack). Add its name and how strictly it is to be judged to that table.`;
  return { file, note: listed ? undefined : note };
}
