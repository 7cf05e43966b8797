import type { Release } from "@pulumi/kubernetes/helm/v3/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { zoneArn } from "../../core/names.ts";
import { CHARTS } from "../../standards/charts.ts";
import type { Dns } from "../dns/dns.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { CONTROLLER_PRIORITY, controllerLabels, regionVariable, resources } from "../shared/kubernetes/chart-values.ts";
import { createController } from "../shared/kubernetes/controller.ts";
import type { ChartValues } from "../shared/kubernetes/release.ts";
import { releaseName } from "../shared/kubernetes/release.ts";
import type { ControllerContext } from "./context.ts";
import { createDefinitions } from "./definitions.ts";

export interface ExternalDnsArgs extends ControllerContext {
  /** The only zone in which records are written. */
  readonly dns: Pick<Dns, "zoneId" | "zoneName">;
}

const PART = releaseName(CHARTS.externalDns);
const METRICS_PORT = 7979;

/** Names of the records that say whose a record is; without it a CNAME could not have one beside it. */
const OWNER_PREFIX = "external-dns-";

/** Writes addresses in one zone, and takes none away: neither by its own policy nor by its permissions. */
function permissions(zoneId: pulumi.Output<string>): PolicyStatement[] {
  const zone = zoneId.apply(zoneArn);
  return [
    {
      Sid: "FindZone",
      Effect: "Allow",
      Action: ["route53:ListHostedZones", "route53:ListHostedZonesByName"],
      Resource: "*",
    },
    {
      Sid: "ReadZone",
      Effect: "Allow",
      Action: ["route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"],
      Resource: zone,
    },
    {
      Sid: "WriteAddresses",
      Effect: "Allow",
      Action: "route53:ChangeResourceRecordSets",
      Resource: zone,
      Condition: {
        "ForAllValues:StringEquals": {
          "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "CNAME", "TXT"],
          "route53:ChangeResourceRecordSetsActions": ["CREATE", "UPSERT"],
        },
      },
    },
  ];
}

function valuesOf({ environment, cluster, dns }: ExternalDnsArgs): ChartValues {
  return {
    provider: { name: "aws" },
    // Services have no addresses of their own here, so their objects need not be read.
    sources: ["ingress"],
    policy: "upsert-only",
    registry: "txt",
    txtOwnerId: cluster.name,
    txtPrefix: OWNER_PREFIX,
    domainFilters: [dns.zoneName],
    extraArgs: { "zone-id-filter": dns.zoneId, "aws-zone-type": "public" },
    interval: "1m",
    triggerLoopOnEvent: true,
    logFormat: "json",
    env: regionVariable(environment.region),
    podLabels: controllerLabels(PART),
    priorityClassName: CONTROLLER_PRIORITY,
    resources: resources(20, 64),
    serviceAccount: { name: PART },
    serviceMonitor: { enabled: true },
  };
}

/**
 * Writes the addresses of Ingress hosts into the zone, and leaves alone what is not marked as this cluster's. The chart
 * runs one pod: while it is away nothing changes, and no answer is lost.
 */
export function createExternalDns(
  name: string,
  args: ExternalDnsArgs,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): Release {
  return createController(
    name,
    {
      part: PART,
      chart: CHARTS.externalDns,
      values: valuesOf(args),
      aws: {
        description: "external-dns: addresses of Ingress hosts in the zone",
        statements: permissions(args.dns.zoneId),
      },
      traffic: { metricsPort: METRICS_PORT, callsAws: true },
      after: [...after, ...createDefinitions(name, "external-dns", opts)],
    },
    args,
    opts,
  );
}
