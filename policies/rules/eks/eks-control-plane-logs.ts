import type { ClusterArgs } from "@pulumi/aws/eks/index.js";

import { CLUSTER } from "../../../standards/cluster.ts";
import { resourceRule } from "../../lib/rule.ts";

export const eksControlPlaneLogs = resourceRule<ClusterArgs>({
  name: "eks-control-plane-logs",
  description:
    "The control plane writes all of its logs: without audit and authenticator nobody can tell who did what.",
  severity: "medium",
  checklist: ["SEC-18", "COMP-05"],
  url: "https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html",
  remediation: `Set enabledClusterLogTypes to ${CLUSTER.logTypes.join(", ")}.`,
  types: ["aws:eks/cluster:Cluster"],
  check({ enabledClusterLogTypes }, report) {
    // Absent means none. Copied one by one, so that an unknown entry is met before it could pass for another.
    const enabled = (enabledClusterLogTypes ?? []).map((type): string => type);
    for (const type of CLUSTER.logTypes) {
      if (!enabled.includes(type)) report({ property: "enabledClusterLogTypes", found: `no ${type}`, required: type });
    }
  },
});
