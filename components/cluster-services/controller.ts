import type * as pulumi from "@pulumi/pulumi";

import type { ClusterServicesSettings } from "../../config/blocks/cluster-services.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Network } from "../network/network.ts";
import { controllerLabels } from "../shared/kubernetes/chart-values.ts";
import { MONITORING_NAMESPACE, PROMETHEUS_LABELS } from "../shared/kubernetes/names.ts";
import type { EgressRule, IngressRule } from "../shared/kubernetes/network-policies.ts";
import {
  allow,
  fromCidrBlocks,
  fromPods,
  toApiServer,
  toInterfaceEndpoints,
  toInternetHttps,
} from "../shared/kubernetes/network-policies.ts";

/** What every controller is made with. */
export interface ControllerContext {
  readonly environment: Environment;
  readonly settings: ClusterServicesSettings;
  readonly cluster: Pick<Cluster, "name" | "endpoint" | "apiServerCidrs" | "nodeRoleArn" | "nodeRoleName">;
  readonly network: Pick<Network, "vpcId" | "cidrBlock" | "privateCidrBlocks" | "isolatedCidrBlocks">;
  /** The platform namespace, as a value that waits for it. */
  readonly namespace: pulumi.Input<string>;
}

export interface TrafficArgs {
  /** The controller or its part, as in its pods' label. */
  readonly part: string;
  /** Port of its metrics. */
  readonly metricsPort: number;
  /** Ports at which the API server calls it: webhooks, and APIs that it extends. */
  readonly calledAt?: readonly number[];
  /** Whether it calls AWS. */
  readonly callsAws?: boolean;
  /** Further traffic. */
  readonly ingress?: readonly IngressRule[];
  readonly egress?: readonly EgressRule[];
}

/** Allows a controller's traffic, which its namespace denies by default: the API server, Prometheus, and what `args` adds. */
export function allowTraffic(
  name: string,
  args: TrafficArgs,
  { network, cluster, namespace }: ControllerContext,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const { part, metricsPort, calledAt = [], callsAws = false, ingress = [], egress = [] } = args;
  return allow(
    name,
    {
      namespace,
      policyName: part,
      podLabels: controllerLabels(part),
      ingress: [
        fromPods(MONITORING_NAMESPACE, PROMETHEUS_LABELS, metricsPort),
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
