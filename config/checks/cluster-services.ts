import { NAMESPACES } from "../../standards/namespaces.ts";
import type { ReportProblem } from "../problems/problem.ts";
import type { StackConfig } from "../schema.ts";

/** The cluster's own controllers run in a namespace of their own, under its quota. */
export function platformNamespaceExists({ namespaces }: Pick<StackConfig, "namespaces">, report: ReportProblem): void {
  if (Object.hasOwn(namespaces, NAMESPACES.platform)) return;
  const names = Object.keys(namespaces);
  report({
    path: ["namespaces"],
    found: names.length === 0 ? "no namespace" : names.join(", "),
    allowed: `a namespace "${NAMESPACES.platform}" among them`,
    fix: "Add it: the controllers of the clusterServices block run there.",
  });
}

/** Karpenter can only bring nodes back while it runs itself: on nodes that are not of its making. */
export function karpenterHasNodes(
  { cluster, clusterServices }: Pick<StackConfig, "cluster" | "clusterServices">,
  report: ReportProblem,
): void {
  const nodes = Object.values(cluster.nodeGroups)
    .filter(
      ({ labels, capacity, taints }) =>
        labels["karpenter.sh/controller"] === "true" && capacity === "on-demand" && taints.length === 0,
    )
    .reduce((sum, { minSize }) => sum + minSize, 0);
  if (nodes >= clusterServices.controllerReplicas) return;
  report({
    path: ["cluster", "nodeGroups"],
    found: `${nodes} on-demand nodes without taints and with the label karpenter.sh/controller: "true"`,
    allowed: `at least clusterServices.controllerReplicas, which is ${clusterServices.controllerReplicas} (nodes)`,
    fix: "Label a group that is on-demand and has no taints, or raise its minSize: Karpenter puts each of its pods on another of these nodes.",
  });
}
