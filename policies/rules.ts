import type { Policies } from "@pulumi/policy";
import { kmsRotation } from "./rules/kms/kms-rotation.ts";
import { policyPackAttached } from "./rules/preflight/policy-pack-attached.ts";
import { backupCoversData } from "./rules/backup/backup-covers-data.ts";
import { backupPlanRetention } from "./rules/backup/backup-plan-retention.ts";
import { backupVaultCmk } from "./rules/backup/backup-vault-cmk.ts";
import { backupVaultLock } from "./rules/backup/backup-vault-lock.ts";

/** Every rule of the pack, sorted by name within its service. */
export const rules: Policies = [
  backupVaultLock,
  backupVaultCmk,
  backupPlanRetention,
  backupCoversData,
  kmsRotation,
  policyPackAttached,
];
