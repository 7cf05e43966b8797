import type { SecretArgs } from "@pulumi/aws/secretsmanager/index.js";

import { resourceRule } from "../../lib/rule.ts";

/** The key which AWS takes by itself, as alias or as the alias' ARN. */
const AWS_OWN_KEY = /(?:^|:)alias\/aws\/secretsmanager$/;

export const secretCmk = resourceRule<Pick<SecretArgs, "kmsKeyId">>({
  name: "secret-cmk",
  description:
    "Secrets are encrypted with a customer key: whoever may read a secret must be allowed to use its key too.",
  severity: "medium",
  checklist: ["SECR-06", "SEC-14"],
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html",
  remediation: "Set kmsKeyId to the ARN of a customer key.",
  types: ["aws:secretsmanager/secret:Secret"],
  check(secret, report) {
    if (!("kmsKeyId" in secret) || secret.kmsKeyId === undefined) {
      report({
        property: "kmsKeyId",
        found: "nothing, which AWS reads as its own key",
        required: "the ARN of a customer key",
      });
    } else if (secret.kmsKeyId === "" || AWS_OWN_KEY.test(secret.kmsKeyId)) {
      report({ property: "kmsKeyId", found: "AWS' own key", required: "the ARN of a customer key" });
    }
  },
});
