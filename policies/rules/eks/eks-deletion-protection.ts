import type { ClusterArgs } from "@pulumi/aws/eks/index.js";

import { show } from "../../../core/finding.ts";
import { resourceRule } from "../../lib/rule.ts";

export const eksDeletionProtection = resourceRule<ClusterArgs>({
  name: "eks-deletion-protection",
  description: "A cluster cannot be deleted by one slip: EKS or Pulumi refuses it until told otherwise.",
  severity: "medium",
  checklist: ["CLUS-01", "DEPL-03"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html",
  remediation: "Set deletionProtection to true (or protect the resource in Pulumi).",
  types: ["aws:eks/cluster:Cluster"],
  check(cluster, report, { options }) {
    if (options.protect) return;
    // AWS' default is off.
    if (cluster.deletionProtection !== true) {
      report({
        property: "deletionProtection",
        found: show(cluster.deletionProtection),
        required: "true, or protect: true",
      });
    }
  },
});
