import { describe, expect, it } from "vitest";

import { backupBlock } from "../../../config/blocks/backup.ts";

const right = {
  copyRegion: "eu-central-1",
  dailySchedule: "cron(0 2 * * ? *)",
  dailyRetentionDays: 30,
  weeklySchedule: "cron(0 4 ? * SUN *)",
  weeklyRetentionDays: 365,
  lock: { mode: "governance", coolingOffDays: null, minRetentionDays: 7, maxRetentionDays: 400 },
  restoreTest: { schedule: "cron(0 6 1 * ? *)", selectionWindowDays: 30, validationWindowHours: 8 },
};

const problems = (change: object, profile: "standard" | "production" = "production") =>
  backupBlock.judge({ ...right, ...change }, profile).map(({ path, allowed }) => `${path.join(".")}: ${allowed}`);

describe("the backup block", () => {
  it("accepts 30 days in production and 14 elsewhere", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ dailyRetentionDays: 14 }, "standard")).toEqual([]);
  });

  it("refuses one day below the floor of the profile", () => {
    expect(problems({ dailyRetentionDays: 29 })).toEqual([
      "dailyRetentionDays: at least 30 (days) with the profile production",
    ]);
    expect(problems({ dailyRetentionDays: 13 }, "standard")).toEqual([
      "dailyRetentionDays: at least 14 (days) with the profile standard",
    ]);
  });

  it("refuses a retention that the locked vault would not take", () => {
    expect(problems({ weeklyRetentionDays: 401 })).toEqual([
      "weeklyRetentionDays: 7 to 400 (days), the bounds of backup.lock",
    ]);
  });

  it("refuses the irreversible mode without its cooling-off days, and these without it", () => {
    expect(problems({ lock: { ...right.lock, mode: "compliance" } })).toEqual([
      "lock.coolingOffDays: at least 3 (days)",
    ]);
    expect(problems({ lock: { ...right.lock, coolingOffDays: 3 } })).toEqual([
      "lock.coolingOffDays: null with the mode governance",
    ]);
    expect(problems({ lock: { ...right.lock, mode: "compliance", coolingOffDays: 2 } })).toEqual([
      "lock.coolingOffDays: at least 3 (days)",
    ]);
  });

  it("refuses weekly backups that do not reach further back than daily ones", () => {
    expect(problems({ weeklyRetentionDays: 29 })).toEqual([
      "weeklyRetentionDays: at least the 30 (days) of the daily backups",
    ]);
  });

  it("refuses a schedule that AWS would not read", () => {
    expect(problems({ dailySchedule: "0 2 * * *" })).toEqual([
      'dailySchedule: an AWS cron expression in UTC, for instance "cron(0 2 * * ? *)"',
    ]);
  });
});
