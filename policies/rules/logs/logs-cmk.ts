import type { LogGroupArgs } from "@pulumi/aws/cloudwatch/index.js";

import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const logsCmk = resourceRule<LogGroupArgs>({
  name: "logs-cmk",
  description:
    "Log groups are encrypted under a customer key: logs hold what people and programs did, and the key's policy says who reads them.",
  severity: "low",
  checklist: ["SEC-14"],
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",
  remediation: "Set kmsKeyId to the ARN of a customer key whose policy admits CloudWatch Logs.",
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  check(group, report) {
    // Absent means AWS' own key, which no policy of ours governs. A key that is not known yet is a key all the same.
    if (!isSet(group, "kmsKeyId"))
      report({ property: "kmsKeyId", found: "nothing", required: "the ARN of a customer key" });
  },
});
