import { describe, expect, it } from "vitest";

import { k8sTopologySpread } from "../../../policies/rules/kubernetes/k8s-topology-spread.ts";
import { DEPLOYMENT, deployment } from "../../support/kubernetes.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

describe(k8sTopologySpread.name, () => {
  it.each([
    { title: "accepts a spread over zones", props: deployment(), findings: [] },
    {
      title: "accepts anti-affinity instead",
      props: deployment(
        {},
        {
          topologySpreadConstraints: undefined,
          affinity: { podAntiAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1 }] } },
        },
      ),
      findings: [],
    },
    {
      title: "rejects pods that may all land in one zone",
      props: deployment({}, { topologySpreadConstraints: undefined }),
      findings: [
        "spec.template.spec.topologySpreadConstraints is no constraint on zones, required one with topologyKey topology.kubernetes.io/zone",
      ],
    },
    {
      title: "rejects a spread over hosts only",
      props: deployment({}, { topologySpreadConstraints: [{ topologyKey: "kubernetes.io/hostname" }] }),
      findings: [
        "spec.template.spec.topologySpreadConstraints is no constraint on zones, required one with topologyKey topology.kubernetes.io/zone",
      ],
    },
    {
      title: "rejects a selector for other pods",
      props: deployment(
        {},
        {
          topologySpreadConstraints: [
            { topologyKey: "topology.kubernetes.io/zone", labelSelector: { matchLabels: { app: "other" } } },
          ],
        },
      ),
      findings: [
        "spec.template.spec.topologySpreadConstraints is a selector that does not match the pod's labels, required the pod's own labels",
      ],
    },
    {
      title: "is undetermined while the constraints are unknown",
      props: deployment({}, { topologySpreadConstraints: UNKNOWN }),
      findings: ["undetermined: spec.template.spec.topologySpreadConstraints"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sTopologySpread, DEPLOYMENT, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(
        k8sTopologySpread,
        "kubernetes:core/v1:Service",
        deployment({ image: "latest", resources: {}, securityContext: {} }),
      ),
    ).toEqual([]);
  });

  it("asks no spread of daemon sets, which run everywhere, nor of jobs", async () => {
    const props = deployment({}, { topologySpreadConstraints: undefined });
    expect(await evaluate(k8sTopologySpread, "kubernetes:apps/v1:DaemonSet", props)).toEqual([]);
    expect(await evaluate(k8sTopologySpread, "kubernetes:batch/v1:Job", props)).toEqual([]);
  });
});
