import { containersOf, podRule } from "../../lib/pod.ts";

export const k8sSecretsAsFiles = podRule({
  name: "k8s-secrets-as-files",
  description:
    "Secrets reach containers as mounted files, not as environment variables: a variable keeps the value that the pod started with when the secret is rotated, and is seen by child processes, crash reports and whoever may look at the process.",
  severity: "medium",
  checklist: ["SECR-02", "SECR-06"],
  url: "https://kubernetes.io/docs/concepts/security/secrets-good-practices/",
  remediation:
    "Mount the secret as a volume (whole, not by subPath) and let the program read the file when it needs the value.",
  checkPod(pod, report) {
    const required = "a file of a mounted volume";
    for (const { container, at } of containersOf(pod)) {
      for (const [index, { name = "", valueFrom }] of (container.env ?? []).entries()) {
        if (valueFrom?.secretKeyRef === undefined) continue;
        report({ property: `${at}.env[${index}] ${name}`, found: "a key of a secret", required });
      }
      for (const [index, { secretRef }] of (container.envFrom ?? []).entries()) {
        if (secretRef === undefined) continue;
        report({ property: `${at}.envFrom[${index}]`, found: "all keys of a secret", required });
      }
    }
  },
});
