import type { PermissionArgs, Statement } from "../../lib/iam-document.ts";
import { coversEverything, includes, PERMISSION_TYPES, permissionsOf, showElement } from "../../lib/iam-document.ts";
import { resourceRule } from "../../lib/rule.ts";

/** Who may do all of these may make itself an administrator, so it is one already. */
const ALL_OF_IAM = "iam:*";

function grantsEverything({ action, resource }: Statement): boolean {
  return coversEverything(resource) && action.patterns.some((pattern) => includes(pattern, ALL_OF_IAM));
}

export const iamNoAdminPolicy = resourceRule<PermissionArgs>({
  name: "iam-no-admin-policy",
  description:
    "No policy allows every action, or all of IAM, on every resource: its bearer could do and hide anything in the account.",
  severity: "critical",
  checklist: ["COMP-04", "SEC-25"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  remediation: "List the actions that are needed, and the ARNs they are needed on.",
  types: PERMISSION_TYPES,
  check(props, report) {
    // A condition is no excuse: it says when the bearer is an administrator, not that it is none.
    for (const statement of permissionsOf(props, report).filter(grantsEverything)) {
      report({
        property: `${statement.path}.${statement.action.key}`,
        found: `${showElement(statement.action)} on ${showElement(statement.resource)}`,
        required: "named actions on named resources",
      });
    }
  },
});
