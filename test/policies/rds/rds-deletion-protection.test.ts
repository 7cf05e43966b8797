import { describe, expect, it } from "vitest";

import { rdsDeletionProtection } from "../../../policies/rules/rds/rds-deletion-protection.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

describe(rdsDeletionProtection.name, () => {
  it.each([
    { title: "accepts a protected cluster", type: CLUSTER, props: { deletionProtection: true }, findings: [] },
    { title: "accepts a protected server", type: INSTANCE, props: { deletionProtection: true }, findings: [] },
    {
      title: "rejects protection switched off",
      type: INSTANCE,
      props: { deletionProtection: false },
      findings: ["deletionProtection is false, required true"],
    },
    {
      title: "rejects an absent switch, which AWS reads as off",
      type: CLUSTER,
      props: {},
      findings: ["deletionProtection is nothing, required true"],
    },
    {
      title: "is undetermined while the switch is unknown",
      type: CLUSTER,
      props: { deletionProtection: UNKNOWN },
      findings: ["undetermined: deletionProtection"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsDeletionProtection, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsDeletionProtection, "aws:rds/clusterInstance:ClusterInstance", {})).toEqual([]);
  });
});
