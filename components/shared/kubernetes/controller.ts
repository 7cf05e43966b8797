import type { Release } from "@pulumi/kubernetes/helm/v3/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Chart } from "../../../standards/charts.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Network } from "../../network/network.ts";
import type { PodIdentityArgs } from "../pod-identity.ts";
import { PodIdentity } from "../pod-identity.ts";
import { controllerLabels } from "./chart-values.ts";
import { MONITORING_NAMESPACE, PROMETHEUS_LABELS } from "./names.ts";
import type { EgressRule, IngressRule } from "./network-policies.ts";
import {
  allow,
  fromCidrBlocks,
  fromPods,
  toApiServer,
  toInterfaceEndpoints,
  toInternetHttps,
} from "./network-policies.ts";
import type { ChartValues } from "./release.ts";
import { createRelease } from "./release.ts";

/** Where a controller runs. */
export interface ControllerPlace {
  readonly environment: PodIdentityArgs["environment"];
  readonly cluster: Pick<Cluster, "name" | "apiServerCidrs">;
  readonly network: Pick<Network, "cidrBlock" | "privateCidrBlocks" | "isolatedCidrBlocks">;
  readonly namespaceName: string;
  /** The namespace, as a value that waits for it. */
  readonly namespace: pulumi.Input<string>;
}

/** Traffic of the pods of a controller, or of one of its parts, beyond the API server and Prometheus. */
export interface Traffic {
  /** Port of its metrics; absent: it has none, as a job that ends. */
  readonly metricsPort?: number;
  /** Ports at which the API server calls it: webhooks, and APIs that it extends. */
  readonly calledAt?: readonly number[];
  /** Whether it calls AWS; absent: it does not. */
  readonly callsAws?: boolean;
  /** Further traffic. */
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

export interface PartTraffic extends Traffic {
  /** The part, as in its pods' label. */
  readonly part: string;
}

export interface ControllerArgs {
  /** The controller, as in its pods' label; also its service account. The chart's values must say both. */
  readonly part: string;
  readonly chart: Chart;
  readonly values: ChartValues;
  /** What it does with AWS; absent: it has no identity there, or one that its caller made and names in `after`. */
  readonly aws?: Pick<PodIdentityArgs, "description" | "statements">;
  readonly traffic: Traffic;
  /** Its other parts, by a short name that becomes part of a logical name; each has pods and traffic of its own. */
  readonly otherParts?: Readonly<Record<string, PartTraffic>>;
  /** What must be there before its pods, such as the kinds they use. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * A controller from a chart: its identity in AWS, its traffic, then its pods, which would otherwise start without
 * credentials and without a way to the API server.
 */
export function createController(
  name: string,
  { part, chart, values, aws, traffic, otherParts = {}, after }: ControllerArgs,
  place: ControllerPlace,
  opts: pulumi.CustomResourceOptions,
): Release {
  const { environment, cluster, namespaceName, namespace } = place;
  const identities =
    aws === undefined
      ? []
      : [new PodIdentity(name, { environment, cluster, namespace: namespaceName, serviceAccount: part, ...aws }, opts)];
  const allowed = [
    allowTraffic(name, { part, ...traffic }, place, opts),
    ...Object.entries(otherParts).map(([shortName, other]) => allowTraffic(`${name}-${shortName}`, other, place, opts)),
  ];
  return createRelease(
    name,
    { chart, namespace, values },
    { ...opts, dependsOn: [...after, ...identities, ...allowed] },
  );
}

/** Allows what the namespace denies by default: the API server, Prometheus, and what `args` adds. */
function allowTraffic(
  name: string,
  { part, metricsPort, calledAt = [], callsAws = false, ingress = [], egress = [] }: PartTraffic,
  { network, cluster, namespace }: ControllerPlace,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return allow(
    name,
    {
      namespace,
      policyName: part,
      podLabels: controllerLabels(part),
      ingress: [
        ...(metricsPort === undefined ? [] : [fromPods(MONITORING_NAMESPACE, PROMETHEUS_LABELS, metricsPort)]),
        // The API server calls from its interfaces, which have the isolated subnets' addresses.
        ...calledAt.map((port) => fromCidrBlocks(network.isolatedCidrBlocks, port)),
        ...ingress,
      ],
      egress: [
        toApiServer(cluster.apiServerCidrs),
        // AWS is behind the endpoints inside the network, or where there is none outside of it.
        ...(callsAws ? [toInterfaceEndpoints(network.privateCidrBlocks), toInternetHttps(network.cidrBlock)] : []),
        ...egress,
      ],
    },
    opts,
  );
}
