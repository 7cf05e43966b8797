import type { LogGroupArgs } from "@pulumi/aws/cloudwatch/index.js";

import { show } from "../../../core/finding.ts";
import { LOGS } from "../../../standards/logs.ts";
import { resourceRule } from "../../lib/rule.ts";

interface Config {
  readonly minDays: number;
  readonly maxDays: number;
  readonly auditGroups: readonly string[];
}

const daysSetting = (description: string, standard: number) =>
  ({ type: "integer", minimum: 1, maximum: LOGS.maxRetentionDays, default: standard, description }) as const;

export const logsRetention = resourceRule<LogGroupArgs>({
  name: "logs-retention",
  description:
    "Every log group keeps its events long enough to be of use and not for ever; those of the audit trail for a year.",
  severity: "medium",
  checklist: ["DATA-15", "LOG-05"],
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html#SettingLogRetention",
  remediation: "Set retentionInDays to one of CloudWatch's steps within the bounds.",
  types: ["aws:cloudwatch/logGroup:LogGroup"],
  config: {
    properties: {
      minDays: daysSetting("Fewest days for any log group.", LOGS.minRetentionDays),
      maxDays: daysSetting("Most days for any log group.", LOGS.maxRetentionDays),
      auditGroups: {
        type: "array",
        items: { type: "string" },
        default: [],
        description: `Beginnings of the names of log groups that are evidence; they are kept for at least ${LOGS.minAuditRetentionDays} days.`,
      },
    },
  },
  check(group, report, { config }) {
    // Groups of this class only pass logs on; AWS fixes their retention.
    if (group.logGroupClass === "DELIVERY") return;
    const { minDays = LOGS.minRetentionDays, maxDays = LOGS.maxRetentionDays, auditGroups = [] } = config<Config>();
    const isAudit =
      auditGroups.length > 0 && auditGroups.some((beginning) => group.name?.startsWith(beginning) === true);
    const shortest = isAudit ? Math.max(minDays, LOGS.minAuditRetentionDays) : minDays;
    const retention = group.retentionInDays;
    // Absent and zero both mean for ever.
    if (retention === undefined || retention === 0 || retention < shortest || retention > maxDays) {
      const found =
        retention === undefined || retention === 0
          ? `${show(retention)}, which AWS reads as for ever`
          : show(retention);
      report({ property: "retentionInDays", found, required: `${shortest} to ${maxDays} (days)` });
    }
  },
});
