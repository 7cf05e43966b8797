import { describe, expect, it } from "vitest";

import { logsRetention } from "../../../policies/rules/logs/logs-retention.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";
const required = (found: string, bounds = "30 to 3653") => [`retentionInDays is ${found}, required ${bounds} (days)`];
const audit = { auditGroups: ["/aws/vpc/"] };

describe(logsRetention.name, () => {
  it.each([
    { title: "accepts the floor of 30 days", props: { retentionInDays: 30 }, config: {}, findings: [] },
    { title: "accepts the ceiling of ten years", props: { retentionInDays: 3653 }, config: {}, findings: [] },
    { title: "rejects one step below the floor", props: { retentionInDays: 14 }, config: {}, findings: required("14") },
    {
      title: "rejects more than the ceiling of the configuration",
      props: { retentionInDays: 400 },
      config: { maxDays: 365 },
      findings: required("400", "30 to 365"),
    },
    {
      title: "rejects less than the floor of the configuration",
      props: { retentionInDays: 60 },
      config: { minDays: 90 },
      findings: required("60", "90 to 3653"),
    },
    {
      title: "rejects an absent value, which AWS reads as for ever",
      props: {},
      config: {},
      findings: required("nothing, which AWS reads as for ever"),
    },
    {
      title: "rejects zero, which AWS reads as for ever",
      props: { retentionInDays: 0 },
      config: {},
      findings: required("0, which AWS reads as for ever"),
    },
    {
      title: "accepts a year for a group of the audit trail",
      props: { name: "/aws/vpc/a/flow-logs", retentionInDays: 365 },
      config: audit,
      findings: [],
    },
    {
      title: "rejects half a year for a group of the audit trail",
      props: { name: "/aws/vpc/a/flow-logs", retentionInDays: 180 },
      config: audit,
      findings: required("180", "365 to 3653"),
    },
    {
      title: "accepts half a year for another group",
      props: { name: "/aws/lambda/a", retentionInDays: 180 },
      config: audit,
      findings: [],
    },
    {
      title: "accepts half a year for a group that Pulumi names",
      props: { retentionInDays: 180 },
      config: audit,
      findings: [],
    },
    {
      title: "accepts a group that only passes logs on",
      props: { logGroupClass: "DELIVERY" },
      config: {},
      findings: [],
    },
    {
      title: "is undetermined while the retention is unknown",
      props: { retentionInDays: UNKNOWN },
      config: {},
      findings: ["undetermined: retentionInDays"],
    },
    {
      title: "is decided without the name where no group is special",
      props: { name: UNKNOWN, retentionInDays: 30 },
      config: {},
      findings: [],
    },
  ])("$title", async ({ props, config, findings }) => {
    expect(await evaluate(logsRetention, GROUP, props, { config })).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(logsRetention, "aws:cloudwatch/logStream:LogStream", {})).toEqual([]);
  });
});
