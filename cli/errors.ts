/**
 * Something that the user can mend: a wrong word, a missing file, a program that fails. It is shown as it is, without a
 * stack, and ends the command with 2; under `--json` it is printed as `{"error": {"code", "message", "next"}}`.
 */
export class UserError extends Error {
  override readonly name: string = "UserError";
  /** What kind of problem it is, in lower case with dashes. It stays the same when the message is reworded: scripts ask for it. */
  readonly code: string;
  /** What to do about it; undefined when the message says so already. */
  readonly next: string | undefined;

  constructor(code: string, message: string, next?: string) {
    super(message);
    this.code = code;
    this.next = next;
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A problem for people: what is wrong, and what to do. */
export function errorText({ message, next }: UserError): string {
  return next === undefined ? `${message}\n` : `${message} ${next}\n`;
}

/** The same for programs. */
export function errorJson({ code, message, next }: Pick<UserError, "code" | "message" | "next">): string {
  return `${JSON.stringify({ error: { code, message, next } })}\n`;
}
