import type { ManagedPart } from "../../config/blocks/managed-part.ts";
import type { Line } from "./check.ts";
import { advice, ok } from "./check.ts";

/** A switch of the account that is not as it should be: where the stack sets it, the next `up` does; elsewhere its owner has to. */
export function notYet(
  part: Pick<Line, "what" | "needed">,
  found: string,
  { managedBy, owner }: ManagedPart,
  todo: string,
): Line {
  return managedBy === "stack"
    ? ok(part, `${found}; the next up sets it`)
    : advice(part, found, `Ask ${owner ?? "its owner"}, or do it by hand: ${todo}`);
}
