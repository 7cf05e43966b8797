import type { Policies } from "@pulumi/policy";
import { iamAttachToRolesOnly } from "./rules/iam/iam-attach-to-roles-only.ts";
import { iamNoAdminAttachment } from "./rules/iam/iam-no-admin-attachment.ts";
import { iamNoAdminPolicy } from "./rules/iam/iam-no-admin-policy.ts";
import { iamNoUsersOrKeys } from "./rules/iam/iam-no-users-or-keys.ts";
import { iamNoWildcardResource } from "./rules/iam/iam-no-wildcard-resource.ts";
import { iamOidcSubjectBound } from "./rules/iam/iam-oidc-subject-bound.ts";
import { iamPassroleScoped } from "./rules/iam/iam-passrole-scoped.ts";
import { iamTrustNarrow } from "./rules/iam/iam-trust-narrow.ts";
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
  iamAttachToRolesOnly,
  iamNoAdminAttachment,
  iamNoAdminPolicy,
  iamNoUsersOrKeys,
  iamNoWildcardResource,
  iamOidcSubjectBound,
  iamPassroleScoped,
  iamTrustNarrow,
  kmsRotation,
  policyPackAttached,
];
