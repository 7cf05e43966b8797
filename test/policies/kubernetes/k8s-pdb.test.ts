import { describe, expect, it } from "vitest";

import { k8sPdb } from "../../../policies/rules/kubernetes/k8s-pdb.ts";
import { DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const workload = (replicas: unknown = 3) => ({
  type: DEPLOYMENT,
  name: "app",
  props: deployment({}, {}, { replicas }),
});
const budget = (spec: Record<string, unknown>, namespace = "shop") => ({
  type: "kubernetes:policy/v1:PodDisruptionBudget",
  name: "budget",
  props: { metadata: { namespace }, spec: { selector: { matchLabels: { app: "app" } }, ...spec } },
});
const MISSING = ["app: (PodDisruptionBudget) is nothing, required a budget that selects the pods"];
const STUCK = [
  "app: (PodDisruptionBudget budget) is no eviction possible with 3 pods, required at least one pod may go",
];

describe(k8sPdb.name, () => {
  it.each([
    { title: "accepts a budget that lets one go", stack: [workload(), budget({ maxUnavailable: 1 })], findings: [] },
    {
      title: "accepts a percentage, rounded up as Kubernetes does",
      stack: [workload(), budget({ maxUnavailable: "10%" })],
      findings: [],
    },
    {
      title: "accepts a floor below the number of pods",
      stack: [workload(), budget({ minAvailable: 2 })],
      findings: [],
    },
    { title: "rejects a service without budget", stack: [workload()], findings: MISSING },
    { title: "rejects zero evictions", stack: [workload(), budget({ maxUnavailable: 0 })], findings: STUCK },
    { title: "rejects zero percent", stack: [workload(), budget({ maxUnavailable: "0%" })], findings: STUCK },
    {
      title: "rejects a floor at the number of pods",
      stack: [workload(), budget({ minAvailable: 3 })],
      findings: STUCK,
    },
    { title: "rejects a floor of all", stack: [workload(), budget({ minAvailable: "100%" })], findings: STUCK },
    {
      title: "does not take a budget of other pods",
      stack: [workload(), budget({ maxUnavailable: 1, selector: { matchLabels: { app: "x" } } })],
      findings: MISSING,
    },
    {
      title: "does not take a budget of another namespace",
      stack: [workload(), budget({ maxUnavailable: 1 }, "other")],
      findings: MISSING,
    },
    { title: "asks none of a single pod", stack: [workload(1)], findings: [] },
    {
      title: "is undetermined while the budget is unknown",
      stack: [workload(), budget({ maxUnavailable: UNKNOWN })],
      findings: ["undetermined: spec.maxUnavailable"],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(k8sPdb, stack)).toEqual(findings);
  });

  it.each([1, 4])("is not moved by %i pods that somebody or a controller has set", async (replicas) => {
    const { metadata, spec } = deployment();
    const changed = { spec: { replicas } };
    const single = { type: DEPLOYMENT, name: "app", props: { metadata, spec }, changed };
    expect(await evaluateStack(k8sPdb, [single])).toEqual([]);
    expect(await evaluateStack(k8sPdb, [{ ...workload(), changed }])).toEqual(MISSING);
  });
});
