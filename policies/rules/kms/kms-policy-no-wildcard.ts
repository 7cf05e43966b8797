import type { KeyArgs } from "@pulumi/aws/kms/index.js";

import { reportOpenStatements } from "../../lib/resource-policy.ts";
import { resourceRule } from "../../lib/rule.ts";

export const kmsPolicyNoWildcard = resourceRule<Pick<KeyArgs, "policy" | "bypassPolicyLockoutSafetyCheck">>({
  name: "kms-policy-no-wildcard",
  description: "A key's policy lets nobody in by a wildcard, and leaves somebody who can still change it.",
  severity: "high",
  checklist: ["SEC-14", "COMP-04"],
  url: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html",
  remediation:
    "Name the account, role or service as Principal, or add a condition on kms:CallerAccount or aws:SourceAccount.",
  types: [
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/key:Key",
    "aws:kms/keyPolicy:KeyPolicy",
    "aws:kms/replicaKey:ReplicaKey",
  ],
  check(key, report) {
    // Absent means AWS' own policy: the account decides by IAM.
    if ("policy" in key) reportOpenStatements(key.policy, "policy", report);
    if (key.bypassPolicyLockoutSafetyCheck === true) {
      report({
        property: "bypassPolicyLockoutSafetyCheck",
        found: "true",
        required: "false: AWS then refuses a policy that locks everybody out",
      });
    }
  },
});
