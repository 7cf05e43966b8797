import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { isSet } from "../../lib/is-set.ts";
import { isReplica, RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

export const rdsCmk = resourceRule<Pick<InstanceArgs, "kmsKeyId">>({
  name: "rds-cmk",
  description:
    "Databases are encrypted with a customer key, so that access to the data can be granted, watched and withdrawn apart from the database.",
  severity: "medium",
  checklist: ["SEC-14"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.Keys.html",
  remediation: "Set kmsKeyId to the ARN of a customer managed key.",
  types: [RDS_INSTANCE, RDS_CLUSTER],
  check(database, report) {
    // Presence decides: the ARN of a key of the same program is unknown before the first deployment.
    if (isSet(database, "kmsKeyId") || isReplica(database)) return;
    report({
      property: "kmsKeyId",
      found: "nothing, which AWS reads as its own key",
      required: "the ARN of a customer managed key",
    });
  },
});
