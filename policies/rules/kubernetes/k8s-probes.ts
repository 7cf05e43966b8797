import type { Container, Probe } from "../../lib/pod.ts";
import { containersOf, podRule } from "../../lib/pod.ts";

/** What a probe asks, as text to compare; undefined for kinds that have nothing to compare. */
function question(probe: Probe): string | undefined {
  if (probe.httpGet !== undefined) return `http ${String(probe.httpGet.port)} ${probe.httpGet.path ?? "/"}`;
  return undefined;
}

function sameQuestion({ livenessProbe, readinessProbe }: Container): boolean {
  if (livenessProbe === undefined || readinessProbe === undefined) return false;
  const asked = question(livenessProbe);
  return asked !== undefined && asked === question(readinessProbe);
}

export const k8sProbes = podRule({
  name: "k8s-probes",
  description:
    "Containers that run on have a readiness and a liveness probe, and these ask different things: a liveness probe that looks at dependencies restarts everything when one is down.",
  severity: "medium",
  checklist: ["CLUS-05", "CLUS-07"],
  url: "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/",
  remediation: "Give the container a readinessProbe and a livenessProbe with a path of its own.",
  checkPod(pod, report) {
    if (!pod.longRunning) return;
    for (const { container, at, role } of containersOf(pod)) {
      if (role !== "main") continue;
      if (!pod.partial) {
        for (const probe of ["readinessProbe", "livenessProbe"] as const) {
          if (container[probe] === undefined)
            report({ property: `${at}.${probe}`, found: "nothing", required: "a probe" });
        }
      }
      if (sameQuestion(container)) {
        report({
          property: `${at}.livenessProbe`,
          found: "the same question as the readiness probe",
          required: "a path of its own that answers 200 while a dependency is down",
        });
      }
    }
  },
});
