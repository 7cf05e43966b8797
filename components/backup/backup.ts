import * as backup from "@pulumi/aws/backup/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { BackupSettings } from "../../config/blocks/backup.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { managedPolicyArn, restoreTestPlanName } from "../../core/names.ts";
import type { BackupType } from "../../standards/backup.ts";
import { BACKUP } from "../../standards/backup.ts";
import { TAGS } from "../../standards/tags.ts";
import type { Keys } from "../keys/keys.ts";
import type { Notify } from "../notify/notify.ts";
import { createAlarm } from "../shared/alarm.ts";
import { arnWithRights, serviceTrust } from "../shared/iam.ts";
import { createVault } from "./vault.ts";

export interface BackupArgs {
  readonly environment: Environment;
  readonly settings: BackupSettings;
  /** Keys of the stack's region; the vault uses "backup". */
  readonly keys: Pick<Keys<"backup">, "arns">;
  /** The key of the same purpose in `settings.copyRegion`. */
  readonly copyKeys: Pick<Keys<"backup">, "arns">;
  /** Topics of both regions: failed jobs are told where they fail. */
  readonly notify: Pick<Notify, "runbookBaseUrl" | "topicArns" | "topicArnsIn" | "usEast1TopicArns">;
  /** Types of which there is always something with the tag: a night without a finished backup of one is told. */
  readonly watched: readonly BackupType[];
  /** Where restore tests put a database: never among the live ones' clients. */
  readonly restoreSubnetGroupName: pulumi.Input<string>;
}

/** AWS' own policies for the service's role: what a backup and a restore of each kind needs. */
const MANAGED_POLICIES = {
  backup: "service-role/AWSBackupServiceRolePolicyForBackup",
  restore: "service-role/AWSBackupServiceRolePolicyForRestores",
  "s3-backup": "AWSBackupServiceRolePolicyForS3Backup",
  "s3-restore": "AWSBackupServiceRolePolicyForS3Restore",
} as const;

/** What is restored each month, with what a restore needs to be told. */
const RESTORE_TESTS = [
  { name: "aurora", type: "Aurora" },
  { name: "s3", type: "S3" },
  { name: "ebs", type: "EBS" },
] as const;

/**
 * Backups that a mistake or an intruder in the databases' own account cannot shorten: daily and weekly, in a locked
 * vault, with a copy in a second region, of everything tagged `backup=daily`. Each month one of every kind is restored
 * and thrown away again: a backup that nobody restored is not one. Failed jobs reach the topic of their region, and so
 * does a night in which nothing was begun that could fail.
 * Cost: storage of both regions, and hours of a restored database a month.
 */
export class Backup extends pulumi.ComponentResource {
  /** Name of the vault in the stack's region. */
  readonly vaultName: pulumi.Output<string>;
  /** ARN of the vault in the stack's region. */
  readonly vaultArn: pulumi.Output<string>;
  /** ARN of the vault with the copies. */
  readonly copyVaultArn: pulumi.Output<string>;
  /** Plan that selects by tag. */
  readonly planId: pulumi.Output<string>;

  constructor(name: string, args: BackupArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:data:Backup", name, {}, opts);
    const { environment, settings } = args;
    const child = { parent: this };
    const vault = createVault(
      name,
      {
        environment,
        settings,
        region: environment.region,
        kmsKeyArn: args.keys.arns.backup,
        alarmTopicArn: args.notify.topicArns.ticket,
      },
      child,
    );
    const copyVault = createVault(
      `${name}-copy`,
      {
        environment,
        settings,
        region: settings.copyRegion,
        kmsKeyArn: args.copyKeys.arns.backup,
        alarmTopicArn: args.notify.topicArnsIn(settings.copyRegion).ticket,
      },
      child,
    );
    const roleArn = this.createRole(name, environment);
    const plan = this.createPlan(name, settings, vault, copyVault);
    new backup.Selection(
      name,
      {
        name: "tagged-daily",
        planId: plan.id,
        iamRoleArn: roleArn,
        selectionTags: [{ type: "STRINGEQUALS", key: TAGS.backup, value: TAGS.backupDaily }],
      },
      { parent: plan },
    );
    this.createRestoreTests(name, args, vault, roleArn);
    for (const type of args.watched) this.watch(name, type, args);

    this.vaultName = vault.name;
    this.vaultArn = vault.arn;
    this.copyVaultArn = copyVault.arn;
    this.planId = plan.id;
    this.registerOutputs({
      vaultName: this.vaultName,
      vaultArn: this.vaultArn,
      copyVaultArn: this.copyVaultArn,
      planId: this.planId,
    });
  }

  /** The role that AWS Backup takes on; only for this account's plans. */
  private createRole(name: string, { accountId }: Environment): pulumi.Output<string> {
    const role = new iam.Role(
      name,
      {
        description: "Taken on by AWS Backup to back up and restore what is tagged for it",
        assumeRolePolicy: serviceTrust("backup", { accountId }),
      },
      { parent: this },
    );
    const rights = Object.entries(MANAGED_POLICIES).map(
      ([purpose, policy]) =>
        new iam.RolePolicyAttachment(
          `${name}-${purpose}`,
          { role: role.name, policyArn: managedPolicyArn(policy) },
          { parent: role },
        ),
    );
    return arnWithRights(role, rights);
  }

  private createPlan(
    name: string,
    settings: BackupSettings,
    vault: backup.Vault,
    copyVault: backup.Vault,
  ): backup.Plan {
    const rule = (ruleName: string, schedule: string, retentionDays: number) => ({
      ruleName,
      schedule,
      scheduleExpressionTimezone: "Etc/UTC",
      targetVaultName: vault.name,
      startWindow: 60,
      completionWindow: 600,
      // The continuous mode would take over the databases' own retention and drift against it.
      enableContinuousBackup: false,
      lifecycle: { deleteAfter: retentionDays },
      copyActions: [{ destinationVaultArn: copyVault.arn, lifecycle: { deleteAfter: retentionDays } }],
    });
    return new backup.Plan(
      name,
      {
        rules: [
          rule("daily", settings.dailySchedule, settings.dailyRetentionDays),
          rule("weekly", settings.weeklySchedule, settings.weeklyRetentionDays),
        ],
      },
      { parent: this },
    );
  }

  /** @see https://docs.aws.amazon.com/aws-backup/latest/devguide/cloudwatch.html */
  private watch(name: string, type: BackupType, { notify }: BackupArgs): void {
    createAlarm(
      `${name}-${type.toLowerCase()}-missing`,
      {
        notify,
        audience: "ticket",
        summary: `For ${BACKUP.maxHoursBetweenBackups} hours no backup of the type ${type} was finished: what is lost now is lost since the last one.`,
        runbook: "backup-missing",
        metric: {
          namespace: "AWS/Backup",
          name: "NumberOfBackupJobsCompleted",
          dimensions: { ResourceType: type },
          statistic: "Sum",
          periodSeconds: 3600,
        },
        comparison: "LessThanThreshold",
        threshold: 1,
        periods: BACKUP.maxHoursBetweenBackups,
        // AWS Backup reports what is not zero: a job that nobody began leaves no data.
        whenDataIsMissing: "breaching",
      },
      { parent: this },
    );
  }

  private createRestoreTests(
    name: string,
    args: BackupArgs,
    vault: backup.Vault,
    roleArn: pulumi.Output<string>,
  ): void {
    const { settings, environment } = args;
    const plan = new backup.RestoreTestingPlan(
      name,
      {
        name: restoreTestPlanName(environment),
        scheduleExpression: settings.restoreTest.schedule,
        scheduleExpressionTimezone: "Etc/UTC",
        startWindowHours: 8,
        recoveryPointSelection: {
          algorithm: "RANDOM_WITHIN_WINDOW",
          includeVaults: [vault.arn],
          recoveryPointTypes: ["SNAPSHOT"],
          selectionWindowDays: settings.restoreTest.selectionWindowDays,
        },
      },
      { parent: this },
    );
    for (const test of RESTORE_TESTS) {
      new backup.RestoreTestingSelection(
        `${name}-${test.name}`,
        {
          name: test.name,
          restoreTestingPlanName: plan.name,
          protectedResourceType: test.type,
          protectedResourceArns: ["*"],
          iamRoleArn: roleArn,
          validationWindowHours: settings.restoreTest.validationWindowHours,
          ...(test.type === "Aurora"
            ? { restoreMetadataOverrides: { dbSubnetGroupName: args.restoreSubnetGroupName } }
            : {}),
        },
        { parent: plan },
      );
    }
  }
}
