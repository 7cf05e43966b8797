import { describe, expect, it } from "vitest";

import { k8sNoNakedPods } from "../../../policies/rules/kubernetes/k8s-no-naked-pods.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const NAKED = ["kind is Pod, required a workload that starts its pods again"];

describe(k8sNoNakedPods.name, () => {
  it.each([
    { title: "rejects a pod that nothing starts again", props: { spec: { containers: [] } }, findings: NAKED },
    { title: "rejects it whatever it says of restarts", props: { spec: { restartPolicy: "Always" } }, findings: NAKED },
    { title: "rejects an empty one", props: {}, findings: NAKED },
    { title: "needs no value to be known", props: { spec: UNKNOWN }, findings: NAKED },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sNoNakedPods, "kubernetes:core/v1:Pod", props)).toEqual(findings);
  });

  it.each(["kubernetes:apps/v1:Deployment", "kubernetes:batch/v1:Job"])("leaves %s alone", async (type) => {
    expect(await evaluate(k8sNoNakedPods, type, {})).toEqual([]);
  });
});
