import type { SubnetArgs } from "@pulumi/aws/ec2/index.js";

import { resourceRule } from "../../lib/rule.ts";

interface Config {
  readonly allowedTier: string;
}

export const subnetNoAutoPublicIp = resourceRule<SubnetArgs>({
  name: "subnet-no-auto-public-ip",
  description:
    "No subnet hands a public address to whatever starts in it: being reachable is a decision for each resource.",
  severity: "medium",
  checklist: ["SEC-12"],
  url: "https://docs.aws.amazon.com/vpc/latest/userguide/subnet-public-ip.html",
  remediation: "Set mapPublicIpOnLaunch to false or leave it out.",
  types: ["aws:ec2/subnet:Subnet"],
  config: {
    properties: {
      allowedTier: {
        type: "string",
        default: "",
        description: 'Subnets with this value in their tag "tier" may hand out addresses; empty: none may.',
      },
    },
  },
  check(subnet, report, { config }) {
    // Absent means off.
    if (subnet.mapPublicIpOnLaunch !== true) return;
    const allowedTier = config<Config>().allowedTier ?? "";
    if (allowedTier !== "" && subnet.tags?.["tier"] === allowedTier) return;
    report({ property: "mapPublicIpOnLaunch", found: "true", required: "false or absent" });
  },
});
