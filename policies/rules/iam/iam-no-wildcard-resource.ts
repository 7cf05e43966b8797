import { show } from "../../../core/finding.ts";
import { IAM } from "../../../standards/iam.ts";
import type { PermissionArgs } from "../../lib/iam-document.ts";
import {
  coversEverything,
  includes,
  narrows,
  overlap,
  PERMISSION_TYPES,
  permissionsOf,
  showElement,
} from "../../lib/iam-document.ts";
import { resourceRule } from "../../lib/rule.ts";

const VERBS = IAM.readVerbs.map((verb) => verb.toLowerCase());

/** Whether everything the pattern matches only reads what anyone in the account may know. */
function onlyReads(action: string): boolean {
  const verb = action.slice(action.indexOf(":") + 1).toLowerCase();
  return (
    VERBS.some((read) => verb.startsWith(read)) && !IAM.sensitiveReads.some((sensitive) => overlap(sensitive, action))
  );
}

function needsResource(action: string): boolean {
  return !onlyReads(action) && !IAM.unscopedActions.some((unscoped) => includes(unscoped, action));
}

export const iamNoWildcardResource = resourceRule<PermissionArgs>({
  name: "iam-no-wildcard-resource",
  description:
    "What changes something, or hands out data, is allowed on named resources or under a condition, not on all there are.",
  severity: "high",
  checklist: ["COMP-04", "SEC-15"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html",
  remediation:
    "Name the resources by ARN, or add a condition (a tag, cloudwatch:namespace) where the action takes no resource.",
  types: PERMISSION_TYPES,
  check(props, report) {
    for (const { path, action, resource, conditions } of permissionsOf(props, report)) {
      if (!coversEverything(resource) || conditions.some(narrows)) continue;
      const wide = action.patterns.filter(needsResource);
      if (wide.length === 0) continue;
      report({
        property: `${path}.${resource.key}`,
        found: `${showElement(resource)} for ${action.key === "NotAction" ? showElement(action) : show(wide.join(", "))}`,
        required: "ARNs of the resources, or a condition",
      });
    }
  },
});
