import type { SecretArgs } from "@pulumi/aws/secretsmanager/index.js";

import { show } from "../../../core/finding.ts";
import { SECRETS } from "../../../standards/secrets.ts";
import { resourceRule } from "../../lib/rule.ts";

export const secretRecoveryWindow = resourceRule<Pick<SecretArgs, "recoveryWindowInDays">>({
  name: "secret-recovery-window",
  description: `A deleted secret can be called back for at least ${SECRETS.minRecoveryWindowDays} days.`,
  severity: "medium",
  checklist: ["SECR-01"],
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
  remediation: `Set recoveryWindowInDays to ${SECRETS.minRecoveryWindowDays} or more, or leave it out.`,
  types: ["aws:secretsmanager/secret:Secret"],
  check({ recoveryWindowInDays }, report) {
    // Zero deletes at once.
    const days = recoveryWindowInDays ?? SECRETS.awsMaxRecoveryWindowDays;
    if (days < SECRETS.minRecoveryWindowDays) {
      report({
        property: "recoveryWindowInDays",
        found: show(days),
        required: `at least ${SECRETS.minRecoveryWindowDays} (days)`,
      });
    }
  },
});
