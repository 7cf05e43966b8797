import { afterAll, beforeAll, expect, inject, it } from "vitest";

import { LEVELS } from "../charts/support/pod-security.ts";
import type { RecordedPod } from "../charts/support/recorded.ts";
import { readRecords } from "../charts/support/recorded.ts";
import { describeWith } from "../support/requirements.ts";
import { Kubectl } from "./support/kubectl.ts";
import { NO_LAB } from "./support/lab.ts";

const lab = inject("lab");
const LAB = { here: lab !== undefined, missing: NO_LAB };
const pods = readRecords().flatMap((record) => record.pods);
const namespaceOf = (level: string) => `pod-security-${level}`;

/** A pod as recorded, with what a record does not need of it; it is not bound to its account or priority, which are not there. */
function podOf({ name, labels, spec }: RecordedPod, namespace: string): object {
  const filled = (containers: RecordedPod["spec"]["containers"]) =>
    containers.map((container) => ({ ...container, image: "registry.invalid/app:1" }));
  const { containers, initContainers = [], ...rest } = spec;
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels },
    spec: { ...rest, containers: filled(containers), initContainers: filled(initContainers) },
  };
}

describeWith(LAB, "Pod Security of a real API server takes the pods of charts", () => {
  const kubectl = new Kubectl(lab?.kubeconfig ?? "");
  beforeAll(async () => {
    for (const level of LEVELS)
      await kubectl.must(["apply", "--server-side", "-f", "-"], {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { name: namespaceOf(level), labels: { "pod-security.kubernetes.io/enforce": level } },
      });
  });
  afterAll(async () => {
    await kubectl.must(["delete", "namespace", "--wait=false", ...LEVELS.map(namespaceOf)]);
  });

  it.each(pods)("of $kind $name at the recorded level, $podSecurity, and at none stricter", async (pod) => {
    for (const level of LEVELS) {
      const { status, output } = await kubectl.run(
        ["create", "--dry-run=server", "-f", "-"],
        podOf(pod, namespaceOf(level)),
      );
      const taken = LEVELS.indexOf(level) >= LEVELS.indexOf(pod.podSecurity);
      expect(status === 0, `${level}: ${output}`).toBe(taken);
      if (!taken) expect(output).toContain("violates PodSecurity");
    }
  });
});
