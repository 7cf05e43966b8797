import { describe, expect, it } from "vitest";

import { k8sHpaBounds } from "../../../policies/rules/kubernetes/k8s-hpa-bounds.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const HPA = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const hpa = (change: Record<string, unknown> = {}, target = 80) => ({
  spec: {
    minReplicas: 2,
    maxReplicas: 3,
    metrics: [{ type: "Resource", resource: { name: "cpu", target: { averageUtilization: target } } }],
    ...change,
  },
});

describe(k8sHpaBounds.name, () => {
  it.each([
    { title: "accepts the floor of 2 and the ceiling of 80 %", props: hpa(), findings: [] },
    {
      title: "rejects a single pod",
      props: hpa({ minReplicas: 1 }),
      findings: ["spec.minReplicas is 1, required at least 2"],
    },
    {
      title: "rejects an absent minimum, which Kubernetes reads as 1",
      props: hpa({ minReplicas: undefined }),
      findings: ["spec.minReplicas is nothing, required at least 2"],
    },
    {
      title: "rejects a scaler that cannot scale",
      props: hpa({ maxReplicas: 2 }),
      findings: ["spec.maxReplicas is 2, required more than minReplicas (2)"],
    },
    {
      title: "rejects one percent above the ceiling",
      props: hpa({}, 81),
      findings: ["spec.metrics[0] cpu is 81 %, required at most 80 %"],
    },
    {
      title: "is undetermined while the minimum is unknown",
      props: hpa({ minReplicas: UNKNOWN }),
      findings: ["undetermined: spec.minReplicas"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sHpaBounds, HPA, props)).toEqual(findings);
  });

  it("judges what a patch says, not what it leaves out", async () => {
    expect(await evaluate(k8sHpaBounds, `${HPA}Patch`, { spec: {} })).toEqual([]);
    expect(await evaluate(k8sHpaBounds, `${HPA}Patch`, { spec: { minReplicas: 1 } })).toHaveLength(1);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(k8sHpaBounds, "kubernetes:apps/v1:Deployment", hpa({ minReplicas: 0 }))).toEqual([]);
  });
});
