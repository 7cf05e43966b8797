import { describe, expect, it } from "vitest";

import { rdsLogExports } from "../../../policies/rules/rds/rds-log-exports.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";

describe(rdsLogExports.name, () => {
  it.each([
    {
      title: "accepts Aurora PostgreSQL with its log",
      type: CLUSTER,
      props: { engine: "aurora-postgresql", enabledCloudwatchLogsExports: ["postgresql"] },
      findings: [],
    },
    {
      title: "accepts a PostgreSQL server with both of its logs",
      type: INSTANCE,
      props: { engine: "postgres", enabledCloudwatchLogsExports: ["upgrade", "postgresql"] },
      findings: [],
    },
    {
      title: "rejects a PostgreSQL server with one of them, and names the other",
      type: INSTANCE,
      props: { engine: "postgres", enabledCloudwatchLogsExports: ["postgresql"] },
      findings: ['enabledCloudwatchLogsExports is ["postgresql"], required upgrade'],
    },
    {
      title: "asks an engine with editions for the logs of the engine",
      type: INSTANCE,
      props: { engine: "oracle-ee", enabledCloudwatchLogsExports: ["alert", "audit"] },
      findings: ['enabledCloudwatchLogsExports is ["alert","audit"], required listener'],
    },
    {
      title: "rejects an absent list, which AWS reads as none",
      type: CLUSTER,
      props: { engine: "aurora-mysql" },
      findings: ["enabledCloudwatchLogsExports is nothing, required error, slowquery"],
    },
    {
      title: "rejects an empty list",
      type: CLUSTER,
      props: { engine: "aurora-postgresql", enabledCloudwatchLogsExports: [] },
      findings: ["enabledCloudwatchLogsExports is [], required postgresql"],
    },
    {
      title: "asks a restored server, whose engine only AWS knows, for some log",
      type: INSTANCE,
      props: { snapshotIdentifier: "s" },
      findings: ["enabledCloudwatchLogsExports is nothing, required the logs that the engine can export"],
    },
    {
      title: "accepts a restored server with some log",
      type: INSTANCE,
      props: { snapshotIdentifier: "s", enabledCloudwatchLogsExports: ["postgresql"] },
      findings: [],
    },
    {
      title: "is undetermined while the engine is unknown",
      type: CLUSTER,
      props: { engine: UNKNOWN, enabledCloudwatchLogsExports: ["postgresql"] },
      findings: ["undetermined: engine"],
    },
    {
      title: "is undetermined while the list is unknown",
      type: CLUSTER,
      props: { engine: "aurora-postgresql", enabledCloudwatchLogsExports: UNKNOWN },
      findings: ["undetermined: enabledCloudwatchLogsExports"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsLogExports, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsLogExports, "aws:rds/clusterInstance:ClusterInstance", {})).toEqual([]);
  });
});
