import type { AddonArgs, ClusterArgs } from "@pulumi/aws/eks/index.js";

import { CLUSTER } from "../../../standards/cluster.ts";
import { stackRule } from "../../lib/rule.ts";

export const eksAddonsComplete = stackRule<ClusterArgs>({
  name: "eks-addons-complete",
  description:
    "The cluster's network, name service, service routing, volumes and pod identities are add-ons which AWS maintains.",
  severity: "medium",
  checklist: ["CLUS-01"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/eks-add-ons.html",
  remediation: `Add an aws.eks.Addon for each of ${CLUSTER.requiredAddons.join(", ")}, with clusterName from the cluster.`,
  type: "aws:eks/cluster:Cluster",
  check(cluster, stack, report) {
    const names = stack
      .referring<AddonArgs>("aws:eks/addon:Addon", "clusterName", cluster)
      .map(({ props }): string => props.addonName);
    for (const required of CLUSTER.requiredAddons) {
      if (!names.includes(required))
        report({ property: `(add-on ${required})`, found: "nothing", required: "an add-on of the cluster" });
    }
  },
});
