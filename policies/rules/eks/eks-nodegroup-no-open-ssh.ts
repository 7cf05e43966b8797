import type { NodeGroupArgs } from "@pulumi/aws/eks/index.js";

import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const eksNodegroupNoOpenSsh = resourceRule<NodeGroupArgs>({
  name: "eks-nodegroup-no-open-ssh",
  description: "Nodes take no SSH from everywhere: a key without source groups opens port 22 to the internet.",
  severity: "high",
  checklist: ["SEC-12"],
  url: "https://docs.aws.amazon.com/eks/latest/APIReference/API_RemoteAccessConfig.html",
  remediation: "Remove remoteAccess and use Session Manager, or name sourceSecurityGroupIds.",
  types: ["aws:eks/nodeGroup:NodeGroup"],
  check({ remoteAccess }, report) {
    // Without a key there is no SSH at all.
    if (remoteAccess === undefined || !isSet(remoteAccess, "ec2SshKey")) return;
    if ((remoteAccess.sourceSecurityGroupIds ?? []).length === 0) {
      report({
        property: "remoteAccess.sourceSecurityGroupIds",
        found: "nothing, which is everywhere",
        required: "at least one security group",
      });
    }
  },
});
