import type * as pulumi from "@pulumi/pulumi";

import type { RunningSettings, ServingSettings } from "../../config/blocks/services/service.ts";
import { isRunning, isServing } from "../../core/kinds.ts";
import type { EndpointServiceName } from "../../standards/network.ts";
import { MONITORING_NAMESPACE, PROMETHEUS_LABELS } from "../shared/kubernetes/names.ts";
import type { EgressRule, IngressRule } from "../shared/kubernetes/network-policies.ts";
import {
  allow,
  fromCidrBlocks,
  fromPods,
  toDataTier,
  toInterfaceEndpoints,
  toInternetHttps,
  toPods,
} from "../shared/kubernetes/network-policies.ts";
import type { WorkloadContext } from "./context.ts";
import { jobLabels, podSelector } from "./labels.ts";

/** Where traces and metrics are sent, by OTLP over gRPC and HTTP. */
const COLLECTOR = { labels: { "app.kubernetes.io/name": "opentelemetry-collector" }, ports: [4317, 4318] } as const;

/** What a service calls: its data, the services and outside services of its row, and AWS. */
export function egressRules(
  service: RunningSettings,
  { services, network, database, cache }: WorkloadContext,
): EgressRule[] {
  const { needs } = service;
  const called = services.catalogue.filter(
    (other): other is ServingSettings => isServing(other) && needs.services.includes(other.name),
  );
  return [
    ...(needs.database === null ? [] : [toDataTier(network.isolatedCidrBlocks, database.port)]),
    ...(needs.cache === null ? [] : [toDataTier(network.isolatedCidrBlocks, cache.port)]),
    ...called.map((other) => toPods(other.namespace, podSelector(other.name), other.port)),
    ...COLLECTOR.ports.map((port) => toPods(MONITORING_NAMESPACE, COLLECTOR.labels, port)),
    // AWS is behind the interface endpoints or, without one for the service, outside the network like outside services:
    // policies cannot name hosts.
    toInterfaceEndpoints(network.privateCidrBlocks),
    ...(needs.externals.length > 0 || awsServicesOf(service).some((name) => !network.endpointServices.includes(name))
      ? [toInternetHttps(network.cidrBlock)]
      : []),
  ];
}

/** AWS services that a service's own program calls: every one reads its flags; logins to the database are made locally. */
function awsServicesOf({ needs }: RunningSettings): EndpointServiceName[] {
  return [
    "appconfigdata",
    ...(needs.publishesTo.length === 0 ? [] : (["sns"] as const)),
    ...(needs.consumesFrom.length + needs.sendsTo.length === 0 ? [] : (["sqs"] as const)),
  ];
}

/** Who calls a service: those whose rows need it, the balancer if it has traffic, and Prometheus. */
export function ingressRules(service: ServingSettings, { services, network }: WorkloadContext): IngressRule[] {
  const callers = services.catalogue.filter(
    (other): other is RunningSettings => isRunning(other) && other.needs.services.includes(service.name),
  );
  return [
    ...callers.map((other) => fromPods(other.namespace, podSelector(other.name), service.port)),
    ...(service.kind === "api" && service.traffic !== null
      ? [fromCidrBlocks(network.publicCidrBlocks, service.port)]
      : []),
    fromPods(MONITORING_NAMESPACE, PROMETHEUS_LABELS, service.port),
  ];
}

/** What migrations call: the database. Their pods come after it and go before it. */
export function createMigrationPolicy(
  name: string,
  service: RunningSettings,
  { network, database }: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return allow(
    name,
    {
      namespace: service.namespace,
      policyName: `${service.name}-migrate`,
      podLabels: jobLabels(service.name, "migrate"),
      egress: [toDataTier(network.isolatedCidrBlocks, database.port)],
    },
    opts,
  );
}

/**
 * The service's own policy: exactly what its row says, under the namespace's default of nothing. Its pods come after it, and
 * go before it: a pod that ends its last work still needs its way to the data.
 */
export function createNetworkPolicy(
  name: string,
  service: RunningSettings,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  return allow(
    name,
    {
      namespace: service.namespace,
      policyName: service.name,
      podLabels: podSelector(service.name),
      ...(isServing(service) ? { ingress: ingressRules(service, context) } : {}),
      egress: egressRules(service, context),
    },
    opts,
  );
}
