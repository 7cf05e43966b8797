import { describe, expect, it } from "vitest";

import { rdsFinalSnapshot } from "../../../policies/rules/rds/rds-final-snapshot.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

describe(rdsFinalSnapshot.name, () => {
  it.each([
    {
      title: "accepts a named final snapshot",
      type: CLUSTER,
      props: { skipFinalSnapshot: false, finalSnapshotIdentifier: "last" },
      findings: [],
    },
    {
      title: "accepts a name that is not known yet, and an absent switch, which AWS reads as off",
      type: INSTANCE,
      props: { finalSnapshotIdentifier: UNKNOWN },
      findings: [],
    },
    {
      title: "accepts a replica, of which AWS takes no snapshot",
      type: INSTANCE,
      props: { replicateSourceDb: "primary", skipFinalSnapshot: true },
      findings: [],
    },
    {
      title: "rejects a skipped snapshot",
      type: CLUSTER,
      props: { skipFinalSnapshot: true, finalSnapshotIdentifier: "last" },
      findings: ["skipFinalSnapshot is true, required false"],
    },
    {
      title: "rejects a snapshot without a name, which makes the deletion fail",
      type: CLUSTER,
      props: { skipFinalSnapshot: false },
      findings: ["finalSnapshotIdentifier is nothing, required a unique name"],
    },
    {
      title: "is undetermined while the switch is unknown",
      type: CLUSTER,
      props: { skipFinalSnapshot: UNKNOWN, finalSnapshotIdentifier: "last" },
      findings: ["undetermined: skipFinalSnapshot"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsFinalSnapshot, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsFinalSnapshot, "aws:rds/clusterInstance:ClusterInstance", {})).toEqual([]);
  });
});
