import type { VaultArgs } from "@pulumi/aws/backup/index.js";

import { show } from "../../../core/finding.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const backupVaultCmk = resourceRule<VaultArgs>({
  name: "backup-vault-cmk",
  description:
    "Backup vaults are encrypted under a customer key and cannot be emptied by deleting them: the last copy must not share the fate of the first.",
  severity: "medium",
  checklist: ["SEC-14", "DATA-05"],
  url: "https://docs.aws.amazon.com/aws-backup/latest/devguide/encryption.html",
  remediation: "Set kmsKeyArn to a customer managed key and leave forceDestroy off.",
  types: ["aws:backup/vault:Vault"],
  check(vault, report) {
    // Absent means AWS' own key, which no policy of ours governs. A key that is not known yet is a key all the same.
    if (!isSet(vault, "kmsKeyArn"))
      report({ property: "kmsKeyArn", found: "nothing", required: "the ARN of a customer key" });
    if (vault.forceDestroy === true)
      report({ property: "forceDestroy", found: show(vault.forceDestroy), required: "false or absent" });
  },
});
