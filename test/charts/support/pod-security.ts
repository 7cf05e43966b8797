import type { Finding } from "../../../core/finding.ts";
import type { PodSpec } from "../../../policies/lib/pod.ts";
import { RESTRICTED } from "../../../policies/lib/pod-security.ts";

/** Pod Security's levels, from the strictest. */
export const LEVELS = ["restricted", "baseline", "privileged"] as const;
export type Level = (typeof LEVELS)[number];

/** What `restricted` asks for and `baseline` does not, by the end of a finding's path. */
const RESTRICTED_ONLY =
  /\.(?:allowPrivilegeEscalation|capabilities\.drop|runAsNonRoot|runAsUser|volumes\[\d+\]\.(?!hostPath)\w+)$/;

/** Capabilities that `baseline` lets a container add. */
const BASELINE_CAPABILITIES = new Set([
  ...["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP"],
  ...["SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
]);

function takenByBaseline({ property, found }: Finding): boolean {
  if (property.endsWith(".capabilities.add")) return found.split(", ").every((name) => BASELINE_CAPABILITIES.has(name));
  if (property.endsWith(".seccompProfile.type")) return found !== "Unconfined";
  return RESTRICTED_ONLY.test(property);
}

/**
 * The strictest level that takes a pod.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function levelOf(spec: PodSpec): Level {
  const findings: Finding[] = [];
  const pod = { spec, at: "spec", labels: {}, partial: false, longRunning: true };
  for (const control of RESTRICTED) control(pod, (finding) => findings.push(finding));
  if (findings.length === 0) return "restricted";
  return findings.every(takenByBaseline) ? "baseline" : "privileged";
}
