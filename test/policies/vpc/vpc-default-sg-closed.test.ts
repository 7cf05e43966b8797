import { describe, expect, it } from "vitest";

import { vpcDefaultSgClosed } from "../../../policies/rules/vpc/vpc-default-sg-closed.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const vpc = { type: "aws:ec2/vpc:Vpc", name: "vpc", props: {} };
const group = (props: Record<string, unknown>, of = "vpc") => ({
  type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup",
  name: "default",
  props,
  refers: { vpcId: [of] },
});
const rule = { protocol: "-1", fromPort: 0, toPort: 0, self: true };
const MISSING = "vpc: (default security group) is nothing, so AWS' open rules, required one without rules";

describe(vpcDefaultSgClosed.name, () => {
  it.each([
    { title: "accepts an emptied group", stack: [vpc, group({ ingress: [], egress: [] })], findings: [] },
    {
      title: "accepts a group whose rules are absent, which takes AWS' rules away too",
      stack: [vpc, group({})],
      findings: [],
    },
    { title: "rejects a network whose default group is left alone", stack: [vpc], findings: [MISSING] },
    {
      title: "rejects one rule in each direction",
      stack: [vpc, group({ ingress: [rule], egress: [rule] })],
      findings: [
        "vpc: (default security group).ingress is 1 rules, required none",
        "vpc: (default security group).egress is 1 rules, required none",
      ],
    },
    {
      title: "does not take the group of another network",
      stack: [vpc, { ...vpc, name: "other" }, group({}, "other")],
      findings: [MISSING],
    },
    {
      title: "is undetermined while the rules are unknown",
      stack: [vpc, group({ ingress: UNKNOWN })],
      findings: ["undetermined: ingress"],
    },
    {
      title: "is silent about a stack without networks",
      stack: [{ type: "aws:ec2/subnet:Subnet", name: "subnet" }],
      findings: [],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(vpcDefaultSgClosed, stack)).toEqual(findings);
  });
});
