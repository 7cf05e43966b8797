import * as ec2 from "@pulumi/aws/ec2/index.js";
import type * as aws from "@pulumi/aws/types/input.js";

import type { Environment } from "../../config/blocks/environment.ts";
import { nameOf } from "../../core/names.ts";
import { NETWORK } from "../../standards/network.ts";
import type { Tier, Zone } from "./subnets.ts";

type Entry = aws.ec2.NetworkAclIngress;

/** An entry without its number, which its place in the list decides. */
type Unnumbered = Omit<Entry, "ruleNo" | "action">;

export interface AccessListsArgs {
  readonly environment: Environment;
  readonly cidr: string;
  readonly vpc: ec2.Vpc;
  readonly zones: readonly Zone[];
}

const ANYWHERE = "0.0.0.0/0";
/** The first port that may be the near end of an outgoing connection; NAT gateways use all of them. */
const FIRST_RETURN_PORT = 1024;
const LAST_PORT = 65_535;

const everything = (cidrBlock: string): Unnumbered => ({ protocol: "-1", cidrBlock, fromPort: 0, toPort: 0 });
const tcp = (cidrBlock: string, fromPort: number, toPort: number): Unnumbered => ({
  protocol: "tcp",
  cidrBlock,
  fromPort,
  toPort,
});

/**
 * Access lists know no connections: answers from outside must be let in by their port. Administration's ports stay shut;
 * of 64,512 outgoing connections the one whose own port is among them times out and is tried again.
 */
function answers(): Unnumbered[] {
  const shut = NETWORK.adminPorts.filter((port) => port >= FIRST_RETURN_PORT).toSorted((a, b) => a - b);
  const starts = [FIRST_RETURN_PORT, ...shut.map((port) => port + 1)];
  const ends = [...shut.map((port) => port - 1), LAST_PORT];
  const ports = starts.map((start, index) => tcp(ANYWHERE, start, ends[index] ?? LAST_PORT));
  // "Fragmentation needed": without it large packets vanish on the way.
  return [...ports, { protocol: "icmp", cidrBlock: ANYWHERE, fromPort: 0, toPort: 0, icmpType: 3, icmpCode: 4 }];
}

function ingressOf(tier: Tier, cidr: string): Unnumbered[] {
  const entrances = tier === "public" ? NETWORK.publicPorts.map((port) => tcp(ANYWHERE, port, port)) : [];
  return [everything(cidr), ...entrances, ...answers()];
}

function egressOf(tier: Tier, cidr: string): Unnumbered[] {
  // From the isolated tier only S3 and DynamoDB can be reached outside the network, through their gateway endpoints.
  return tier === "isolated" ? [everything(cidr), tcp(ANYWHERE, 443, 443)] : [everything(ANYWHERE)];
}

const numbered = (entries: readonly Unnumbered[]): Entry[] =>
  entries.map((entry, index) => ({ ...entry, ruleNo: 100 + index * 10, action: "allow" }));

/**
 * An access list for each tier: a second wall behind the security groups, coarse on purpose. Nobody administers anything
 * from outside, whatever a security group says.
 */
export function createAccessLists(name: string, { environment, cidr, vpc, zones }: AccessListsArgs): ec2.NetworkAcl[] {
  return (["public", "private", "isolated"] as const).map(
    (tier) =>
      new ec2.NetworkAcl(
        `${name}-${tier}`,
        {
          vpcId: vpc.id,
          subnetIds: zones.map(({ subnets }) => subnets[tier].id),
          ingress: numbered(ingressOf(tier, cidr)),
          egress: numbered(egressOf(tier, cidr)),
          tags: { Name: nameOf(environment, tier) },
        },
        { parent: vpc, retainOnDelete: false },
      ),
  );
}
