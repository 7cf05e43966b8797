import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { isSet } from "../../lib/is-set.ts";
import { isReplica, RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

export const rdsFinalSnapshot = resourceRule<Pick<InstanceArgs, "skipFinalSnapshot" | "finalSnapshotIdentifier">>({
  name: "rds-final-snapshot",
  description:
    "A deleted database leaves a final snapshot behind, under a name that is known beforehand: without one the deletion fails halfway.",
  severity: "medium",
  checklist: ["DATA-10"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  remediation:
    "Leave skipFinalSnapshot off and set finalSnapshotIdentifier to a name that stays unique (a RandomId with keepers).",
  types: [RDS_INSTANCE, RDS_CLUSTER],
  check(database, report) {
    // AWS takes no final snapshot of a replica.
    if (isReplica(database)) return;
    // Absent means false.
    if (database.skipFinalSnapshot === true) {
      report({ property: "skipFinalSnapshot", found: "true", required: "false" });
      return;
    }
    // Presence decides: a generated name is unknown before the first deployment.
    if (!isSet(database, "finalSnapshotIdentifier")) {
      report({ property: "finalSnapshotIdentifier", found: "nothing", required: "a unique name" });
    }
  },
});
