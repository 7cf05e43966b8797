import { resourceRule } from "../../lib/rule.ts";

interface RbacProps {
  readonly roleRef?: { readonly name?: string; readonly kind?: string };
  readonly rules?: readonly {
    readonly apiGroups?: readonly string[];
    readonly resources?: readonly string[];
    readonly verbs?: readonly string[];
  }[];
}

const GROUP = "kubernetes:rbac.authorization.k8s.io/v1";

export const k8sRbacNoClusterAdmin = resourceRule<RbacProps>({
  name: "k8s-rbac-no-cluster-admin",
  description:
    "Nobody is bound to cluster-admin inside the cluster and no role allows everything on everything: administrators come through access entries, which are recorded.",
  severity: "high",
  checklist: ["SEC-25", "COMP-04"],
  url: "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
  remediation: "Bind a role that names its resources and verbs.",
  types: [
    `${GROUP}:ClusterRoleBinding`,
    `${GROUP}:ClusterRoleBindingPatch`,
    `${GROUP}:RoleBinding`,
    `${GROUP}:RoleBindingPatch`,
    `${GROUP}:ClusterRole`,
    `${GROUP}:ClusterRolePatch`,
    `${GROUP}:Role`,
    `${GROUP}:RolePatch`,
  ],
  check({ roleRef, rules }, report) {
    if (roleRef?.name === "cluster-admin")
      report({ property: "roleRef.name", found: "cluster-admin", required: "a role with named rights" });
    for (const [index, { verbs = [], resources = [] }] of (rules ?? []).entries()) {
      if (verbs.includes("*") && resources.includes("*")) {
        report({
          property: `rules[${index}]`,
          found: "every verb on every resource",
          required: "named verbs on named resources",
        });
      }
    }
  },
});
