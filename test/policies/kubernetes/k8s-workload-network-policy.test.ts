import { describe, expect, it } from "vitest";

import { k8sWorkloadNetworkPolicy } from "../../../policies/rules/kubernetes/k8s-workload-network-policy.ts";
import { DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const workload = { type: DEPLOYMENT, name: "app", props: deployment() };
const policy = (podSelector: unknown, namespace = "shop") => ({
  type: "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  name: "policy",
  props: { metadata: { namespace }, spec: { podSelector } },
});
const MISSING = ["app: (NetworkPolicy) is nothing, required a policy that selects the workload's pods by label"];

describe(k8sWorkloadNetworkPolicy.name, () => {
  it.each([
    {
      title: "accepts a policy for the workload's pods",
      stack: [workload, policy({ matchLabels: { app: "app" } })],
      findings: [],
    },
    { title: "rejects a workload without policy", stack: [workload], findings: MISSING },
    { title: "does not take the policy for every pod", stack: [workload, policy({})], findings: MISSING },
    {
      title: "does not take a policy for other pods",
      stack: [workload, policy({ matchLabels: { app: "other" } })],
      findings: MISSING,
    },
    {
      title: "does not take a policy of another namespace",
      stack: [workload, policy({ matchLabels: { app: "app" } }, "other")],
      findings: MISSING,
    },
    {
      title: "is undetermined while the selector is unknown",
      stack: [workload, policy(UNKNOWN)],
      findings: ["undetermined: spec.podSelector"],
    },
    { title: "asks none of jobs", stack: [{ ...workload, type: "kubernetes:batch/v1:Job" }], findings: [] },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(k8sWorkloadNetworkPolicy, stack)).toEqual(findings);
  });
});
