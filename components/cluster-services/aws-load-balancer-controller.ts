import type { Release } from "@pulumi/kubernetes/helm/v3/index.js";
import * as pulumi from "@pulumi/pulumi";

import { internalIssuer, nameOf } from "../../core/names.ts";
import { BALANCER } from "../../standards/balancer.ts";
import { CHARTS } from "../../standards/charts.ts";
import {
  CONTROLLER_PRIORITY,
  controllerLabels,
  ONE_AT_A_TIME,
  RESTRICTED_CONTAINER,
  resources,
  spread,
} from "../shared/kubernetes/chart-values.ts";
import { createController } from "../shared/kubernetes/controller.ts";
import { INGRESS_CLASS, issuerRef } from "../shared/kubernetes/names.ts";
import type { ChartValues } from "../shared/kubernetes/release.ts";
import { releaseName } from "../shared/kubernetes/release.ts";
import { environmentTags } from "../shared/tags.ts";
import { balancerPermissions } from "./balancer-permissions.ts";
import type { ControllerContext } from "./context.ts";

const PART = releaseName(CHARTS.awsLoadBalancerController);
const METRICS_PORT = 8080;
const WEBHOOK_PORT = 9443;

function valuesOf({ environment, settings, cluster, network }: ControllerContext): ChartValues {
  return {
    replicaCount: settings.controllerReplicas,
    podDisruptionBudget: ONE_AT_A_TIME,
    priorityClassName: CONTROLLER_PRIORITY,
    podLabels: controllerLabels(PART),
    topologySpreadConstraints: spread(PART),
    resources: resources(50, 128),
    securityContext: RESTRICTED_CONTAINER,
    serviceAccount: { name: PART },
    serviceMonitor: { enabled: true },
    // Said rather than asked for: pods cannot reach the instance's metadata.
    clusterName: cluster.name,
    region: environment.region,
    vpcId: pulumi.output(network.vpcId),
    defaultTargetType: "ip",
    defaultTags: environmentTags(environment),
    defaultSSLPolicy: BALANCER.tlsPolicy,
    enableWafv2: true,
    enableWaf: false,
    enableShield: false,
    enableCertManager: true,
    certManager: { issuerRef: issuerRef(internalIssuer(environment).issuer) },
    // The class and its parameters come with the services: they name what the balancer is made with.
    ingressClass: INGRESS_CLASS,
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    disableIngressClassAnnotation: true,
    // Services get no balancers here (namespaces have a quota of none): while the controller is away they can still be made.
    enableServiceMutatorWebhook: false,
  };
}

/**
 * Makes the balancer that the Ingress objects ask for, its listeners, rules and targets. Ingresses depend on it, so that
 * a teardown deletes them while it still runs: a balancer that outlives its controller blocks the network.
 */
export function createBalancerController(
  name: string,
  { keepBalancer, ...context }: ControllerContext & { readonly keepBalancer: boolean },
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): Release {
  const { environment, network } = context;
  return createController(
    name,
    {
      part: PART,
      chart: CHARTS.awsLoadBalancerController,
      values: valuesOf(context),
      aws: {
        description: "Load balancer controller: the balancer of the Ingress objects",
        statements: balancerPermissions({
          environment,
          clusterName: nameOf(environment),
          vpcId: network.vpcId,
          keepBalancer,
        }),
      },
      traffic: { metricsPort: METRICS_PORT, calledAt: [WEBHOOK_PORT], callsAws: true },
      after,
    },
    context,
    opts,
  );
}
