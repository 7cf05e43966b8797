import { describe, expect, it } from "vitest";

import { rdsMonitoring } from "../../../policies/rules/rds/rds-monitoring.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/instance:Instance";
const MEMBER = "aws:rds/clusterInstance:ClusterInstance";
const INSIGHTS = { performanceInsightsEnabled: true, performanceInsightsKmsKeyId: UNKNOWN };

describe(rdsMonitoring.name, () => {
  it.each([
    {
      title: "accepts a server with both",
      type: INSTANCE,
      props: { ...INSIGHTS, monitoringInterval: 60 },
      findings: [],
    },
    {
      title: "accepts a cluster with insights, whose members measure themselves",
      type: CLUSTER,
      props: INSIGHTS,
      findings: [],
    },
    {
      title: "accepts the advanced mode, which includes insights",
      type: CLUSTER,
      props: { databaseInsightsMode: "advanced", performanceInsightsKmsKeyId: UNKNOWN },
      findings: [],
    },
    {
      title: "accepts a member with an interval: its cluster decides about insights",
      type: MEMBER,
      props: { monitoringInterval: 1 },
      findings: [],
    },
    {
      title: "rejects an absent interval, which AWS reads as off",
      type: MEMBER,
      props: {},
      findings: ["monitoringInterval is nothing, required above 0 (seconds)"],
    },
    {
      title: "rejects an interval of 0",
      type: INSTANCE,
      props: { ...INSIGHTS, monitoringInterval: 0 },
      findings: ["monitoringInterval is 0, required above 0 (seconds)"],
    },
    {
      title: "rejects the standard mode alone, which collects nothing",
      type: CLUSTER,
      props: { databaseInsightsMode: "standard" },
      findings: ["performanceInsightsEnabled is nothing, required true"],
    },
    {
      title: "rejects insights switched off, on a server too",
      type: INSTANCE,
      props: { monitoringInterval: 60, performanceInsightsEnabled: false },
      findings: ["performanceInsightsEnabled is false, required true"],
    },
    {
      title: "rejects insights under AWS' own key",
      type: CLUSTER,
      props: { performanceInsightsEnabled: true },
      findings: ["performanceInsightsKmsKeyId is nothing, required the ARN of a customer managed key"],
    },
    {
      title: "is undetermined while the switch of insights is unknown",
      type: CLUSTER,
      props: { performanceInsightsEnabled: UNKNOWN },
      findings: ["undetermined: performanceInsightsEnabled"],
    },
    {
      title: "is undetermined while the interval is unknown",
      type: MEMBER,
      props: { monitoringInterval: UNKNOWN },
      findings: ["undetermined: monitoringInterval"],
    },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(rdsMonitoring, type, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(rdsMonitoring, "aws:docdb/clusterInstance:ClusterInstance", {})).toEqual([]);
  });
});
