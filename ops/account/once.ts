import type { Line } from "./check.ts";
import { blocks, ok } from "./check.ts";

/** Something that an account or region has once, and the program makes unless the stack file leaves it to an organisation. */
export interface Once {
  readonly what: string;
  /** Who makes it by the stack file. */
  readonly managedBy: "stack" | "organisation";
  /** Key of the stack file that says so. */
  readonly key: string;
  /** What is there, in words; undefined when there is none. */
  readonly found: string | undefined;
  /** Whether what is there is an earlier run's of this environment. */
  readonly ours: boolean;
  /** What AWS answers to a second one. */
  readonly otherwise: string;
}

/** The verdict on something of which there is one: ours, nobody's and the organisation's are right in their places. */
export function judgeOnce({ what, managedBy, key, found, ours, otherwise }: Once): Line {
  if (managedBy === "organisation") {
    const part = { what, needed: "the organisation's, as the stack file says" };
    return found === undefined
      ? blocks(part, "none", `Ask the organisation for it, or let the stack make it: ${key}.managedBy: stack.`)
      : ok(part, found);
  }
  const part = { what, needed: "none yet, or this environment's" };
  if (found === undefined) return ok(part, "none yet");
  if (ours) return ok(part, `${found}, this environment's`);
  return blocks(
    part,
    found,
    `Remove it if nobody needs it, or leave it to its owner: ${key}.managedBy: organisation. Otherwise: ${otherwise}.`,
  );
}
