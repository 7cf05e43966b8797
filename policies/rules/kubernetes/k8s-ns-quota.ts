import type { Metadata } from "../../lib/pod.ts";
import { stackRule } from "../../lib/rule.ts";

interface Props {
  readonly metadata?: Metadata;
}

const SYSTEM = new Set(["kube-system", "kube-public", "kube-node-lease"]);

const LIMITS = [
  { type: "kubernetes:core/v1:ResourceQuota", word: "ResourceQuota" },
  { type: "kubernetes:core/v1:LimitRange", word: "LimitRange" },
] as const;

export const k8sNsQuota = stackRule<Props>({
  name: "k8s-ns-quota",
  description: "Every namespace has a quota and a limit range, so that one team cannot use up the cluster.",
  severity: "low",
  checklist: ["CLUS-09"],
  url: "https://kubernetes.io/docs/concepts/policy/resource-quotas/",
  remediation: "Declare the namespace in the namespaces block: it brings both.",
  type: "kubernetes:core/v1:Namespace",
  check(namespace, stack, report) {
    const name = namespace.props.metadata?.name;
    if (name !== undefined && SYSTEM.has(name)) return;
    for (const { type, word } of LIMITS) {
      const found =
        stack.referring<Props>(type, "metadata", namespace).length > 0 ||
        stack.ofType<Props>(type).some(({ props }) => name !== undefined && props.metadata?.namespace === name);
      if (!found) report({ property: `(${word})`, found: "nothing", required: `a ${word} in the namespace` });
    }
  },
});
