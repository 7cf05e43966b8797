import { describe, expect, it } from "vitest";

import { rdsTlsRequired } from "../../../policies/rules/rds/rds-tls-required.ts";
import type { StackEntry } from "../../support/policy.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

function group(kind: "cluster" | "instance", parameters: unknown): StackEntry {
  const type =
    kind === "cluster"
      ? "aws:rds/clusterParameterGroup:ClusterParameterGroup"
      : "aws:rds/parameterGroup:ParameterGroup";
  return { type, name: "group", props: { parameters } };
}

const cluster = (engine: string, groups: readonly string[] = ["group"]): StackEntry => ({
  type: "aws:rds/cluster:Cluster",
  name: "main",
  props: { engine },
  refers: { dbClusterParameterGroupName: groups },
});

const server = (props: Record<string, unknown>): StackEntry => ({
  type: "aws:rds/instance:Instance",
  name: "db",
  props,
  refers: { parameterGroupName: ["group"] },
});

const forced = (value: string) => [
  { name: "timezone", value: "UTC" },
  { name: "rds.force_ssl", value },
];

describe(rdsTlsRequired.name, () => {
  it.each([
    {
      title: "accepts a cluster whose group forces TLS",
      entries: [cluster("aurora-postgresql"), group("cluster", forced("1"))],
      findings: [],
    },
    {
      title: "accepts MySQL in its own words",
      entries: [server({ engine: "mysql" }), group("instance", [{ name: "require_secure_transport", value: "ON" }])],
      findings: [],
    },
    {
      title: "accepts a replica, which has its source's group",
      entries: [{ ...server({ replicateSourceDb: "primary" }), refers: {} }],
      findings: [],
    },
    {
      title: "accepts Oracle, which does this by an option group",
      entries: [{ ...server({ engine: "oracle-ee" }), refers: {} }],
      findings: [],
    },
    {
      title: "rejects TLS switched off",
      entries: [cluster("aurora-postgresql"), group("cluster", forced("0"))],
      findings: ["main: dbClusterParameterGroupName is group with 0, required rds.force_ssl=1"],
    },
    {
      title: "rejects a group that is silent, because AWS' default depends on the release",
      entries: [server({ engine: "postgres" }), group("instance", [])],
      findings: ["db: parameterGroupName is group with nothing, required rds.force_ssl=1"],
    },
    {
      title: "rejects the other engine's parameter",
      entries: [cluster("aurora-mysql"), group("cluster", forced("1"))],
      findings: ["main: dbClusterParameterGroupName is group with nothing, required require_secure_transport=1"],
    },
    {
      title: "rejects a cluster without a group of this stack",
      entries: [cluster("aurora-postgresql", []), group("cluster", forced("1"))],
      findings: [
        "main: dbClusterParameterGroupName is no parameter group of this stack, required a reference to one with rds.force_ssl=1",
      ],
    },
    {
      title: "does not take the group of the servers for the cluster's",
      entries: [cluster("aurora-postgresql"), group("instance", forced("1"))],
      findings: [
        "main: dbClusterParameterGroupName is no parameter group of this stack, required a reference to one with rds.force_ssl=1",
      ],
    },
    {
      title: "is undetermined while the parameters are unknown",
      entries: [cluster("aurora-postgresql"), group("cluster", UNKNOWN)],
      findings: ["undetermined: parameters"],
    },
    {
      title: "leaves other resource types alone",
      entries: [{ type: "aws:docdb/cluster:Cluster", name: "documents" }],
      findings: [],
    },
  ])("$title", async ({ entries, findings }) => {
    expect(await evaluateStack(rdsTlsRequired, entries)).toEqual(findings);
  });

  it("asks a restored server, whose engine only AWS knows, for either parameter", async () => {
    const finding = (required: string) =>
      `db: parameterGroupName is no parameter group of this stack, required a reference to one with${required}`;
    const entries = [{ ...server({ snapshotIdentifier: "s" }), refers: {} }];
    // What AWS answers is the snapshot's own engine; here one that the rule does not know.
    expect(await evaluateStack(rdsTlsRequired, entries, {}, { imported: [finding("")] })).toEqual([
      finding(" rds.force_ssl=1 or require_secure_transport=1"),
    ]);
  });
});
