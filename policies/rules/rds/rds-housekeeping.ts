import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { show } from "../../../core/finding.ts";
import { DATABASE } from "../../../standards/database.ts";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

const AUTHORITIES: readonly string[] = DATABASE.certificateAuthorities;

export const rdsHousekeeping = resourceRule<
  Pick<InstanceArgs, "autoMinorVersionUpgrade" | "copyTagsToSnapshot" | "caCertIdentifier">
>({
  name: "rds-housekeeping",
  description:
    "Servers take minor releases by themselves and have a certificate of a current authority; snapshots carry their database's tags.",
  severity: "low",
  checklist: ["SEC-15", "SEC-01"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.Upgrading.html",
  remediation:
    "Leave autoMinorVersionUpgrade on, set copyTagsToSnapshot to true and caCertIdentifier to rds-ca-rsa2048-g1.",
  types: [RDS_INSTANCE, RDS_CLUSTER, RDS_CLUSTER_INSTANCE],
  check(database, report, { type }) {
    // Absent means on; on a cluster the members decide.
    if (database.autoMinorVersionUpgrade === false)
      report({ property: "autoMinorVersionUpgrade", found: "false", required: "true" });
    // Absent means off. Snapshots of an Aurora cluster are the cluster's: its members are not asked.
    if (type !== RDS_CLUSTER_INSTANCE && database.copyTagsToSnapshot !== true) {
      report({ property: "copyTagsToSnapshot", found: show(database.copyTagsToSnapshot), required: "true" });
    }
    // Absent is the account's default authority, a current one.
    const authority = database.caCertIdentifier;
    if (authority !== undefined && !AUTHORITIES.includes(authority)) {
      report({ property: "caCertIdentifier", found: authority, required: `one of ${AUTHORITIES.join(", ")}` });
    }
  },
});
