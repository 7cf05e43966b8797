import type { SecretPolicyArgs } from "@pulumi/aws/secretsmanager/index.js";

import { reportOpenStatements } from "../../lib/resource-policy.ts";
import { resourceRule } from "../../lib/rule.ts";

export const secretPolicyRestrictive = resourceRule<Partial<Pick<SecretPolicyArgs, "policy">>>({
  name: "secret-policy-restrictive",
  description: "A secret's own policy lets nobody in by a wildcard; it may refuse everybody.",
  severity: "high",
  checklist: ["SECR-01", "SECR-02"],
  url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html",
  remediation: "Name the role as Principal, or add a condition on aws:PrincipalAccount.",
  types: ["aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretPolicy:SecretPolicy"],
  check(subject, report) {
    // A secret without a policy is read by whom IAM lets in, inside its account.
    if ("policy" in subject) reportOpenStatements(subject.policy, "policy", report);
  },
});
