import { describe, expect, it } from "vitest";

import { rdsMultiAz } from "../../../policies/rules/rds/rds-multi-az.ts";
import type { StackEntry } from "../../support/policy.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const INSTANCE = "aws:rds/instance:Instance";
const CLUSTER: StackEntry = { type: "aws:rds/cluster:Cluster", name: "main" };

const member = (name: string, cluster = "main"): StackEntry => ({
  type: "aws:rds/clusterInstance:ClusterInstance",
  name,
  refers: { clusterIdentifier: [cluster] },
});

describe(rdsMultiAz.name, () => {
  it.each([
    {
      title: "accepts a cluster with a writer and a reader",
      entries: [CLUSTER, member("a"), member("b")],
      findings: [],
    },
    {
      title: "accepts a server with a standby",
      entries: [{ type: INSTANCE, name: "db", props: { multiAz: true } }],
      findings: [],
    },
    {
      title: "accepts a replica, which is the second copy",
      entries: [{ type: INSTANCE, name: "db", props: { replicateSourceDb: "primary" } }],
      findings: [],
    },
    {
      title: "accepts a three-zone cluster, whose members AWS makes",
      entries: [{ ...CLUSTER, props: { dbClusterInstanceClass: "db.m6gd.large" } }],
      findings: [],
    },
    {
      title: "rejects a cluster with a writer alone",
      entries: [CLUSTER, member("a")],
      findings: ["main: (its ClusterInstances) is 1, required at least 2 (instances)"],
    },
    {
      title: "does not count another cluster's members",
      entries: [CLUSTER, member("a"), { ...CLUSTER, name: "other" }, member("b", "other"), member("c", "other")],
      findings: ["main: (its ClusterInstances) is 1, required at least 2 (instances)"],
    },
    {
      title: "reads an empty text of an existing cluster as nothing",
      entries: [{ ...CLUSTER, props: { dbClusterInstanceClass: "" } }],
      findings: ["main: (its ClusterInstances) is 0, required at least 2 (instances)"],
    },
    {
      title: "leaves other resource types alone",
      entries: [{ type: "aws:docdb/cluster:Cluster", name: "documents" }],
      findings: [],
    },
  ])("$title", async ({ entries, findings }) => {
    expect(await evaluateStack(rdsMultiAz, entries)).toEqual(findings);
  });

  it("rejects an absent switch, which AWS reads as off", async () => {
    const imported = ["db: multiAz is false, required true"];
    expect(await evaluateStack(rdsMultiAz, [{ type: INSTANCE, name: "db" }], {}, { imported })).toEqual([
      "db: multiAz is nothing, required true",
    ]);
  });

  it("is undetermined for the server whose switch is unknown, and judges the others", async () => {
    const entries = [
      { type: INSTANCE, name: "later", props: { multiAz: UNKNOWN } },
      { type: INSTANCE, name: "single", props: { multiAz: false } },
    ];
    const findings = await evaluateStack(rdsMultiAz, entries);
    expect(findings).toHaveLength(2);
    expect(findings[0]).toBe("single: multiAz is false, required true");
    expect(findings[1]).toContain("undetermined: multiAz");
  });
});
