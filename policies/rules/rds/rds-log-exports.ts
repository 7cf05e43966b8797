import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { show } from "../../../core/finding.ts";
import { REQUIRED_LOG_EXPORTS } from "../../../standards/database.ts";
import { byEngine, RDS_CLUSTER, RDS_INSTANCE } from "../../lib/rds.ts";
import { resourceRule } from "../../lib/rule.ts";

export const rdsLogExports = resourceRule<Pick<InstanceArgs, "engine" | "enabledCloudwatchLogsExports">>({
  name: "rds-log-exports",
  description:
    "Databases send their logs to CloudWatch, where they outlive the server and can be searched and watched.",
  severity: "medium",
  checklist: ["LOG-01", "LOG-03", "SEC-18"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Procedural.UploadtoCloudWatch.html",
  remediation: "Add the missing log types to enabledCloudwatchLogsExports.",
  types: [RDS_INSTANCE, RDS_CLUSTER],
  check(database, report, { type }) {
    const exported: readonly string[] = database.enabledCloudwatchLogsExports ?? [];
    const property = "enabledCloudwatchLogsExports";
    const known = type === RDS_CLUSTER ? REQUIRED_LOG_EXPORTS.cluster : REQUIRED_LOG_EXPORTS.instance;
    // A replica or a restored server takes its engine from its source, so that only AWS knows what it can export.
    const required = byEngine<readonly string[]>(known, database.engine ?? "");
    if (required === undefined) {
      if (exported.length === 0)
        report({
          property,
          found: show(database.enabledCloudwatchLogsExports),
          required: "the logs that the engine can export",
        });
      return;
    }
    const missing = required.filter((log) => !exported.includes(log));
    if (missing.length > 0)
      report({ property, found: show(database.enabledCloudwatchLogsExports), required: missing.join(", ") });
  },
});
