import { describe, expect, it } from "vitest";

import { eksControlPlaneLogs } from "../../../policies/rules/eks/eks-control-plane-logs.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:eks/cluster:Cluster";

// Literals on purpose: importing the standard here would let one wrong edit pass both sides.
const ALL = ["api", "audit", "authenticator", "controllerManager", "scheduler"];
const missing = (type: string) => `enabledClusterLogTypes is no ${type}, required ${type}`;

describe(eksControlPlaneLogs.name, () => {
  it.each([
    { title: "accepts all five logs, in any order", props: { enabledClusterLogTypes: ALL.toReversed() }, findings: [] },
    {
      title: "rejects one missing log by name",
      props: { enabledClusterLogTypes: ALL.slice(0, 4) },
      findings: [missing("scheduler")],
    },
    { title: "rejects an empty list", props: { enabledClusterLogTypes: [] }, findings: ALL.map(missing) },
    { title: "rejects an absent list, which AWS reads as none", props: {}, findings: ALL.map(missing) },
    {
      title: "is undetermined while the list is unknown",
      props: { enabledClusterLogTypes: UNKNOWN },
      findings: ["undetermined: enabledClusterLogTypes"],
    },
    {
      title: "is undetermined while one entry is unknown",
      props: { enabledClusterLogTypes: [...ALL.slice(0, 4), UNKNOWN] },
      findings: ["undetermined: enabledClusterLogTypes.4"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(eksControlPlaneLogs, CLUSTER, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(eksControlPlaneLogs, "aws:ecs/cluster:Cluster", {})).toEqual([]);
  });
});
