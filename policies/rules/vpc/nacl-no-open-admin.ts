import type { NetworkAclArgs, NetworkAclRuleArgs } from "@pulumi/aws/ec2/index.js";
import type { Unwrap } from "@pulumi/pulumi";

import { NETWORK } from "../../../standards/network.ts";
import { resourceRule } from "../../lib/rule.ts";
import { isWorld, portsOf, showPorts } from "../../lib/traffic.ts";

const RULE = "aws:ec2/networkAclRule:NetworkAclRule";

type Args = Partial<NetworkAclArgs & NetworkAclRuleArgs>;
type Entry = Pick<Unwrap<NetworkAclRuleArgs>, "cidrBlock" | "ipv6CidrBlock" | "protocol" | "fromPort" | "toPort">;

/** The entries that let something in. */
function allowing(type: string, props: Unwrap<Args>): { readonly path: string; readonly entry: Partial<Entry> }[] {
  if (type !== RULE) {
    return (props.ingress ?? []).flatMap((entry, index) =>
      entry.action.toLowerCase() === "allow" ? [{ path: `ingress[${index}].`, entry }] : [],
    );
  }
  // Absent means that the rule is for traffic that comes in.
  const comesIn = props.egress !== true;
  return comesIn && props.ruleAction?.toLowerCase() === "allow" ? [{ path: "", entry: props }] : [];
}

export const naclNoOpenAdmin = resourceRule<Args>({
  name: "nacl-no-open-admin",
  description: `Access lists let nobody in from anywhere on all ports or on those of remote administration (${NETWORK.adminPorts.join(", ")}): a wall behind security groups that are opened by mistake.`,
  severity: "medium",
  checklist: ["SEC-12"],
  url: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-21",
  remediation:
    "Name the ports or the addresses; an entry that denies, in front of it, is not enough for AWS' own checks.",
  types: ["aws:ec2/networkAcl:NetworkAcl", "aws:ec2/defaultNetworkAcl:DefaultNetworkAcl", RULE],
  check(props, report, { type }) {
    for (const { path, entry } of allowing(type, props)) {
      const open = [entry.cidrBlock, entry.ipv6CidrBlock].filter((cidr) => cidr !== undefined).find(isWorld);
      if (open === undefined) continue;
      const ports = portsOf(entry.protocol, entry.fromPort, entry.toPort);
      if (ports === undefined || !NETWORK.adminPorts.some((port) => port >= ports.from && port <= ports.to)) continue;
      report({
        property: `${path}fromPort`,
        found: `${showPorts(ports)} from ${open}`,
        required: `no port of ${NETWORK.adminPorts.join(", ")} from everywhere`,
      });
    }
  },
});
