import type { DefaultSecurityGroupArgs, VpcArgs } from "@pulumi/aws/ec2/index.js";

import { stackRule } from "../../lib/rule.ts";

export const vpcDefaultSgClosed = stackRule<VpcArgs>({
  name: "vpc-default-sg-closed",
  description:
    "The security group which AWS gives to whatever names none lets nothing through: by itself it lets its members talk to each other and to everyone.",
  severity: "medium",
  checklist: ["SEC-12"],
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/default-security-group.html",
  remediation: "Add a DefaultSecurityGroup with vpcId and without ingress and egress.",
  type: "aws:ec2/vpc:Vpc",
  check(vpc, stack, report) {
    const groups = stack.referring<DefaultSecurityGroupArgs>(
      "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
      "vpcId",
      vpc,
    );
    if (groups.length === 0)
      report({
        property: "(default security group)",
        found: "nothing, so AWS' open rules",
        required: "one without rules",
      });
    for (const { props } of groups) {
      for (const direction of ["ingress", "egress"] as const) {
        // Absent and empty both take AWS' rules away.
        const count = props[direction]?.length ?? 0;
        if (count > 0)
          report({ property: `(default security group).${direction}`, found: `${count} rules`, required: "none" });
      }
    }
  },
});
