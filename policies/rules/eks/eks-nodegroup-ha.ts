import type { NodeGroupArgs } from "@pulumi/aws/eks/index.js";

import { show } from "../../../core/finding.ts";
import { CLUSTER } from "../../../standards/cluster.ts";
import { resourceRule } from "../../lib/rule.ts";

export const eksNodegroupHa = resourceRule<NodeGroupArgs>({
  name: "eks-nodegroup-ha",
  description:
    "A node group survives the loss of a node or a zone, can grow, and says how many nodes an update may take at once.",
  severity: "medium",
  checklist: ["CLUS-04", "CLUS-12", "DEPL-03"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/managed-node-groups.html",
  remediation: "Set scalingConfig.minSize to 2 or more and maxSize above it, subnets in two zones, and updateConfig.",
  types: ["aws:eks/nodeGroup:NodeGroup"],
  check(group, report) {
    const { minSize, maxSize } = group.scalingConfig;
    if (minSize < CLUSTER.minNodes) {
      report({
        property: "scalingConfig.minSize",
        found: show(minSize),
        required: `at least ${CLUSTER.minNodes} (nodes)`,
      });
    }
    if (maxSize <= minSize) {
      report({
        property: "scalingConfig.maxSize",
        found: show(maxSize),
        required: `more than minSize, which is ${minSize} (nodes)`,
      });
    }
    // The ids may be unknown; their number is not.
    if (group.subnetIds.length < CLUSTER.minSubnets) {
      report({
        property: "subnetIds",
        found: `${group.subnetIds.length} subnets`,
        required: `at least ${CLUSTER.minSubnets}, in different zones`,
      });
    }
    // Absent means one node at a time.
    if (!("updateConfig" in group))
      report({ property: "updateConfig", found: "nothing", required: "maxUnavailable or maxUnavailablePercentage" });
  },
});
