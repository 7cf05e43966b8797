import { describe, expect, it } from "vitest";

import { k8sWorkloadMonitored } from "../../../policies/rules/kubernetes/k8s-workload-monitored.ts";
import { DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const workload = { type: DEPLOYMENT, name: "app", props: deployment() };
const service = (selector: unknown = { app: "app" }) => ({
  type: "kubernetes:core/v1:Service",
  name: "service",
  props: { metadata: { namespace: "shop", labels: { service: "app" } }, spec: { selector } },
});
const monitor = (kind: string, matchLabels: unknown) => ({
  type: `kubernetes:monitoring.coreos.com/v1:${kind}`,
  name: "monitor",
  props: { metadata: { namespace: "shop" }, spec: { selector: { matchLabels } } },
});
const MISSING = ["app: (ServiceMonitor) is nothing, required a monitor that selects the workload"];

describe(k8sWorkloadMonitored.name, () => {
  it.each([
    {
      title: "accepts a monitor of the workload's service",
      stack: [workload, service(), monitor("ServiceMonitor", { service: "app" })],
      findings: [],
    },
    { title: "accepts a monitor of its pods", stack: [workload, monitor("PodMonitor", { app: "app" })], findings: [] },
    { title: "rejects a workload without monitor", stack: [workload, service()], findings: MISSING },
    {
      title: "rejects a monitor of a service that leads elsewhere",
      stack: [workload, service({ app: "other" }), monitor("ServiceMonitor", { service: "app" })],
      findings: MISSING,
    },
    {
      title: "rejects a monitor that selects another service",
      stack: [workload, service(), monitor("ServiceMonitor", { service: "other" })],
      findings: MISSING,
    },
    {
      title: "is undetermined while the monitor is unknown",
      stack: [workload, service(), monitor("ServiceMonitor", UNKNOWN)],
      findings: ["undetermined: spec.selector.matchLabels"],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(k8sWorkloadMonitored, stack)).toEqual(findings);
  });

  it("accepts a service whose selector a roll-out has narrowed to one version", async () => {
    const narrowed = {
      ...service(),
      changed: {
        metadata: { annotations: { "argo-rollouts.argoproj.io/managed-by-rollouts": "app" } },
        spec: { selector: { "rollouts-pod-template-hash": "5d4b8c7f" } },
      },
    };
    const stack = [workload, narrowed, monitor("ServiceMonitor", { service: "app" })];
    expect(await evaluateStack(k8sWorkloadMonitored, stack)).toEqual([]);
  });
});
