import { describe, expect, it } from "vitest";

import { naclNoOpenAdmin } from "../../../policies/rules/vpc/nacl-no-open-admin.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const LIST = "aws:ec2/networkAcl:NetworkAcl";
const RULE = "aws:ec2/networkAclRule:NetworkAclRule";
const WORLD = "0.0.0.0/0";

const entry = (fromPort: number, toPort: number, more: object = {}) => ({
  ruleNo: 100,
  action: "allow",
  protocol: "tcp",
  cidrBlock: WORLD,
  fromPort,
  toPort,
  ...more,
});
const list = (...ingress: object[]) => ({ ingress });
const rule = (more: object) => ({
  ruleAction: "allow",
  protocol: "tcp",
  cidrBlock: WORLD,
  fromPort: 22,
  toPort: 22,
  ...more,
});
const open = (property: string, found: string) => [
  `${property} is ${found}, required no port of 22, 3389 from everywhere`,
];

describe(naclNoOpenAdmin.name, () => {
  it.each([
    {
      title: "accepts answers on the ports around 3389",
      props: list(entry(1024, 3388), entry(3390, 65535)),
      findings: [],
    },
    { title: "accepts a public port", props: list(entry(443, 443)), findings: [] },
    {
      title: "accepts administration from a named network",
      props: list(entry(22, 22, { cidrBlock: "10.0.0.0/8" })),
      findings: [],
    },
    { title: "accepts an entry that denies", props: list(entry(22, 22, { action: "deny" })), findings: [] },
    {
      title: "accepts a protocol without ports",
      props: list(entry(0, 0, { protocol: "icmp", icmpType: 3, icmpCode: 4 })),
      findings: [],
    },
    { title: "accepts a list without entries", props: {}, findings: [] },
    {
      title: "rejects a range that reaches port 3389",
      props: list(entry(1024, 3389)),
      findings: open("ingress[0].fromPort", "ports 1024 to 3389 from 0.0.0.0/0"),
    },
    {
      title: "rejects SSH behind a harmless entry",
      props: list(entry(443, 443), entry(22, 22)),
      findings: open("ingress[1].fromPort", "port 22 from 0.0.0.0/0"),
    },
    {
      title: "rejects every protocol, where AWS wants ports of zero",
      props: list(entry(0, 0, { protocol: "-1" })),
      findings: open("ingress[0].fromPort", "all ports from 0.0.0.0/0"),
    },
    {
      title: "rejects the whole internet of IPv6",
      props: list({ ...entry(22, 22), cidrBlock: undefined, ipv6CidrBlock: "::/0" }),
      findings: open("ingress[0].fromPort", "port 22 from ::/0"),
    },
    {
      title: "rejects half the internet",
      props: list(entry(22, 22, { cidrBlock: "0.0.0.0/1" })),
      findings: open("ingress[0].fromPort", "port 22 from 0.0.0.0/1"),
    },
    {
      title: "is undetermined while a port is unknown",
      props: list({ ...entry(0, 0), fromPort: UNKNOWN }),
      findings: ["undetermined: ingress.0.fromPort"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(naclNoOpenAdmin, LIST, props)).toEqual(findings);
  });

  it.each([
    { title: "rejects a rule of its own", props: rule({}), findings: open("fromPort", "port 22 from 0.0.0.0/0") },
    {
      title: "rejects the protocol by its number",
      props: rule({ protocol: "6" }),
      findings: open("fromPort", "port 22 from 0.0.0.0/0"),
    },
    { title: "accepts a rule for traffic that leaves", props: rule({ egress: true }), findings: [] },
    { title: "accepts a rule that denies", props: rule({ ruleAction: "deny" }), findings: [] },
    {
      title: "is undetermined while the block is unknown",
      props: rule({ cidrBlock: UNKNOWN }),
      findings: ["undetermined: cidrBlock"],
    },
  ])("$title (separate rule)", async ({ props, findings }) => {
    expect(await evaluate(naclNoOpenAdmin, RULE, props)).toEqual(findings);
  });

  it("judges a network's default list too, and leaves other types alone", async () => {
    const found = open("ingress[0].fromPort", "port 22 from 0.0.0.0/0");
    expect(await evaluate(naclNoOpenAdmin, "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", list(entry(22, 22)))).toEqual(
      found,
    );
    expect(await evaluate(naclNoOpenAdmin, "aws:ec2/securityGroup:SecurityGroup", list(entry(22, 22)))).toEqual([]);
  });
});
