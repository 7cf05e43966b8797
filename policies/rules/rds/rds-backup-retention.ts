import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { DATABASE } from "../../../standards/database.ts";
import { isReplica, RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

/** What AWS keeps when the property is left out: a server no backup at all, a cluster those of one day. */
const AWS_DEFAULT_DAYS = { [RDS_INSTANCE]: 0, [RDS_CLUSTER]: 1 } as const;

interface Config {
  readonly minDays: number;
}

export const rdsBackupRetention = resourceRule<Pick<InstanceArgs, "backupRetentionPeriod">>({
  name: "rds-backup-retention",
  description: "Databases can be restored to any moment of the configured number of days; damage is often found late.",
  severity: "high",
  checklist: ["DATA-05", "DATA-10"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
  remediation: "Raise backupRetentionPeriod.",
  types: [RDS_INSTANCE, RDS_CLUSTER],
  config: {
    properties: {
      minDays: {
        type: "integer",
        description: "Fewest days of automated backups.",
        minimum: 1,
        maximum: DATABASE.awsMaxBackupRetentionDays,
        default: DATABASE.minBackupRetentionDaysStandard,
      },
    },
  },
  check(database, report, { type, config }) {
    // What a replica loses is in the backups of its source.
    if (isReplica(database)) return;
    const minDays = config<Config>().minDays ?? DATABASE.minBackupRetentionDaysStandard;
    const days = database.backupRetentionPeriod;
    const effective = days ?? (type === RDS_CLUSTER ? AWS_DEFAULT_DAYS[RDS_CLUSTER] : AWS_DEFAULT_DAYS[RDS_INSTANCE]);
    if (effective < minDays) {
      const found = days === undefined ? `nothing, which AWS reads as ${effective}` : String(days);
      report({ property: "backupRetentionPeriod", found, required: `at least ${minDays} (days)` });
    }
  },
});
