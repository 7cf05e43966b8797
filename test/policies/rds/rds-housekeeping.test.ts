import { describe, expect, it } from "vitest";

import { rdsHousekeeping } from "../../../policies/rules/rds/rds-housekeeping.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";

describe(rdsHousekeeping.name, () => {
  it.each([
    {
      title: "accepts a cluster that copies its tags",
      type: CLUSTER,
      props: { copyTagsToSnapshot: true },
      findings: [],
    },
    {
      title: "accepts a server with a current authority",
      type: INSTANCE,
      props: { autoMinorVersionUpgrade: true, copyTagsToSnapshot: true, caCertIdentifier: "rds-ca-rsa2048-g1" },
      findings: [],
    },
    {
      title: "accepts a member that says nothing: AWS' defaults are right, and snapshots are the cluster's",
      type: MEMBER,
      props: {},
      findings: [],
    },
    {
      title: "rejects a server without minor releases",
      type: MEMBER,
      props: { autoMinorVersionUpgrade: false },
      findings: ["autoMinorVersionUpgrade is false, required true"],
    },
    {
      title: "rejects an absent copy of tags, which AWS reads as off",
      type: CLUSTER,
      props: {},
      findings: ["copyTagsToSnapshot is nothing, required true"],
    },
    {
      title: "rejects the copy of tags switched off",
      type: INSTANCE,
      props: { copyTagsToSnapshot: false },
      findings: ["copyTagsToSnapshot is false, required true"],
    },
    {
      title: "rejects the authority that ended in 2024",
      type: INSTANCE,
      props: { copyTagsToSnapshot: true, caCertIdentifier: "rds-ca-2019" },
      findings: [
        "caCertIdentifier is rds-ca-2019, required one of rds-ca-rsa2048-g1, rds-ca-rsa4096-g1, rds-ca-ecc384-g1",
      ],
    },
    {
      title: "is undetermined while the copy of tags is unknown",
      type: CLUSTER,
      props: { copyTagsToSnapshot: UNKNOWN },
      findings: ["undetermined: copyTagsToSnapshot"],
    },
    {
      title: "is undetermined while the authority is unknown",
      type: MEMBER,
      props: { caCertIdentifier: UNKNOWN },
      findings: ["undetermined: caCertIdentifier"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsHousekeeping, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsHousekeeping, "aws:docdb/cluster:Cluster", {})).toEqual([]);
  });
});
