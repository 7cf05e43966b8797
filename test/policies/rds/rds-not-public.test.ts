import { describe, expect, it } from "vitest";

import { rdsNotPublic } from "../../../policies/rules/rds/rds-not-public.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const INSTANCE = "aws:rds/instance:Instance";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";

describe(rdsNotPublic.name, () => {
  it.each([
    {
      title: "accepts a server that says it is private",
      type: INSTANCE,
      props: { publiclyAccessible: false },
      findings: [],
    },
    { title: "accepts an absent flag, which the provider sends as false", type: MEMBER, props: {}, findings: [] },
    {
      title: "rejects a public server",
      type: INSTANCE,
      props: { publiclyAccessible: true },
      findings: ["publiclyAccessible is true, required false"],
    },
    {
      title: "rejects a public member of a cluster",
      type: MEMBER,
      props: { publiclyAccessible: true },
      findings: ["publiclyAccessible is true, required false"],
    },
    {
      title: "is undetermined while the flag is unknown",
      type: MEMBER,
      props: { publiclyAccessible: UNKNOWN },
      findings: ["undetermined: publiclyAccessible"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsNotPublic, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsNotPublic, "aws:redshift/cluster:Cluster", { publiclyAccessible: true })).toEqual([]);
  });
});
