import { containersOf, podRule } from "../../lib/pod.ts";

const NEEDED = [
  ["requests", "cpu"],
  ["requests", "memory"],
  ["limits", "memory"],
] as const;

export const k8sResources = podRule({
  name: "k8s-resources",
  description:
    "Every container requests CPU and memory and has a memory limit: without them one container can starve a node.",
  severity: "medium",
  checklist: ["CLUS-02"],
  url: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/",
  remediation: "Set resources.requests.cpu, resources.requests.memory and resources.limits.memory.",
  checkPod(pod, report) {
    for (const { container, at, role } of containersOf(pod)) {
      // Ephemeral containers may not have resources; a patch leaves out what it does not change.
      if (role === "ephemeral" || (pod.partial && container.resources === undefined)) continue;
      for (const [kind, resource] of NEEDED) {
        // Zero is a legal quantity and means that nothing is reserved, or no limit.
        const amount = container.resources?.[kind]?.[resource];
        if (amount === undefined || /^0+(\.0*)?[a-zA-Z]*$/.test(String(amount))) {
          report({
            property: `${at}.resources.${kind}.${resource}`,
            found: amount === undefined ? "nothing" : String(amount),
            required: "an amount above zero",
          });
        }
      }
    }
  },
});
