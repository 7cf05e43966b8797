import { show } from "../../../core/finding.ts";
import { podRule } from "../../lib/pod.ts";

export const k8sNoTokenAutomount = podRule({
  name: "k8s-no-token-automount",
  description: "Pods get no API server token unless they use it, and never run as the namespace's default account.",
  severity: "medium",
  checklist: ["SEC-13", "COMP-04"],
  url: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/",
  remediation: "Set automountServiceAccountToken to false and name a service account of the workload's own.",
  checkPod({ spec, at, partial }, report) {
    const automount = spec.automountServiceAccountToken;
    // Absent means that the service account decides, which again mounts it when it says nothing.
    if (automount !== false && !(partial && automount === undefined)) {
      report({ property: `${at}.automountServiceAccountToken`, found: show(automount), required: "false" });
    }
    const account = spec.serviceAccountName;
    if (account === "default" || (account === undefined && !partial)) {
      report({
        property: `${at}.serviceAccountName`,
        found: show(account),
        required: "an account of the workload's own",
      });
    }
  },
});
