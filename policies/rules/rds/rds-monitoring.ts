import type { InstanceArgs } from "@pulumi/aws/rds/index.js";

import { show } from "../../../core/finding.ts";
import { isSet } from "../../lib/is-set.ts";
import { RDS_CLUSTER, RDS_CLUSTER_INSTANCE, RDS_INSTANCE } from "../../lib/rds.ts";
import type { Report } from "../../lib/rule.ts";
import { resourceRule } from "../../lib/rule.ts";

type Args = Pick<
  InstanceArgs,
  "monitoringInterval" | "performanceInsightsEnabled" | "performanceInsightsKmsKeyId" | "databaseInsightsMode"
>;
type Props = Parameters<Parameters<typeof resourceRule<Args>>[0]["check"]>[0];

/** Each server measures its own operating system. Absent is 0, which is off. */
function checkEnhancedMonitoring(server: Props, report: Report): void {
  const seconds = server.monitoringInterval;
  if (seconds === undefined || seconds === 0)
    report({ property: "monitoringInterval", found: show(seconds), required: "above 0 (seconds)" });
}

/** What statements cost; a cluster decides for its members. The advanced mode exists only with insights switched on. */
function checkInsights(database: Props, report: Report): void {
  if (database.performanceInsightsEnabled !== true && database.databaseInsightsMode !== "advanced") {
    report({
      property: "performanceInsightsEnabled",
      found: show(database.performanceInsightsEnabled),
      required: "true",
    });
    return;
  }
  // The texts of statements are data too. Presence decides: the key's ARN may be unknown.
  if (!isSet(database, "performanceInsightsKmsKeyId")) {
    report({
      property: "performanceInsightsKmsKeyId",
      found: "nothing",
      required: "the ARN of a customer managed key",
    });
  }
}

export const rdsMonitoring = resourceRule<Args>({
  name: "rds-monitoring",
  description:
    "Databases show what their servers do (enhanced monitoring) and which statements cost what (Database Insights), also for the time before an incident.",
  severity: "low",
  checklist: ["DATA-13", "DATA-14"],
  url: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_Monitoring.OS.html",
  remediation:
    "Set monitoringInterval with a role on each server; performanceInsightsEnabled, its key and databaseInsightsMode on the cluster.",
  types: [RDS_INSTANCE, RDS_CLUSTER, RDS_CLUSTER_INSTANCE],
  check(database, report, { type }) {
    if (type !== RDS_CLUSTER) checkEnhancedMonitoring(database, report);
    if (type !== RDS_CLUSTER_INSTANCE) checkInsights(database, report);
  },
});
