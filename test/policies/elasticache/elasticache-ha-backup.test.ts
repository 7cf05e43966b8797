import { describe, expect, it } from "vitest";

import { elasticacheHaBackup } from "../../../policies/rules/elasticache/elasticache-ha-backup.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const FAILOVER = { automaticFailoverEnabled: true, multiAzEnabled: true };
const WITHOUT_NODES = { ...FAILOVER, snapshotRetentionLimit: 1 };
const WITHOUT_SNAPSHOTS = { ...FAILOVER, numCacheClusters: 2 };
const RIGHT = { ...WITHOUT_NODES, numCacheClusters: 2 };
const NODES = "required at least 2 (nodes), or replicasPerNodeGroup of at least 1";

describe(elasticacheHaBackup.name, () => {
  it.each([
    { title: "accepts two nodes in several zones with a day of snapshots", props: RIGHT, findings: [] },
    {
      title: "accepts shards with one replica each",
      props: { ...WITHOUT_NODES, numNodeGroups: 2, replicasPerNodeGroup: 1 },
      findings: [],
    },
    {
      title: "rejects a single node",
      props: { ...RIGHT, numCacheClusters: 1 },
      findings: [`numCacheClusters is 1, ${NODES}`],
    },
    {
      title: "rejects an absent number of nodes",
      props: WITHOUT_NODES,
      findings: [`numCacheClusters is nothing, ${NODES}`],
    },
    {
      title: "rejects shards without replicas",
      props: { ...WITHOUT_NODES, replicasPerNodeGroup: 0 },
      findings: [`numCacheClusters is nothing, ${NODES}`],
    },
    {
      title: "rejects failover switched off",
      props: { ...RIGHT, automaticFailoverEnabled: false },
      findings: ["automaticFailoverEnabled is false, required true"],
    },
    {
      title: "rejects nodes that may share a zone",
      props: { ...RIGHT, multiAzEnabled: false },
      findings: ["multiAzEnabled is false, required true"],
    },
    {
      title: "rejects zero days of snapshots",
      props: { ...RIGHT, snapshotRetentionLimit: 0 },
      findings: ["snapshotRetentionLimit is 0, required at least 1 (days)"],
    },
    {
      title: "rejects absent snapshots",
      props: WITHOUT_SNAPSHOTS,
      findings: ["snapshotRetentionLimit is nothing, required at least 1 (days)"],
    },
    {
      title: "is undetermined while the number of nodes is unknown",
      props: { ...RIGHT, numCacheClusters: UNKNOWN },
      findings: ["undetermined: numCacheClusters"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(elasticacheHaBackup, GROUP, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(elasticacheHaBackup, "aws:elasticache/user:User", {})).toEqual([]);
  });
});
