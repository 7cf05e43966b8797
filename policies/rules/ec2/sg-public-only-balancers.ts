import { stackRule } from "../../lib/rule.ts";
import type { SecurityGroupOrRuleArgs } from "../../lib/security-group.ts";
import {
  INGRESS_RULE,
  inlineRules,
  rulesOf,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
  worldBlocks,
} from "../../lib/security-group.ts";

const BALANCERS = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"] as const;

export const sgPublicOnlyBalancers = stackRule<SecurityGroupOrRuleArgs>({
  name: "sg-public-only-balancers",
  description:
    "A security group that lets the whole internet in, be it on a public port only, belongs to a load balancer: nothing else faces the internet.",
  severity: "high",
  checklist: ["SEC-12"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html",
  remediation: "Put the group on a load balancer, or name the addresses that may come in.",
  type: SECURITY_GROUP,
  check(group, stack, report) {
    const own = inlineRules(group, "ingress").flatMap(worldBlocks);
    const separate = [SECURITY_GROUP_RULE, INGRESS_RULE].flatMap((type) =>
      stack
        .referring<SecurityGroupOrRuleArgs>(type, "securityGroupId", group)
        .flatMap(({ props }) => rulesOf(type, props, "ingress").flatMap(worldBlocks)),
    );
    const [open] = [...own, ...separate];
    if (open === undefined) return;
    if (BALANCERS.some((type) => stack.referring(type, "securityGroups", group).length > 0)) return;
    report({
      property: open.property,
      found: `${open.cidr}, and no load balancer uses the group`,
      required: "a load balancer that uses the group",
    });
  },
});
