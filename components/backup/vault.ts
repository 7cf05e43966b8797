import * as backup from "@pulumi/aws/backup/index.js";
import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { BackupSettings } from "../../config/blocks/backup.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { nameOf } from "../../core/names.ts";
import { NOTHING_TO_KEEP } from "../shared/nothing-to-keep.ts";

export interface VaultArgs {
  readonly environment: Environment;
  readonly settings: BackupSettings;
  /** Region of the vault, its key and its topic. */
  readonly region: string;
  readonly kmsKeyArn: pulumi.Input<string>;
  /** Topic in the vault's region which hears of failed jobs. */
  readonly alarmTopicArn: pulumi.Input<string>;
}

/** Job kinds whose end AWS Backup reports, with the field that holds their state and the states that need a person. */
const JOBS = [
  { kind: "Backup Job State Change", failed: ["FAILED", "ABORTED", "EXPIRED"], role: "backup" },
  { kind: "Copy Job State Change", failed: ["FAILED"], role: "copy" },
  { kind: "Restore Job State Change", failed: ["FAILED", "ABORTED"], role: "restore" },
] as const;

/**
 * A locked vault under a customer key in one region. Failed backup, copy and restore jobs go to the topic as events:
 * a vault's own notifications tell of every job that ends and of none that never began.
 */
export function createVault(name: string, args: VaultArgs, opts: pulumi.CustomResourceOptions): backup.Vault {
  const { environment, settings, region } = args;
  const physicalName = nameOf(environment);
  const vault = new backup.Vault(
    name,
    { name: physicalName, region, kmsKeyArn: args.kmsKeyArn, forceDestroy: false, tags: { Name: physicalName } },
    { ...opts, protect: environment.protectStatefulResources, retainOnDelete: environment.retainStatefulResources },
  );
  const child = { parent: vault };
  new backup.VaultLockConfiguration(
    name,
    {
      region,
      backupVaultName: vault.name,
      minRetentionDays: settings.lock.minRetentionDays,
      maxRetentionDays: settings.lock.maxRetentionDays,
      // With cooling-off days the lock becomes one of compliance, which nobody can lift.
      ...(settings.lock.mode === "compliance" && settings.lock.coolingOffDays !== null
        ? { changeableForDays: settings.lock.coolingOffDays }
        : {}),
    },
    child,
  );
  for (const { kind, failed, role } of JOBS) {
    const rule = new cloudwatch.EventRule(
      `${name}-${role}-failed`,
      {
        region,
        description: `AWS Backup: ${kind}, ${failed.join(" or ")}`,
        eventPattern: JSON.stringify({
          source: ["aws.backup"],
          "detail-type": [kind],
          detail: { [role === "restore" ? "status" : "state"]: failed },
        }),
      },
      { ...child, ...NOTHING_TO_KEEP },
    );
    new cloudwatch.EventTarget(
      `${name}-${role}-failed`,
      { region, rule: rule.name, arn: args.alarmTopicArn },
      { parent: rule },
    );
  }
  return vault;
}
