import type { PolicyPackConfig, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";

import { DATABASE } from "../standards/database.ts";
import { LOGS } from "../standards/logs.ts";
import type { Strictness } from "../standards/strictness.ts";
import { strictnessOf } from "../standards/strictness.ts";

/** The standards from which the configurations take their limits. */
export interface Limits {
  readonly database: { readonly minBackupRetentionDays: number };
  readonly logs: { readonly auditGroups: readonly string[] };
}

/** Settings by rule. */
export type Settings = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** Name of Preflight's own project (Pulumi.yaml): stacks of other projects are judged by the rules' defaults. */
const OWN_PROJECT = "preflight";

/** What each of our stacks is held to: every security group restricts its egress, not only those of data stores. */
const EVERY_STACK: Settings = { "sg-egress-restricted": { everywhere: true } };

/** What differs, for our own stacks, from the rules' defaults, which are the standards for any stack. */
export function settingsByStrictness(
  limits: Limits = { database: DATABASE, logs: LOGS },
): Readonly<Record<Strictness, Settings>> {
  return {
    standard: EVERY_STACK,
    production: {
      "logs-retention": { auditGroups: limits.logs.auditGroups },
      "rds-backup-retention": { minDays: limits.database.minBackupRetentionDays },
      ...EVERY_STACK,
    },
  };
}

type Rule = Pick<ResourceValidationPolicy | StackValidationPolicy, "name" | "enforcementLevel">;

/**
 * What the pack is configured with before anybody says more (`--policy-pack-config`): for stacks of this project the
 * settings that follow from the stack's name, so that no flag is needed; for other projects nothing.
 * Each entry says the rule's own level: the engine reads a level that is left out as advisory.
 */
export function initialConfiguration(
  { project, stack }: { readonly project: string | undefined; readonly stack: string | undefined },
  rules: readonly Rule[],
): PolicyPackConfig {
  if (project !== OWN_PROJECT || stack === undefined) return {};
  const settings = settingsByStrictness()[strictnessOf(stack).strictness];
  return Object.fromEntries(
    rules
      .filter(({ name }) => Object.hasOwn(settings, name))
      .map(({ name, enforcementLevel }) => [
        name,
        { enforcementLevel: enforcementLevel ?? "advisory", ...settings[name] },
      ]),
  );
}
