import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Backup } from "../../../components/backup/backup.ts";
import type { BackupSettings } from "../../../config/blocks/backup.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { FAKE_NOTIFY } from "../../support/notify.ts";

const keyArn = (region: string) => `arn:aws:kms:${region}:111122223333:key/backup`;
const keysIn = (region: string) => ({ arns: { backup: pulumi.output(keyArn(region)) } });
const topicArn = (region: string) => `arn:aws:sns:${region}:111122223333:ticket`;

const settings: BackupSettings = {
  copyRegion: "eu-central-1",
  dailySchedule: "cron(0 2 * * ? *)",
  dailyRetentionDays: 30,
  weeklySchedule: "cron(0 4 ? * SUN *)",
  weeklyRetentionDays: 365,
  lock: { mode: "governance", coolingOffDays: null, minRetentionDays: 7, maxRetentionDays: 400 },
  restoreTest: { schedule: "cron(0 6 1 * ? *)", selectionWindowDays: 30, validationWindowHours: 8 },
};

const make = (change: Partial<BackupSettings> = {}) =>
  deploy(
    () =>
      new Backup("backup", {
        environment: ENVIRONMENT,
        settings: { ...settings, ...change },
        keys: keysIn("eu-west-1"),
        copyKeys: keysIn("eu-central-1"),
        notify: FAKE_NOTIFY,
        watched: ["Aurora", "S3"],
        restoreSubnetGroupName: "isolated",
      }),
  );

describe("Backup", () => {
  let resources: Registered[];
  beforeAll(async () => {
    resources = await make();
  });

  it("keeps a locked vault in each of two regions, each under that region's key and protected", () => {
    const vaults = ofType(resources, "aws:backup/vault:Vault");
    expect(vaults.map(({ inputs }) => [inputs["region"], inputs["kmsKeyArn"]])).toEqual([
      ["eu-west-1", keyArn("eu-west-1")],
      ["eu-central-1", keyArn("eu-central-1")],
    ]);
    expect(vaults.every(({ protect, retainOnDelete }) => protect && retainOnDelete)).toBe(true);
    const locks = ofType(resources, "aws:backup/vaultLockConfiguration:VaultLockConfiguration");
    expect(locks.map(({ inputs }) => inputs["minRetentionDays"])).toEqual([7, 7]);
  });

  it("takes the irreversible lock only when it is asked for by name", async () => {
    const lockOf = (list: Registered[]) =>
      ofType(list, "aws:backup/vaultLockConfiguration:VaultLockConfiguration").map(
        ({ inputs }) => inputs["changeableForDays"],
      );
    expect(lockOf(resources)).toEqual([undefined, undefined]);
    expect(lockOf(await make({ lock: { ...settings.lock, mode: "compliance", coolingOffDays: 14 } }))).toEqual([
      14, 14,
    ]);
  });

  it("copies each daily and weekly backup into the second region for as long", () => {
    const plan = only(resources, "aws:backup/plan:Plan");
    expect(plan.inputs["rules"]).toMatchObject([
      { ruleName: "daily", lifecycle: { deleteAfter: 30 }, copyActions: [{ lifecycle: { deleteAfter: 30 } }] },
      { ruleName: "weekly", lifecycle: { deleteAfter: 365 }, copyActions: [{ lifecycle: { deleteAfter: 365 } }] },
    ]);
  });

  it("leaves continuous backups to the databases, whose retention they would take over", () => {
    expect(only(resources, "aws:backup/plan:Plan").inputs["rules"]).toMatchObject([
      { enableContinuousBackup: false },
      { enableContinuousBackup: false },
    ]);
  });

  it("selects by the tag that data carries", () => {
    expect(only(resources, "aws:backup/selection:Selection").inputs["selectionTags"]).toEqual([
      { type: "STRINGEQUALS", key: "backup", value: "daily" },
    ]);
  });

  it("restores one of every kind on schedule", () => {
    const tests = ofType(resources, "aws:backup/restoreTestingSelection:RestoreTestingSelection");
    expect(tests.map(({ inputs }) => inputs["protectedResourceType"]).toSorted()).toEqual(["Aurora", "EBS", "S3"]);
    expect(only(resources, "aws:backup/restoreTestingPlan:RestoreTestingPlan").inputs["scheduleExpression"]).toBe(
      "cron(0 6 1 * ? *)",
    );
  });

  it("tells of failed backups, copies and restores in both regions, on that region's topic", () => {
    const targets = ofType(resources, "aws:cloudwatch/eventTarget:EventTarget");
    expect(targets).toHaveLength(6);
    for (const { inputs } of targets) expect(inputs["arn"]).toBe(topicArn(String(inputs["region"])));
  });

  it("tells of a night without a finished backup of a type, also when none was begun, with what to do", () => {
    const alarms = ofType(resources, "aws:cloudwatch/metricAlarm:MetricAlarm");
    expect(alarms.map(({ name, inputs }) => [name, inputs["dimensions"]])).toEqual([
      ["backup-aurora-missing", { ResourceType: "Aurora" }],
      ["backup-s3-missing", { ResourceType: "S3" }],
    ]);
    for (const { inputs } of alarms) {
      expect(inputs).toMatchObject({
        namespace: "AWS/Backup",
        metricName: "NumberOfBackupJobsCompleted",
        statistic: "Sum",
        period: 3600,
        evaluationPeriods: 26,
        datapointsToAlarm: 26,
        comparisonOperator: "LessThanThreshold",
        threshold: 1,
        treatMissingData: "breaching",
        alarmActions: [topicArn("eu-west-1")],
      });
      expect(inputs["alarmDescription"]).toContain("/docs/runbooks/backup-missing.md");
    }
  });

  it("lets AWS Backup take its role for this account only", () => {
    expect(JSON.parse(String(only(resources, "aws:iam/role:Role").inputs["assumeRolePolicy"]))).toMatchObject({
      Statement: [
        {
          Principal: { Service: "backup.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
        },
      ],
    });
  });
});
