import type { PermissionArgs, Statement } from "../../lib/iam-document.ts";
import { overlap, PERMISSION_TYPES, permissionsOf, showElement } from "../../lib/iam-document.ts";
import { resourceRule } from "../../lib/rule.ts";

/** Every role of an account is as good as every resource: one of them has more rights than the bearer. */
function reachesAnyRole(pattern: string): boolean {
  const role = pattern.indexOf(":role/");
  return role === -1 ? pattern.endsWith("*") : /^\*+$/.test(pattern.slice(role + ":role/".length));
}

function passesAnyRole({ action, resource }: Statement): boolean {
  return action.patterns.some((pattern) => overlap(pattern, "iam:PassRole")) && resource.patterns.some(reachesAnyRole);
}

export const iamPassroleScoped = resourceRule<PermissionArgs>({
  name: "iam-passrole-scoped",
  description:
    "iam:PassRole names the roles that may be passed: who may pass any role to a service has the rights of the strongest one.",
  severity: "high",
  checklist: ["COMP-04", "SEC-25"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",
  remediation:
    "Put iam:PassRole into a statement of its own, on the ARNs of the roles, with a condition on iam:PassedToService.",
  types: PERMISSION_TYPES,
  check(props, report) {
    for (const { path, action, resource } of permissionsOf(props, report).filter(passesAnyRole)) {
      report({
        property: `${path}.${resource.key}`,
        found: `${showElement(resource)} for ${showElement(action)}`,
        required: "the ARNs of the roles that may be passed",
      });
    }
  },
});
