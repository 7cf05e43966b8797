import { describe, expect, it } from "vitest";

import { sgPublicOnlyBalancers } from "../../../policies/rules/ec2/sg-public-only-balancers.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"] };
const group = (props: Record<string, unknown> = {}, name = "group") => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  name,
  props,
});
const ingress = (cidrIpv4: string) => ({
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name: "rule",
  props: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4 },
  refers: { securityGroupId: ["group"] },
});
const user = (type: string, property: string, of = "group") => ({ type, name: "user", refers: { [property]: [of] } });
const alone = (property: string) => [
  `group: ${property} is 0.0.0.0/0, and no load balancer uses the group, required a load balancer that uses the group`,
];

describe(sgPublicOnlyBalancers.name, () => {
  it.each([
    {
      title: "accepts the public group of a load balancer",
      stack: [group({ ingress: [https] }), user("aws:lb/loadBalancer:LoadBalancer", "securityGroups")],
      findings: [],
    },
    {
      title: "accepts it under the balancer's other type",
      stack: [group({ ingress: [https] }), user("aws:alb/loadBalancer:LoadBalancer", "securityGroups")],
      findings: [],
    },
    {
      title: "accepts a group that is not public",
      stack: [group({ ingress: [{ ...https, cidrBlocks: ["10.0.0.0/8"] }] })],
      findings: [],
    },
    { title: "accepts a group without rules", stack: [group()], findings: [] },
    {
      title: "rejects a public group that nobody uses",
      stack: [group({ ingress: [https] })],
      findings: alone("ingress[0].cidrBlocks[0]"),
    },
    {
      title: "rejects a public group of something else",
      stack: [group({ ingress: [https] }), user("aws:ec2/instance:Instance", "vpcSecurityGroupIds")],
      findings: alone("ingress[0].cidrBlocks[0]"),
    },
    {
      title: "does not take the balancer of another group",
      stack: [
        group({ ingress: [https] }),
        group({}, "other"),
        user("aws:lb/loadBalancer:LoadBalancer", "securityGroups", "other"),
      ],
      findings: alone("ingress[0].cidrBlocks[0]"),
    },
    {
      title: "sees rules that stand by themselves",
      stack: [group(), ingress("0.0.0.0/0")],
      findings: alone("cidrIpv4"),
    },
    {
      title: "is undetermined while a rule's block is unknown",
      stack: [group(), ingress(UNKNOWN)],
      findings: ["undetermined: cidrIpv4"],
    },
    {
      title: "takes a list that nobody gave for none while the provider has not answered",
      stack: [group({ ingress: UNKNOWN })],
      findings: [],
    },
    {
      title: "is undetermined while a given list is unknown",
      stack: [
        { ...group({ ingress: UNKNOWN }), refers: { ingress: ["vpc"] } },
        { type: "aws:ec2/vpc:Vpc", name: "vpc" },
      ],
      findings: ["undetermined: ingress"],
    },
    {
      title: "is silent about a stack without groups",
      stack: [{ type: "aws:ec2/vpc:Vpc", name: "vpc" }],
      findings: [],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(sgPublicOnlyBalancers, stack)).toEqual(findings);
  });

  it("does not take a rule that a controller made in the group for the program's", async () => {
    const read = { ...group(), changed: { ingress: [https] } };
    const options = { imported: alone("ingress[0].cidrBlocks[0]") };
    expect(await evaluateStack(sgPublicOnlyBalancers, [read], {}, options)).toEqual([]);
  });
});
