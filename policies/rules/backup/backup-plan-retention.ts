import type { PlanArgs } from "@pulumi/aws/backup/index.js";

import { show } from "../../../core/finding.ts";
import { BACKUP } from "../../../standards/backup.ts";
import { resourceRule } from "../../lib/rule.ts";

export const backupPlanRetention = resourceRule<PlanArgs>({
  name: "backup-plan-retention",
  description: `Every rule of a backup plan runs on a schedule and keeps what it makes for at least ${BACKUP.minDailyRetentionDaysStandard} days, and for a set time.`,
  severity: "medium",
  checklist: ["DATA-05", "DATA-15", "TGT-16"],
  url: "https://docs.aws.amazon.com/aws-backup/latest/devguide/creating-a-backup-plan.html",
  remediation: "Give each rule a schedule and lifecycle.deleteAfter (backup.dailyRetentionDays in the stack file).",
  types: ["aws:backup/plan:Plan"],
  check(plan, report) {
    for (const [index, rule] of plan.rules.entries()) {
      // Absent means that the rule only runs when somebody starts it.
      if (rule.schedule === undefined)
        report({ property: `rules[${index}].schedule`, found: "nothing", required: "a schedule" });
      // Absent means that backups are kept, and paid for, for ever.
      const days = rule.lifecycle?.deleteAfter;
      if (days === undefined || days < BACKUP.minDailyRetentionDaysStandard) {
        report({
          property: `rules[${index}].lifecycle.deleteAfter`,
          found: show(days),
          required: `at least ${BACKUP.minDailyRetentionDaysStandard} (days)`,
        });
      }
    }
  },
});
