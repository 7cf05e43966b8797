import type { Release } from "@pulumi/kubernetes/helm/v3/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { zoneArn } from "../../core/names.ts";
import { CHARTS } from "../../standards/charts.ts";
import type { Dns } from "../dns/dns.ts";
import { CONTROLLER_PRIORITY, controllerLabels, regionVariable, resources } from "../shared/kubernetes/chart-values.ts";
import { PLATFORM_NAMESPACE } from "../shared/kubernetes/names.ts";
import { createRelease, releaseName } from "../shared/kubernetes/release.ts";
import type { PolicyStatement } from "../shared/pod-identity.ts";
import { PodIdentity } from "../shared/pod-identity.ts";
import type { ControllerContext } from "./controller.ts";
import { allowTraffic } from "./controller.ts";

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
  const { environment, cluster, namespace, dns } = args;
  const identity = new PodIdentity(
    name,
    {
      environment,
      cluster,
      namespace: PLATFORM_NAMESPACE,
      serviceAccount: PART,
      description: "external-dns: addresses of Ingress hosts in the zone",
      statements: permissions(dns.zoneId),
    },
    opts,
  );
  const traffic = allowTraffic(name, { part: PART, metricsPort: METRICS_PORT, callsAws: true }, args, opts);
  return createRelease(
    name,
    {
      chart: CHARTS.externalDns,
      namespace,
      values: {
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
      },
    },
    { ...opts, dependsOn: [...after, identity, traffic] },
  );
}
