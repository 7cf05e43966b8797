import { show } from "../../../core/finding.ts";
import { containersOf, podRule } from "../../lib/pod.ts";

export const k8sReadonlyRootfs = podRule({
  name: "k8s-readonly-rootfs",
  description:
    "Containers cannot write to their own file system, so that an intruder cannot change what runs; scratch space is a volume.",
  severity: "medium",
  checklist: ["SEC-13"],
  url: "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  remediation:
    "Set securityContext.readOnlyRootFilesystem to true and mount an emptyDir where the container must write.",
  checkPod(pod, report) {
    for (const { container, at } of containersOf(pod)) {
      const value = container.securityContext?.readOnlyRootFilesystem;
      // Kubernetes reads absent as false.
      if (value === true || (pod.partial && value === undefined)) continue;
      report({ property: `${at}.securityContext.readOnlyRootFilesystem`, found: show(value), required: "true" });
    }
  },
});
