import type { Metadata } from "../../lib/pod.ts";
import type { StackResource } from "../../lib/rule.ts";
import { stackRule } from "../../lib/rule.ts";

interface NamespaceProps {
  readonly metadata?: Metadata;
}

interface PolicyProps {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly podSelector?: { readonly matchLabels?: object; readonly matchExpressions?: readonly object[] };
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly object[];
    readonly egress?: readonly object[];
  };
}

const SYSTEM = new Set(["kube-system", "kube-public", "kube-node-lease"]);

/** Whether a policy takes every pod and allows nothing, in both directions. */
function deniesAll({ props: { spec } }: StackResource<PolicyProps>): boolean {
  const everyPod =
    Object.keys(spec?.podSelector?.matchLabels ?? {}).length === 0 &&
    (spec?.podSelector?.matchExpressions ?? []).length === 0;
  const both = ["Ingress", "Egress"].every((type) => (spec?.policyTypes ?? []).includes(type));
  return everyPod && both && (spec?.ingress ?? []).length === 0 && (spec?.egress ?? []).length === 0;
}

export const k8sNetpolDefaultDeny = stackRule<NamespaceProps>({
  name: "k8s-netpol-default-deny",
  description: "Every namespace denies all traffic in both directions by default; what is needed is allowed by name.",
  severity: "high",
  checklist: ["SEC-12", "SEC-13"],
  url: "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-policies",
  remediation:
    "Declare the namespace in the namespaces block: it brings a policy with podSelector {} and both policy types.",
  type: "kubernetes:core/v1:Namespace",
  check(namespace, stack, report) {
    const name = namespace.props.metadata?.name;
    if (name !== undefined && SYSTEM.has(name)) return;
    const policies = stack
      .ofType<PolicyProps>("kubernetes:networking.k8s.io/v1:NetworkPolicy")
      .filter(
        (policy) =>
          policy.props.metadata?.namespace === name ||
          (policy.propertyDependencies["metadata"] ?? []).some(({ urn }) => urn === namespace.urn),
      );
    if (!policies.some(deniesAll)) {
      report({
        property: "(NetworkPolicy)",
        found: policies.length === 0 ? "nothing" : "no policy that denies everything",
        required: "podSelector {} with Ingress and Egress and no allowed traffic",
      });
    }
  },
});
