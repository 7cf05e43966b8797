import { describe, expect, it } from "vitest";

import { k8sResources } from "../../../policies/rules/kubernetes/k8s-resources.ts";
import { AT, CONTAINER, DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(k8sResources.name, () => {
  it.each([
    { title: "accepts requests and a memory limit", props: deployment(), findings: [] },
    {
      title: "accepts numbers",
      props: deployment({ resources: { requests: { cpu: 1, memory: 1024 }, limits: { memory: 2048 } } }),
      findings: [],
    },
    {
      title: "rejects absent resources, which Kubernetes reads as unlimited",
      props: deployment({ resources: undefined }),
      findings: ["requests.cpu", "requests.memory", "limits.memory"].map(
        (key) => `${AT}.resources.${key} is nothing, required an amount above zero`,
      ),
    },
    {
      title: "rejects a request of zero",
      props: deployment({ resources: { ...CONTAINER.resources, requests: { cpu: "0m", memory: "128Mi" } } }),
      findings: [`${AT}.resources.requests.cpu is 0m, required an amount above zero`],
    },
    {
      title: "judges init containers too",
      props: deployment(
        {},
        { initContainers: [{ name: "init", resources: { requests: { cpu: "1m", memory: "1Mi" } } }] },
      ),
      findings: [
        "spec.template.spec.initContainers[0].resources.limits.memory is nothing, required an amount above zero",
      ],
    },
    {
      title: "is undetermined while the resources are unknown",
      props: deployment({ resources: UNKNOWN }),
      findings: ["undetermined: spec.template.spec.containers.0.resources"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sResources, DEPLOYMENT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(
        k8sResources,
        "kubernetes:core/v1:Service",
        deployment({ image: "latest", resources: {}, securityContext: {} }),
      ),
    ).toEqual([]);
  });

  it("judges what a patch says, not what it leaves out", async () => {
    expect(
      await evaluate(k8sResources, "kubernetes:apps/v1:DeploymentPatch", deployment({ resources: undefined })),
    ).toEqual([]);
    expect(
      await evaluate(
        k8sResources,
        "kubernetes:apps/v1:DeploymentPatch",
        deployment({ resources: { requests: { cpu: "1" } } }),
      ),
    ).toHaveLength(2);
  });

  it("finds the pods of cron jobs and rollouts", async () => {
    const { spec } = deployment({ resources: {} });
    expect(
      await evaluate(k8sResources, "kubernetes:batch/v1:CronJob", { spec: { jobTemplate: { spec } } }),
    ).toHaveLength(3);
    expect(await evaluate(k8sResources, "kubernetes:argoproj.io/v1alpha1:Rollout", { spec })).toHaveLength(3);
  });
});
