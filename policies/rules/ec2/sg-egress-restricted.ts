import type { StackResource, StackView } from "../../lib/rule.ts";
import { stackRule } from "../../lib/rule.ts";
import type { SecurityGroupOrRuleArgs } from "../../lib/security-group.ts";
import {
  EGRESS_RULE,
  inlineRules,
  rulesOf,
  SECURITY_GROUP,
  SECURITY_GROUP_RULE,
  worldBlocks,
} from "../../lib/security-group.ts";
import { isEveryProtocol } from "../../lib/traffic.ts";

/** What stores data, with the property that names its security groups. */
const DATA_TIER = {
  "aws:rds/cluster:Cluster": "vpcSecurityGroupIds",
  "aws:rds/instance:Instance": "vpcSecurityGroupIds",
  "aws:rds/proxy:Proxy": "vpcSecurityGroupIds",
  "aws:elasticache/replicationGroup:ReplicationGroup": "securityGroupIds",
  "aws:elasticache/cluster:Cluster": "securityGroupIds",
  "aws:efs/mountTarget:MountTarget": "securityGroups",
  "aws:opensearch/domain:Domain": "vpcOptions",
} as const;

interface Config {
  readonly everywhere: boolean;
}

function holdsData(group: StackResource<SecurityGroupOrRuleArgs>, stack: StackView): boolean {
  return Object.entries(DATA_TIER).some(([type, property]) => stack.referring(type, property, group).length > 0);
}

export const sgEgressRestricted = stackRule<SecurityGroupOrRuleArgs>({
  name: "sg-egress-restricted",
  description:
    "The security group of a data store does not let everything out to everywhere: whoever takes the store over could carry the data away.",
  severity: "low",
  checklist: ["SEC-12", "SEC-15"],
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html",
  remediation: "Remove the rule, or name protocol, ports and destination.",
  type: SECURITY_GROUP,
  config: {
    properties: {
      everywhere: {
        type: "boolean",
        default: false,
        description: "Judge every security group, not only those of data stores.",
      },
    },
  },
  check(group, stack, report) {
    const everywhere = stack.config<Config>().everywhere ?? false;
    if (!everywhere && !holdsData(group, stack)) return;
    const separate = [SECURITY_GROUP_RULE, EGRESS_RULE].flatMap((type) =>
      stack
        .referring<SecurityGroupOrRuleArgs>(type, "securityGroupId", group)
        .flatMap(({ props }) => rulesOf(type, props, "egress")),
    );
    // Without any rule the provider takes AWS' open one away.
    for (const found of [...inlineRules(group, "egress"), ...separate]) {
      if (!isEveryProtocol(found.rule.ipProtocol ?? found.rule.protocol)) continue;
      const [open] = worldBlocks(found);
      if (open !== undefined)
        report({
          property: open.property,
          found: `everything to ${open.cidr}`,
          required: "named protocols or destinations",
        });
    }
  },
});
