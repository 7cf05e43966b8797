import type { RoleArgs } from "@pulumi/aws/iam/index.js";

import { allowedBy, narrows } from "../../lib/iam-document.ts";
import { resourceRule } from "../../lib/rule.ts";

/** An account as principal means everyone in it whom its own policies let through. */
const ACCOUNT = /^(?:\d{12}|arn:[\w-]+:iam::\d{12}:root)$/;

export const iamTrustNarrow = resourceRule<RoleArgs>({
  name: "iam-trust-narrow",
  description: "A role names who may become it: never everyone, and a whole account only under a condition.",
  severity: "critical",
  checklist: ["COMP-04", "SEC-25"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
  remediation:
    "Name the role or service as Principal; add a condition (aws:PrincipalArn, sts:ExternalId) where an account is named.",
  types: ["aws:iam/role:Role"],
  check(role, report) {
    for (const { path, principals, conditions } of allowedBy(
      role.assumeRolePolicy,
      "assumeRolePolicy",
      "trust",
      report,
    )) {
      for (const { kind, value } of principals) {
        // A condition is no excuse here: one typing error in it opens the role to every account in the world.
        if (value.includes("*")) {
          report({ property: `${path}.Principal`, found: `${kind} ${value}`, required: "named principals" });
        } else if (kind === "AWS" && ACCOUNT.test(value) && !conditions.some(narrows)) {
          report({
            property: `${path}.Condition`,
            found: `nothing, for the whole account ${value}`,
            required: "a condition that says who of the account",
          });
        }
      }
    }
  },
});
