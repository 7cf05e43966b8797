import type { Metadata, WorkloadProps } from "../../lib/pod.ts";
import { stackRule } from "../../lib/rule.ts";
import { namespaceOf, podLabels, REPLICATED_TYPES, selectsLabels } from "../../lib/workload.ts";

interface PolicyProps {
  readonly metadata?: Metadata;
  readonly spec?: { readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> } };
}

export const k8sWorkloadNetworkPolicy = stackRule<WorkloadProps>({
  name: "k8s-workload-network-policy",
  description:
    "Every workload has a network policy of its own that says whom it talks to: under default-deny it could reach nothing, and a policy for all would let everybody reach everything.",
  severity: "medium",
  checklist: ["SEC-12", "SEC-13"],
  url: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  remediation: "Declare what the service needs in the catalogue (services[].needs): its policies follow.",
  type: REPLICATED_TYPES,
  check(workload, stack, report) {
    const own = stack.ofType<PolicyProps>("kubernetes:networking.k8s.io/v1:NetworkPolicy").some(({ props }) => {
      const selector = props.spec?.podSelector?.matchLabels ?? {};
      return (
        namespaceOf({ props }) === namespaceOf(workload) &&
        Object.keys(selector).length > 0 &&
        selectsLabels(selector, podLabels(workload))
      );
    });
    if (!own)
      report({
        property: "(NetworkPolicy)",
        found: "nothing",
        required: "a policy that selects the workload's pods by label",
      });
  },
});
