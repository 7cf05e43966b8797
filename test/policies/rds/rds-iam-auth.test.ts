import { describe, expect, it } from "vitest";

import { rdsIamAuth } from "../../../policies/rules/rds/rds-iam-auth.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

describe(rdsIamAuth.name, () => {
  it.each([
    {
      title: "accepts a cluster that takes tokens",
      type: CLUSTER,
      props: { engine: "aurora-postgresql", iamDatabaseAuthenticationEnabled: true },
      findings: [],
    },
    {
      title: "accepts an engine that knows no tokens",
      type: INSTANCE,
      props: { engine: "sqlserver-se" },
      findings: [],
    },
    {
      title: "rejects tokens switched off",
      type: INSTANCE,
      props: { engine: "postgres", iamDatabaseAuthenticationEnabled: false },
      findings: ["iamDatabaseAuthenticationEnabled is false, required true"],
    },
    {
      title: "rejects an absent switch, which AWS reads as off",
      type: CLUSTER,
      props: { engine: "aurora-mysql" },
      findings: ["iamDatabaseAuthenticationEnabled is nothing, required true"],
    },
    {
      title: "judges a restored server, which names no engine",
      type: INSTANCE,
      props: { snapshotIdentifier: "s" },
      findings: ["iamDatabaseAuthenticationEnabled is nothing, required true"],
    },
    {
      title: "is undetermined while the engine is unknown",
      type: CLUSTER,
      props: { engine: UNKNOWN },
      findings: ["undetermined: engine"],
    },
    {
      title: "is undetermined while the switch is unknown",
      type: CLUSTER,
      props: { engine: "aurora-postgresql", iamDatabaseAuthenticationEnabled: UNKNOWN },
      findings: ["undetermined: iamDatabaseAuthenticationEnabled"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsIamAuth, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsIamAuth, "aws:rds/clusterInstance:ClusterInstance", {})).toEqual([]);
  });
});
