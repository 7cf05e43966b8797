import { describe, expect, it } from "vitest";

import { k8sReplicas } from "../../../policies/rules/kubernetes/k8s-replicas.ts";
import { DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const workload = (spec: Record<string, unknown> = {}, annotations?: Record<string, string>) => {
  const props = deployment({}, {}, spec);
  return { type: DEPLOYMENT, name: "app", props: { ...props, metadata: { ...props.metadata, annotations } } };
};
const hpa = (minReplicas: unknown, target: Record<string, unknown> = { kind: "Deployment", name: "app" }) => ({
  type: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  name: "scaler",
  props: { metadata: { namespace: "shop" }, spec: { minReplicas, scaleTargetRef: target } },
});
const keda = (minReplicaCount: unknown) => ({
  type: "kubernetes:keda.sh/v1alpha1:ScaledObject",
  name: "scaler",
  props: { metadata: { namespace: "shop" }, spec: { minReplicaCount, scaleTargetRef: { name: "app" } } },
});

describe(k8sReplicas.name, () => {
  it("accepts two pods kept by an autoscaler of either kind", async () => {
    expect(await evaluateStack(k8sReplicas, [workload(), hpa(2)])).toEqual([]);
    expect(await evaluateStack(k8sReplicas, [workload(), keda(2)])).toEqual([]);
  });

  it("rejects an autoscaler that goes down to one", async () => {
    expect(await evaluateStack(k8sReplicas, [workload(), hpa(1)])).toEqual([
      "app: (autoscaler scaler).minReplicas is 1, required at least 2",
    ]);
  });

  it("rejects an event scaler without a floor, which KEDA reads as zero", async () => {
    expect(await evaluateStack(k8sReplicas, [workload(), keda(undefined)])).toEqual([
      "app: (autoscaler scaler).minReplicas is 0, required at least 2",
    ]);
  });

  it("rejects a workload without number or autoscaler", async () => {
    expect(await evaluateStack(k8sReplicas, [workload()])).toEqual([
      "app: spec.replicas is 1, required at least 2",
      "app: (autoscaler) is nothing, required an autoscaler that targets the workload",
    ]);
  });

  it("does not take the autoscaler of another workload", async () => {
    expect(
      await evaluateStack(k8sReplicas, [workload({ replicas: 3 }), hpa(2, { kind: "Deployment", name: "other" })]),
    ).toEqual(["app: (autoscaler) is nothing, required an autoscaler that targets the workload"]);
  });

  it("rejects a fixed number beside an autoscaler", async () => {
    expect(await evaluateStack(k8sReplicas, [workload({ replicas: 2 }), hpa(2)])).toHaveLength(1);
  });

  it("accepts whatever number the API server, an autoscaler or a person has set", async () => {
    for (const replicas of [1, 3, 40]) {
      const scaled = { ...workload(), changed: { spec: { replicas } } };
      expect(await evaluateStack(k8sReplicas, [scaled, hpa(2)])).toEqual([]);
    }
  });

  it("does not take the number to which somebody scaled for the program's", async () => {
    expect(await evaluateStack(k8sReplicas, [{ ...workload(), changed: { spec: { replicas: 4 } } }])).toEqual([
      "app: spec.replicas is 1, required at least 2",
      "app: (autoscaler) is nothing, required an autoscaler that targets the workload",
    ]);
  });

  it("accepts a single pod with a reason", async () => {
    expect(
      await evaluateStack(k8sReplicas, [
        workload({}, { "preflight.dev/single-replica-reason": "consumer that must not run twice" }),
      ]),
    ).toEqual([]);
  });

  it("is undetermined while the floor is unknown", async () => {
    expect(await evaluateStack(k8sReplicas, [workload(), hpa(UNKNOWN)])).toEqual(["undetermined: spec.minReplicas"]);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluateStack(k8sReplicas, [{ type: "kubernetes:batch/v1:Job", name: "job", props: deployment() }]),
    ).toEqual([]);
  });
});
