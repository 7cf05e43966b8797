import { describe, expect, it } from "vitest";

import { eksDeletionProtection } from "../../../policies/rules/eks/eks-deletion-protection.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const REQUIRED = "required true, or protect: true";

describe(eksDeletionProtection.name, () => {
  it.each([
    { title: "accepts protection by EKS", props: { deletionProtection: true }, findings: [] },
    {
      title: "rejects protection switched off",
      props: { deletionProtection: false },
      findings: [`deletionProtection is false, ${REQUIRED}`],
    },
    {
      title: "rejects an absent switch, which AWS reads as off",
      props: {},
      findings: [`deletionProtection is nothing, ${REQUIRED}`],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { deletionProtection: UNKNOWN },
      findings: ["undetermined: deletionProtection"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(eksDeletionProtection, CLUSTER, props)).toEqual(findings);
  });

  it("accepts protection by Pulumi, whatever EKS is told", async () => {
    expect(
      await evaluate(eksDeletionProtection, CLUSTER, { deletionProtection: UNKNOWN }, { options: { protect: true } }),
    ).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(eksDeletionProtection, "aws:ecs/cluster:Cluster", {})).toEqual([]);
  });
});
