import { describe, expect, it } from "vitest";

import { sgEgressRestricted } from "../../../policies/rules/ec2/sg-egress-restricted.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const everything = { protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] };
const group = (props: Record<string, unknown> = {}) => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  name: "group",
  props,
});
const database = { type: "aws:rds/cluster:Cluster", name: "database", refers: { vpcSecurityGroupIds: ["group"] } };
const cache = {
  type: "aws:elasticache/replicationGroup:ReplicationGroup",
  name: "cache",
  refers: { securityGroupIds: ["group"] },
};
const egress = (props: Record<string, unknown>) => ({
  type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
  name: "rule",
  props,
  refers: { securityGroupId: ["group"] },
});
const open = (property: string, cidr = "0.0.0.0/0") => [
  `group: ${property} is everything to ${cidr}, required named protocols or destinations`,
];

describe(sgEgressRestricted.name, () => {
  it.each([
    { title: "accepts a database that calls nobody", stack: [group(), database], findings: [] },
    {
      title: "accepts everything to a named network",
      stack: [group({ egress: [{ ...everything, cidrBlocks: ["10.20.0.0/16"] }] }), database],
      findings: [],
    },
    {
      title: "accepts a named protocol to everywhere",
      stack: [group({ egress: [{ ...everything, protocol: "tcp", fromPort: 443, toPort: 443 }] }), database],
      findings: [],
    },
    { title: "accepts an open group that holds no data", stack: [group({ egress: [everything] })], findings: [] },
    {
      title: "rejects a database that may call everyone",
      stack: [group({ egress: [everything] }), database],
      findings: open("egress[0].cidrBlocks[0]"),
    },
    {
      title: "rejects a cache that may call everyone",
      stack: [group({ egress: [everything] }), cache],
      findings: open("egress[0].cidrBlocks[0]"),
    },
    {
      title: "sees rules that stand by themselves",
      stack: [group(), cache, egress({ ipProtocol: "-1", cidrIpv6: "::/0" })],
      findings: open("cidrIpv6", "::/0"),
    },
    {
      title: "sees rules of the older kind",
      stack: [
        group(),
        cache,
        {
          type: "aws:ec2/securityGroupRule:SecurityGroupRule",
          name: "rule",
          props: { ...everything, type: "egress", protocol: "all" },
          refers: { securityGroupId: ["group"] },
        },
      ],
      findings: open("cidrBlocks[0]"),
    },
    {
      title: "is undetermined while the destination is unknown",
      stack: [group(), cache, egress({ ipProtocol: "-1", cidrIpv4: UNKNOWN })],
      findings: ["undetermined: cidrIpv4"],
    },
    {
      title: "takes a list that nobody gave for none while the provider has not answered",
      stack: [group({ egress: UNKNOWN }), cache],
      findings: [],
    },
    {
      title: "is undetermined while a given list is unknown",
      stack: [
        { ...group({ egress: UNKNOWN }), refers: { egress: ["vpc"] } },
        cache,
        { type: "aws:ec2/vpc:Vpc", name: "vpc" },
      ],
      findings: ["undetermined: egress"],
    },
    {
      title: "is silent about a stack without groups",
      stack: [{ type: "aws:ec2/vpc:Vpc", name: "vpc" }],
      findings: [],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(sgEgressRestricted, stack)).toEqual(findings);
  });

  it("judges every group when its configuration says so", async () => {
    expect(await evaluateStack(sgEgressRestricted, [group({ egress: [everything] })], { everywhere: true })).toEqual(
      open("egress[0].cidrBlocks[0]"),
    );
  });

  it("takes the rules beside a group, which a later read finds in it too, for themselves alone", async () => {
    const read = { ...group(), changed: { egress: [everything] } };
    const imported = [...open("egress[0].cidrBlocks[0]"), ...open("cidrIpv4")];
    const stack = [read, database, egress({ ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" })];
    expect(await evaluateStack(sgEgressRestricted, stack, {}, { imported })).toEqual(open("cidrIpv4"));
    // A rule that a controller or a person made is none of the program's.
    expect(
      await evaluateStack(sgEgressRestricted, [read, database], {}, { imported: open("egress[0].cidrBlocks[0]") }),
    ).toEqual([]);
  });
});
