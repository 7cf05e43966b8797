import type { Metadata } from "../../lib/pod.ts";
import { resourceRule } from "../../lib/rule.ts";

export const k8sNoNakedPods = resourceRule<{ readonly metadata?: Metadata }>({
  name: "k8s-no-naked-pods",
  description: "No pod stands alone: nobody would start it again when its node goes.",
  severity: "low",
  checklist: ["CLUS-05", "DEPL-03"],
  url: "https://kubernetes.io/docs/concepts/workloads/pods/#working-with-pods",
  remediation: "Use a Deployment, StatefulSet, Job or Rollout.",
  types: ["kubernetes:core/v1:Pod"],
  check(_pod, report) {
    report({ property: "kind", found: "Pod", required: "a workload that starts its pods again" });
  },
});
