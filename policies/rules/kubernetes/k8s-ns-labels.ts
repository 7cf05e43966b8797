import { show } from "../../../core/finding.ts";
import type { Metadata } from "../../lib/pod.ts";
import { resourceRule } from "../../lib/rule.ts";

const LEVEL = "pod-security.kubernetes.io/enforce";
const VERSION = "pod-security.kubernetes.io/enforce-version";

/** Namespaces that the cluster itself brings, whose pods need more. */
const SYSTEM = new Set(["kube-system", "kube-public", "kube-node-lease"]);

export const k8sNsLabels = resourceRule<{ readonly metadata?: Metadata }>({
  name: "k8s-ns-labels",
  description: "Namespaces enforce a Pod Security level at a pinned version and say who owns them.",
  severity: "medium",
  checklist: ["SEC-13", "CLUS-09"],
  url: "https://kubernetes.io/docs/concepts/security/pod-security-admission/",
  remediation: `Label the namespace ${LEVEL}=restricted, ${VERSION}=<version>, owner and tier.`,
  types: ["kubernetes:core/v1:Namespace"],
  check(namespace, report) {
    if (SYSTEM.has(namespace.metadata?.name ?? "")) return;
    const labels = namespace.metadata?.labels ?? {};
    // Absent means that the cluster's default applies, which is privileged.
    if (labels[LEVEL] !== "restricted" && labels[LEVEL] !== "baseline") {
      report({
        property: `metadata.labels.${LEVEL}`,
        found: show(labels[LEVEL]),
        required: "restricted, or baseline with a reason",
      });
    }
    if (!/^v1\.\d+$/.test(labels[VERSION] ?? "")) {
      report({
        property: `metadata.labels.${VERSION}`,
        found: show(labels[VERSION]),
        required: "a pinned version, for instance v1.35",
      });
    }
    for (const key of ["owner", "tier"]) {
      if ((labels[key] ?? "") === "")
        report({ property: `metadata.labels.${key}`, found: "nothing", required: "a label" });
    }
  },
});
