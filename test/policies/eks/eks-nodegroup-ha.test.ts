import { describe, expect, it } from "vitest";

import { eksNodegroupHa } from "../../../policies/rules/eks/eks-nodegroup-ha.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:eks/nodeGroup:NodeGroup";
const right = {
  scalingConfig: { minSize: 2, maxSize: 3, desiredSize: 2 },
  subnetIds: ["subnet-1", "subnet-2"],
  updateConfig: { maxUnavailable: 1 },
};

describe(eksNodegroupHa.name, () => {
  it.each([
    { title: "accepts two nodes that may grow to three, over two subnets", props: right, findings: [] },
    {
      title: "accepts subnets that are made in the same deployment",
      props: { ...right, subnetIds: [UNKNOWN, UNKNOWN] },
      findings: [],
    },
    {
      title: "accepts an update configuration that is not known yet, because presence decides",
      props: { ...right, updateConfig: UNKNOWN },
      findings: [],
    },
    {
      title: "rejects one node",
      props: { ...right, scalingConfig: { minSize: 1, maxSize: 3, desiredSize: 1 } },
      findings: ["scalingConfig.minSize is 1, required at least 2 (nodes)"],
    },
    {
      title: "rejects a group scaled to nothing",
      props: { ...right, scalingConfig: { minSize: 0, maxSize: 3, desiredSize: 0 } },
      findings: ["scalingConfig.minSize is 0, required at least 2 (nodes)"],
    },
    {
      title: "rejects a group that cannot grow",
      props: { ...right, scalingConfig: { minSize: 2, maxSize: 2, desiredSize: 2 } },
      findings: ["scalingConfig.maxSize is 2, required more than minSize, which is 2 (nodes)"],
    },
    {
      title: "rejects a single subnet",
      props: { ...right, subnetIds: ["subnet-1"] },
      findings: ["subnetIds is 1 subnets, required at least 2, in different zones"],
    },
    {
      title: "rejects an absent update configuration, which AWS reads as one node at a time",
      props: { scalingConfig: right.scalingConfig, subnetIds: right.subnetIds },
      findings: ["updateConfig is nothing, required maxUnavailable or maxUnavailablePercentage"],
    },
    {
      title: "is undetermined while the size is unknown",
      props: { ...right, scalingConfig: { minSize: UNKNOWN, maxSize: 3, desiredSize: 2 } },
      findings: ["undetermined: scalingConfig.minSize"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(eksNodegroupHa, GROUP, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(eksNodegroupHa, "aws:eks/cluster:Cluster", {})).toEqual([]);
  });
});
