import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { show } from "../../../core/finding.ts";
import { RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

export const rdsStorageEncrypted = resourceRule<Pick<InstanceArgs, "storageEncrypted">>({
  name: "rds-storage-encrypted",
  description:
    "Databases encrypt their storage, and with it every backup and snapshot; it cannot be switched on later without a new database.",
  severity: "high",
  checklist: ["SEC-14"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html",
  remediation: "Set storageEncrypted to true.",
  types: [RDS_INSTANCE, RDS_CLUSTER],
  check(database, report) {
    // Absent means unencrypted. A replica has its source's encryption, and AWS lets it say so.
    if (database.storageEncrypted !== true) {
      report({ property: "storageEncrypted", found: show(database.storageEncrypted), required: "true" });
    }
  },
});
