/**
 * Something that keeps the preview from being made: a wrong option, a missing or broken file, a program that fails.
 * The message is for people and is shown as it is, without a stack; the exit code is 2.
 */
export class PreviewProblem extends Error {
  override readonly name = "PreviewProblem";
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
