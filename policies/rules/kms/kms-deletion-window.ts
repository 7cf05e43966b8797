import type { KeyArgs } from "@pulumi/aws/kms/index.js";

import { show } from "../../../core/finding.ts";
import { ENCRYPTION } from "../../../standards/encryption.ts";
import { resourceRule } from "../../lib/rule.ts";

export const kmsDeletionWindow = resourceRule<Pick<KeyArgs, "deletionWindowInDays">>({
  name: "kms-deletion-window",
  description: `A key that is to be deleted can be called back for at least ${ENCRYPTION.minDeletionWindowDays} days: with it goes all that it encrypted.`,
  severity: "medium",
  checklist: ["SEC-14"],
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html",
  remediation: `Set deletionWindowInDays to ${ENCRYPTION.minDeletionWindowDays} or more.`,
  types: ["aws:kms/externalKey:ExternalKey", "aws:kms/key:Key", "aws:kms/replicaKey:ReplicaKey"],
  check({ deletionWindowInDays }, report) {
    const days = deletionWindowInDays ?? ENCRYPTION.awsMaxDeletionWindowDays;
    if (days < ENCRYPTION.minDeletionWindowDays) {
      report({
        property: "deletionWindowInDays",
        found: show(days),
        required: `at least ${ENCRYPTION.minDeletionWindowDays} (days)`,
      });
    }
  },
});
