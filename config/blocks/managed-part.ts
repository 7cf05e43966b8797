import * as z from "zod";

import type { ReportProblem } from "../problems/problem.ts";
import { emailAddress } from "../types.ts";

const PART = {
  managedBy: z.enum(["stack", "organisation"]),
  owner: emailAddress("Who answers for the organisation's; null when the stack makes it.").nullable(),
};

type PartSchema = z.ZodObject<typeof PART, z.core.$strict>;

/** Something that an account has once: made here, or by an organisation that already has it for all its accounts. */
export function managedPart(what: string): PartSchema {
  return z.strictObject({
    ...PART,
    managedBy: PART.managedBy.meta({
      description: `${what}: "organisation" if it already exists for this account; two would collide or cost twice.`,
    }),
  });
}

export type ManagedPart = z.output<PartSchema>;

/** Every part has an owner: ours is the stack, another's has an address. */
export function checkOwners(parts: Readonly<Record<string, ManagedPart>>, report: ReportProblem): void {
  for (const [name, { managedBy, owner }] of Object.entries(parts)) {
    if ((managedBy === "organisation") === (owner !== null)) continue;
    report({
      path: [name, "owner"],
      found: String(owner),
      allowed: managedBy === "organisation" ? "an e-mail address" : "null: the stack makes this part",
      fix: "Every part has an owner: name the organisation's, or let the stack make it.",
    });
  }
}
