import * as z from "zod";

import { BACKUP } from "../../standards/backup.ts";
import { defineBlock } from "../block.ts";
import { text, wholeNumber } from "../types.ts";

/** Six fields, as AWS Backup and EventBridge read them: one of day-of-month and day-of-week is a question mark. */
function schedule(description: string) {
  return text(
    /^cron\(\S+ \S+ \S+ \S+ \S+ \S+\)$/,
    'an AWS cron expression in UTC, for instance "cron(0 2 * * ? *)"',
    description,
  );
}

function retentionDays(description: string) {
  return wholeNumber({ min: 1, max: BACKUP.awsMaxRetentionDays, unit: "days" }, description);
}

const schema = z.strictObject({
  copyRegion: text(
    /^[a-z]{2}(-[a-z]+)+-\d$/,
    'another region, for instance "eu-central-1"',
    "Region that keeps a second copy of every backup.",
  ),
  dailySchedule: schedule("When the daily backups begin; outside the databases' own windows."),
  dailyRetentionDays: retentionDays("Days for which a daily backup is kept, in both regions."),
  weeklySchedule: schedule("When the weekly backups begin."),
  weeklyRetentionDays: retentionDays("Days for which a weekly backup is kept, in both regions."),
  lock: z.strictObject({
    mode: z.enum(["governance", "compliance"]).meta({
      description:
        "governance: privileged roles can lift the lock; compliance: nobody can, for ever, once the cooling-off days are over.",
    }),
    coolingOffDays: z.int().min(BACKUP.awsMinCoolingOffDays).max(BACKUP.awsMaxRetentionDays).nullable().meta({
      description: "Days in which a compliance lock can still be taken back; null with governance.",
      unit: "days",
    }),
    minRetentionDays: retentionDays("The vault refuses backups that would be kept for less."),
    maxRetentionDays: retentionDays("The vault refuses backups that would be kept for longer."),
  }),
  restoreTest: z.strictObject({
    schedule: schedule("When backups are restored to prove that they can be; at least monthly."),
    selectionWindowDays: wholeNumber(
      { min: 1, max: 365, unit: "days" },
      "A backup of the last so many days is restored.",
    ),
    validationWindowHours: wholeNumber(
      { min: 1, max: 168, unit: "hours" },
      "Hours for which the restored copy stays for a closer look.",
    ),
  }),
});

export type BackupSettings = z.output<typeof schema>;

export const backupBlock = defineBlock({
  schema,
  check(backup, report, profile) {
    const floor = profile === "production" ? BACKUP.minDailyRetentionDays : BACKUP.minDailyRetentionDaysStandard;
    if (backup.dailyRetentionDays < floor) {
      report({
        path: ["dailyRetentionDays"],
        found: String(backup.dailyRetentionDays),
        allowed: `at least ${floor} (days) with the profile ${profile}`,
        fix: "Raise it; the floor is in standards/backup.ts.",
      });
    }
    if (backup.weeklyRetentionDays < backup.dailyRetentionDays) {
      report({
        path: ["weeklyRetentionDays"],
        found: String(backup.weeklyRetentionDays),
        allowed: `at least the ${backup.dailyRetentionDays} (days) of the daily backups`,
        fix: "Weekly backups are there to reach further back: raise it.",
      });
    }
    for (const key of ["dailyRetentionDays", "weeklyRetentionDays"] as const) {
      const { minRetentionDays, maxRetentionDays } = backup.lock;
      if (backup[key] < minRetentionDays || backup[key] > maxRetentionDays) {
        report({
          path: [key],
          found: String(backup[key]),
          allowed: `${minRetentionDays} to ${maxRetentionDays} (days), the bounds of backup.lock`,
          fix: "The locked vault would refuse such backups: change the retention, or the lock's bounds while they can be changed.",
        });
      }
    }
    const { mode, coolingOffDays } = backup.lock;
    if ((mode === "compliance") !== (coolingOffDays !== null)) {
      report({
        path: ["lock", "coolingOffDays"],
        found: String(coolingOffDays),
        allowed:
          mode === "compliance" ? `at least ${BACKUP.awsMinCoolingOffDays} (days)` : "null with the mode governance",
        fix: "A compliance lock becomes irreversible after its cooling-off days; say both on purpose or neither.",
      });
    }
  },
});
