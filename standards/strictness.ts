/** How strictly a stack is judged: the policy pack has settings for each (`policies/configuration.ts`). */
export type Strictness = "standard" | "production";

/** What a stack gets that the table does not name: nobody has said yet that it may be judged less strictly. */
const STRICTEST: Strictness = "production";

/**
 * Strictness by the stack's name, without organisation and project. It stands here and not in the stack files, so that no
 * word in a stack file switches off what production is held to: a copy of production under a new name is judged as
 * production until a line is added here.
 */
export const STRICTNESS_BY_STACK: Readonly<Record<string, Strictness>> = {
  production: "production",
  staging: "standard",
};

export interface StackStrictness {
  readonly strictness: Strictness;
  /** Whether the table names the stack; where not, the strictness is the strictest. */
  readonly listed: boolean;
}

/** How strictly the stack of that name is judged; the strictest when the table does not name it. */
export function strictnessOf(stack: string): StackStrictness {
  const named = Object.hasOwn(STRICTNESS_BY_STACK, stack) ? STRICTNESS_BY_STACK[stack] : undefined;
  return { strictness: named ?? STRICTEST, listed: named !== undefined };
}

/** What the user must be told of a stack that the table does not name; undefined when its name decided. */
export function strictnessNote(stack: string): string | undefined {
  const { strictness, listed } = strictnessOf(stack);
  if (listed) return undefined;
  return (
    `The stack "${stack}" is not in standards/strictness.ts, so it is judged by the strictest rules, those of ` +
    `${strictness}. Add its name and how strictly it is to be judged to that table.`
  );
}
