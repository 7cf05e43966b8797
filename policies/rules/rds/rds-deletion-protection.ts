import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { show } from "../../../core/finding.ts";
import { RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

export const rdsDeletionProtection = resourceRule<Pick<InstanceArgs, "deletionProtection">>({
  name: "rds-deletion-protection",
  description:
    "AWS refuses to delete a database until its protection was lifted on purpose, whoever asks and with whatever tool.",
  severity: "medium",
  checklist: ["DATA-10"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_DeleteInstance.html",
  remediation: "Set deletionProtection to true.",
  types: [RDS_INSTANCE, RDS_CLUSTER],
  check(database, report) {
    // Absent means off.
    if (database.deletionProtection !== true) {
      report({ property: "deletionProtection", found: show(database.deletionProtection), required: "true" });
    }
  },
});
