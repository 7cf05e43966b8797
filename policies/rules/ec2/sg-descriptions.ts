import { show } from "../../../core/finding.ts";
import { resourceRule } from "../../lib/rule.ts";
import type { SecurityGroupOrRuleArgs } from "../../lib/security-group.ts";
import { EGRESS_RULE, INGRESS_RULE, rulesOf, SECURITY_GROUP, SECURITY_GROUP_RULE } from "../../lib/security-group.ts";

/** What the provider writes where nobody wrote anything. */
const DEFAULTS = ["", "Managed by Pulumi", "Managed by Terraform"];

export const sgDescriptions = resourceRule<SecurityGroupOrRuleArgs>({
  name: "sg-descriptions",
  description:
    "Security groups and their rules say what they are for: a rule that nobody can explain is never removed.",
  severity: "low",
  checklist: ["SEC-12"],
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  remediation: "Describe who reaches what, in a few words. AWS cannot change a group's own description later.",
  types: [SECURITY_GROUP, SECURITY_GROUP_RULE, INGRESS_RULE, EGRESS_RULE],
  check(props, report, { type }) {
    const rules = (["ingress", "egress"] as const).flatMap((direction) => rulesOf(type, props, direction));
    const described = [
      ...(type === SECURITY_GROUP ? [{ property: "description", text: props.description }] : []),
      ...rules.map(({ path, rule }) => ({
        property: path === "" ? "description" : `${path}.description`,
        text: rule.description,
      })),
    ];
    for (const { property, text } of described) {
      if (DEFAULTS.includes(text?.trim() ?? ""))
        report({ property, found: show(text === "" ? undefined : text), required: "what it is for, in words" });
    }
  },
});
