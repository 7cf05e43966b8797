import type { VaultArgs, VaultLockConfigurationArgs } from "@pulumi/aws/backup/index.js";

import { stackRule } from "../../lib/rule.ts";

export const backupVaultLock = stackRule<VaultArgs>({
  name: "backup-vault-lock",
  description:
    "Every backup vault is locked with a shortest retention, so that nobody with access to the account can delete backups early.",
  severity: "low",
  checklist: ["DATA-05", "DATA-10", "LOG-05"],
  url: "https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html",
  remediation: "Add a VaultLockConfiguration with minRetentionDays for the vault.",
  type: "aws:backup/vault:Vault",
  check(vault, stack, report) {
    const locks = stack.referring<VaultLockConfigurationArgs>(
      "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
      "backupVaultName",
      vault,
    );
    if (locks.length === 0) {
      report({ property: "(vault lock)", found: "nothing", required: "a lock with minRetentionDays" });
      return;
    }
    // Zero and absent leave every backup deletable at once.
    if (!locks.some(({ props }) => (props.minRetentionDays ?? 0) > 0)) {
      report({ property: "(vault lock).minRetentionDays", found: "nothing", required: "at least 1 (day)" });
    }
  },
});
