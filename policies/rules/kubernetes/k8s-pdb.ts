import type { Metadata, WorkloadProps } from "../../lib/pod.ts";
import type { StackResource } from "../../lib/rule.ts";
import { stackRule } from "../../lib/rule.ts";
import { minReplicasOf, namespaceOf, podLabels, REPLICATED_TYPES, selectsLabels } from "../../lib/workload.ts";

interface BudgetProps {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly minAvailable?: number | string;
    readonly maxUnavailable?: number | string;
    readonly selector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  };
}

/** Pods of `replicas` which the budget lets go at once; a percentage is rounded as Kubernetes does, up. */
function evictable({ spec }: BudgetProps, replicas: number): number {
  const count = (value: number | string) =>
    typeof value === "string" && value.endsWith("%")
      ? Math.ceil((replicas * Number(value.slice(0, -1))) / 100)
      : Number(value);
  if (spec?.maxUnavailable !== undefined) return count(spec.maxUnavailable);
  return replicas - count(spec?.minAvailable ?? 1);
}

export const k8sPdb = stackRule<WorkloadProps>({
  name: "k8s-pdb",
  description:
    "Every service with several pods has a disruption budget that keeps some of them and lets at least one go: nodes can be replaced without an outage and without a person.",
  severity: "medium",
  checklist: ["CLUS-12", "DEPL-03"],
  url: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
  remediation: "Add a PodDisruptionBudget with maxUnavailable 1 and the workload's own labels.",
  type: REPLICATED_TYPES,
  check(workload, stack, report) {
    const replicas = minReplicasOf(workload, stack);
    if (replicas < 2) return;
    const covers = (budget: StackResource<BudgetProps>) =>
      namespaceOf(budget) === namespaceOf(workload) &&
      selectsLabels(budget.props.spec?.selector?.matchLabels, podLabels(workload));
    const budget = stack.ofType<BudgetProps>("kubernetes:policy/v1:PodDisruptionBudget").find(covers);
    if (budget === undefined) {
      report({ property: "(PodDisruptionBudget)", found: "nothing", required: "a budget that selects the pods" });
    } else if (evictable(budget.props, replicas) < 1) {
      report({
        property: `(PodDisruptionBudget ${budget.name})`,
        found: `no eviction possible with ${replicas} pods`,
        required: "at least one pod may go",
      });
    }
  },
});
