import { describe, expect, it } from "vitest";

import { vpcFlowLogs } from "../../../policies/rules/vpc/vpc-flow-logs.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const vpc = { type: "aws:ec2/vpc:Vpc", name: "vpc", props: { cidrBlock: "10.20.0.0/16" } };
const log = (props: Record<string, unknown>, of = "vpc", property = "vpcId") => ({
  type: "aws:ec2/flowLog:FlowLog",
  name: `log-${of}`,
  props,
  refers: { [property]: [of] },
});

describe(vpcFlowLogs.name, () => {
  it.each([
    {
      title: "accepts a network whose whole traffic is recorded",
      stack: [vpc, log({ trafficType: "ALL" })],
      findings: [],
    },
    {
      title: "rejects a network without flow log",
      stack: [vpc],
      findings: ["vpc: (flow log) is nothing, required a flow log of all traffic"],
    },
    {
      title: "rejects a record of what was refused only",
      stack: [vpc, log({ trafficType: "REJECT" })],
      findings: ["vpc: (flow log).trafficType is REJECT, required ALL"],
    },
    {
      title: "rejects an absent kind of traffic",
      stack: [vpc, log({})],
      findings: ["vpc: (flow log).trafficType is nothing, required ALL"],
    },
    {
      title: "does not take the flow log of another network",
      stack: [vpc, { ...vpc, name: "other" }, log({ trafficType: "ALL" }, "other")],
      findings: ["vpc: (flow log) is nothing, required a flow log of all traffic"],
    },
    {
      title: "does not take the flow log of a single subnet",
      stack: [vpc, log({ trafficType: "ALL" }, "vpc", "subnetId")],
      findings: ["vpc: (flow log) is nothing, required a flow log of all traffic"],
    },
    {
      title: "is undetermined while the kind of traffic is unknown",
      stack: [vpc, log({ trafficType: UNKNOWN })],
      findings: ["undetermined: trafficType"],
    },
    {
      title: "is silent about a stack without networks",
      stack: [{ type: "aws:ec2/subnet:Subnet", name: "subnet" }],
      findings: [],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(vpcFlowLogs, stack)).toEqual(findings);
  });
});
