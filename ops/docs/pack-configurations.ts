import { DATABASE } from "../../standards/database.ts";
import { LOGS } from "../../standards/logs.ts";
import type { Strictness } from "../../standards/strictness.ts";

/** The standards from which the pack's configurations take their limits. */
export interface Limits {
  readonly database: { readonly minBackupRetentionDays: number };
  readonly logs: { readonly auditGroups: readonly string[] };
}

/** Settings by rule, as `--policy-pack-config` takes them. */
export type PackConfiguration = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What each of our stacks is held to: every security group restricts its egress, not only those of data stores. */
const EVERY_STACK: PackConfiguration = { "sg-egress-restricted": { everywhere: true } };

/**
 * The configuration of the pack for each strictness: what differs from the rules' own defaults, which are the standards for
 * any stack.
 */
export function packConfigurations(
  limits: Limits = { database: DATABASE, logs: LOGS },
): Readonly<Record<Strictness, PackConfiguration>> {
  return {
    standard: EVERY_STACK,
    production: {
      "logs-retention": { auditGroups: limits.logs.auditGroups },
      "rds-backup-retention": { minDays: limits.database.minBackupRetentionDays },
      ...EVERY_STACK,
    },
  };
}
