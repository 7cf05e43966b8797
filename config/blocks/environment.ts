import * as z from "zod";

import { PHASES } from "../../core/phases.ts";
import { defineBlock } from "../block.ts";
import { emailAddress, flag, slug, text } from "../types.ts";

const schema = z.strictObject({
  // Without a hyphen: it stands between hyphens in names by which permissions are scoped, "eu" and "eu-two" must not meet.
  name: text(
    /^[a-z][a-z0-9]{0,19}$/,
    'lower-case letters and digits, at most 20, for instance "staging"',
    "The environment's name, in tags and in names that others must know",
  ),
  profile: z.enum(["standard", "production"]).meta({
    description: "How strictly this file is judged; production demands several zones, readers, retention, a pager.",
  }),
  phase: z.enum(PHASES).meta({
    description:
      "How far it is on its way up (docs/first-up.md); each phase has all of the one before, and going back removes what is ahead. foundation: what needs neither a certificate nor an image nor a value that a person puts in; edge: certificates and the CDN, once the parent zone delegates ours; services: everything.",
  }),
  owner: emailAddress("Who answers for this environment; a tag on every resource"),
  costCenter: slug("Who pays; a tag on every resource"),
  protectStatefulResources: flag("Pulumi refuses to delete or replace what holds data until it is unprotected."),
  retainStatefulResources: flag("What holds data stays in AWS when it leaves the program."),
});

export const environmentBlock = defineBlock({
  schema,
  check(environment, report, profile) {
    if (profile !== "production") return;
    for (const key of ["protectStatefulResources", "retainStatefulResources"] as const) {
      if (!environment[key]) {
        report({
          path: [key],
          found: "false",
          allowed: "true in production",
          fix: "Set it to true; what shall go all the same is unlocked by hand: docs/guides/take-something-out.md.",
        });
      }
    }
  },
});

export type EnvironmentSettings = z.output<typeof schema>;

/** What every component is told of where it runs: the stack file's environment block and the provider's own settings. */
export interface Environment extends EnvironmentSettings {
  /** What the physical names of everything begin with. */
  readonly prefix: string;
  /** AWS region of the stack. */
  readonly region: string;
  /** The only account in which the stack may be deployed, 12 digits. */
  readonly accountId: string;
}
