import { describe, expect, it } from "vitest";

import { sgNoWorldIngress } from "../../../policies/rules/ec2/sg-no-world-ingress.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:ec2/securityGroup:SecurityGroup";
const RULE = "aws:ec2/securityGroupRule:SecurityGroupRule";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const group = (...ingress: object[]) => ({ ingress });
const tcp = (port: number, more: object = {}) => ({
  protocol: "tcp",
  fromPort: port,
  toPort: port,
  cidrBlocks: ["0.0.0.0/0"],
  ...more,
});
const found = (property: string, what: string) => [
  `${property} is ${what}, required one of the ports 80, 443 from everywhere`,
];

describe(sgNoWorldIngress.name, () => {
  it.each([
    { title: "accepts the public ports", props: group(tcp(443), tcp(80)), findings: [] },
    { title: "accepts a named network", props: group(tcp(22, { cidrBlocks: ["10.20.0.0/16"] })), findings: [] },
    {
      title: "accepts the largest block of one organisation",
      props: group(tcp(22, { cidrBlocks: ["12.0.0.0/8"] })),
      findings: [],
    },
    {
      title: "accepts another group as the source",
      props: group({ protocol: "-1", fromPort: 0, toPort: 0, securityGroups: ["sg-1"] }),
      findings: [],
    },
    { title: "accepts a group without rules", props: {}, findings: [] },
    {
      title: "rejects a port that is not public",
      props: group(tcp(5432)),
      findings: found("ingress[0].cidrBlocks[0]", "0.0.0.0/0 on port 5432"),
    },
    {
      title: "rejects a range around a public port",
      props: group(tcp(443, { toPort: 444 })),
      findings: found("ingress[0].cidrBlocks[0]", "0.0.0.0/0 on ports 443 to 444"),
    },
    {
      title: "rejects the open block behind a named one",
      props: group(tcp(22, { cidrBlocks: ["10.0.0.0/8", "0.0.0.0/0"] })),
      findings: found("ingress[0].cidrBlocks[1]", "0.0.0.0/0 on port 22"),
    },
    {
      title: "rejects every protocol, where AWS wants ports of zero",
      props: group({ protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] }),
      findings: found("ingress[0].ipv6CidrBlocks[0]", "::/0 on every protocol, all ports"),
    },
    {
      title: "rejects half the internet",
      props: group(tcp(22, { cidrBlocks: ["128.0.0.0/1"] })),
      findings: found("ingress[0].cidrBlocks[0]", "128.0.0.0/1 on port 22"),
    },
    {
      title: "rejects a protocol without ports",
      props: group(tcp(-1, { protocol: "icmp" })),
      findings: found("ingress[0].cidrBlocks[0]", "0.0.0.0/0 on protocol icmp"),
    },
    {
      title: "is undetermined while the blocks are unknown",
      props: group(tcp(22, { cidrBlocks: UNKNOWN })),
      findings: ["undetermined: ingress.0.cidrBlocks"],
    },
    {
      title: "is undetermined while all rules are unknown",
      props: { ingress: UNKNOWN },
      findings: ["undetermined: ingress"],
    },
  ])("$title (inline)", async ({ props, findings }) => {
    expect(await evaluate(sgNoWorldIngress, GROUP, props)).toEqual(findings);
  });

  it.each([
    {
      title: "rejects a rule for what comes in",
      type: RULE,
      props: { ...tcp(22), type: "ingress" },
      findings: found("cidrBlocks[0]", "0.0.0.0/0 on port 22"),
    },
    { title: "accepts a rule for what goes out", type: RULE, props: { ...tcp(22), type: "egress" }, findings: [] },
    {
      title: "is undetermined while the direction is unknown",
      type: RULE,
      props: { ...tcp(22), type: UNKNOWN },
      findings: ["undetermined: type"],
    },
    {
      title: "accepts a public port",
      type: INGRESS,
      props: { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" },
      findings: [],
    },
    {
      title: "rejects absent ports, which are all",
      type: INGRESS,
      props: { ipProtocol: "tcp", cidrIpv4: "0.0.0.0/0" },
      findings: found("cidrIpv4", "0.0.0.0/0 on all ports"),
    },
    {
      title: "rejects IPv6",
      type: INGRESS,
      props: { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv6: "2000::/3" },
      findings: found("cidrIpv6", "2000::/3 on port 22"),
    },
    {
      title: "accepts addresses that never leave a network",
      type: INGRESS,
      props: { ipProtocol: "-1", cidrIpv6: "fd00::/8" },
      findings: [],
    },
    {
      title: "accepts a prefix list",
      type: INGRESS,
      props: { ipProtocol: "tcp", fromPort: 22, toPort: 22, prefixListId: UNKNOWN },
      findings: [],
    },
    {
      title: "is undetermined while the block is unknown",
      type: INGRESS,
      props: { ipProtocol: "-1", cidrIpv4: UNKNOWN },
      findings: ["undetermined: cidrIpv4"],
    },
  ])("$title (separate rule)", async ({ type, props, findings }) => {
    expect(await evaluate(sgNoWorldIngress, type, props)).toEqual(findings);
  });

  it("takes the public ports from its configuration", async () => {
    const config = { allowedPublicPorts: [] };
    expect(await evaluate(sgNoWorldIngress, GROUP, group(tcp(443)), { config })).toEqual([
      "ingress[0].cidrBlocks[0] is 0.0.0.0/0 on port 443, required no port from everywhere",
    ]);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(sgNoWorldIngress, "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule", {
        ipProtocol: "-1",
        cidrIpv4: "0.0.0.0/0",
      }),
    ).toEqual([]);
  });
});
