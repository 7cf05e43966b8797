import * as z from "zod";

import type { Ipv4Block } from "../../core/cidr.ts";
import { contains, formatIpv4Cidr, overlaps, parseIpv4Cidr } from "../../core/cidr.ts";
import { LOGS } from "../../standards/logs.ts";
import type { EndpointServiceName } from "../../standards/network.ts";
import { ENDPOINT_SERVICES, NETWORK } from "../../standards/network.ts";
import type { Profile } from "../block.ts";
import { defineBlock } from "../block.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { showValue } from "../problems/problem.ts";
import { mustBeUnique, valuesAt } from "../problems/references.ts";
import { ipv4Cidr, logRetentionDays, text } from "../types.ts";

const isServiceName = (name: string): name is EndpointServiceName => name in ENDPOINT_SERVICES;

const schema = z.strictObject({
  cidr: ipv4Cidr(
    "Addresses of the network; must not overlap a network it is ever joined with, and can never be changed",
  ),
  zones: z
    .array(
      text(
        /^[a-z]{2}(?:-[a-z]+)+-\d[a-f]$/,
        'an availability zone of the region, for instance "eu-west-1a"',
        "An availability zone",
      ),
    )
    .min(NETWORK.minZones)
    .max(NETWORK.maxZones)
    .meta({
      description:
        "Zones over which everything spreads. New ones go to the end; none may be moved or taken away while something lives there.",
    }),
  natGateways: z.enum(["single", "perZone"]).meta({
    description:
      "NAT gateways to the internet: single (in the first zone; its loss cuts off all zones) or one in each zone.",
  }),
  interfaceEndpoints: z.array(z.enum(Object.keys(ENDPOINT_SERVICES).filter(isServiceName))).meta({
    description:
      "AWS services reached without leaving the network; each costs by the hour in each zone. S3 and DynamoDB always are, without charge.",
  }),
  flowLogs: z.strictObject({
    retentionDays: logRetentionDays("Days for which the record of all connections is kept."),
    aggregationSeconds: z.literal([...NETWORK.awsFlowLogAggregationSeconds]).meta({
      description:
        "Seconds which one record of a connection sums up, at most; 60 sees short ones apart and costs more.",
      unit: "seconds",
    }),
  }),
});

export type NetworkSettings = z.output<typeof schema>;

function isPrivate(block: Ipv4Block): boolean {
  return NETWORK.privateBlocks.some((text) => {
    const outer = parseIpv4Cidr(text);
    return outer !== undefined && contains(outer, block);
  });
}

function checkCidr({ cidr }: NetworkSettings, report: ReportProblem, profile: Profile): void {
  const refuse = (allowed: string, fix: string) => {
    report({ path: ["cidr"], found: showValue(cidr), allowed, fix });
  };
  const block = parseIpv4Cidr(cidr);
  if (block === undefined) return;
  if (formatIpv4Cidr(block) !== cidr) refuse(formatIpv4Cidr(block), "Name the first address of the block.");
  if (!isPrivate(block))
    refuse(
      `a block inside ${NETWORK.privateBlocks.join(", ")}`,
      "Choose private addresses: others belong to somebody on the internet.",
    );
  const bridge = parseIpv4Cidr(NETWORK.bridgeBlock);
  if (bridge !== undefined && overlaps(bridge, block)) {
    refuse(
      `a block outside ${NETWORK.bridgeBlock}`,
      "Choose another block: containers' bridge networks use this one, so that they do not reach yours.",
    );
  }
  const longest = profile === "production" ? NETWORK.maxProductionVpcPrefixLength : NETWORK.maxVpcPrefixLength;
  if (block.prefixLength < NETWORK.awsMinVpcPrefixLength || block.prefixLength > longest) {
    refuse(
      `a block from /${NETWORK.awsMinVpcPrefixLength} to /${longest} with the profile ${profile}`,
      "Choose a size in between: smaller blocks have no room for the subnets of all zones, larger ones AWS refuses.",
    );
  }
}

function checkProduction({ natGateways, flowLogs }: NetworkSettings, report: ReportProblem): void {
  if (natGateways !== "perZone") {
    report({
      path: ["natGateways"],
      found: showValue(natGateways),
      allowed: "perZone in production",
      fix: "Set it to perZone: with a single gateway the loss of its zone cuts off all others.",
    });
  }
  if (flowLogs.retentionDays < LOGS.minAuditRetentionDays) {
    report({
      path: ["flowLogs", "retentionDays"],
      found: showValue(flowLogs.retentionDays),
      allowed: `at least ${LOGS.minAuditRetentionDays} (days) in production`,
      fix: "Raise it: the record of connections is part of the audit trail.",
    });
  }
}

export const networkBlock = defineBlock({
  schema,
  check(network, report, profile) {
    checkCidr(network, report, profile);
    mustBeUnique(valuesAt(["zones"], network.zones), "Remove one of the two.", report);
    mustBeUnique(valuesAt(["interfaceEndpoints"], network.interfaceEndpoints), "Remove one of the two.", report);
    if (profile === "production") checkProduction(network, report);
  },
});
