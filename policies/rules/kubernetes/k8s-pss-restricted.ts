import { KUBERNETES } from "../../../standards/kubernetes.ts";
import { podRule } from "../../lib/pod.ts";
import { RESTRICTED } from "../../lib/pod-security.ts";

export const k8sPssRestricted = podRule({
  name: "k8s-pss-restricted",
  description: `Pods meet the Pod Security Standard "restricted" (${KUBERNETES.podSecurityVersion}): no root, no privileges, nothing of the node's.`,
  severity: "high",
  checklist: ["SEC-13"],
  url: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  remediation: "Set what the standard asks for in the pod's and the containers' securityContext.",
  checkPod(pod, report) {
    for (const control of RESTRICTED) control(pod, report);
  },
});
