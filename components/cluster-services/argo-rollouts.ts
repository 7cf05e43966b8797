import type { Release } from "@pulumi/kubernetes/helm/v3/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { CHARTS } from "../../standards/charts.ts";
import {
  CONTROLLER_PRIORITY,
  controllerLabels,
  ONE_AT_A_TIME,
  regionVariable,
  resources,
  spread,
} from "../shared/kubernetes/chart-values.ts";
import { createController } from "../shared/kubernetes/controller.ts";
import { MONITORING_NAMESPACE, PROMETHEUS_LABELS } from "../shared/kubernetes/names.ts";
import { toPods } from "../shared/kubernetes/network-policies.ts";
import type { ChartValues } from "../shared/kubernetes/release.ts";
import { releaseName } from "../shared/kubernetes/release.ts";
import type { ControllerContext } from "./context.ts";

const PART = releaseName(CHARTS.argoRollouts);
const METRICS_PORT = 8090;
const PROMETHEUS_PORT = 9090;

/** Routers of traffic which the chart would give rights for; the balancer's is the only one here. */
const OTHER_ROUTERS = [
  "ambassador",
  "apisix",
  "awsAppMesh",
  "contour",
  "gatewayAPI",
  "glooPlatform",
  "istio",
  "smi",
  "traefik",
];

/** What the controller looks at to see that the balancer has taken a weight over before it goes on. */
const READS = [
  "elasticloadbalancing:DescribeListeners",
  "elasticloadbalancing:DescribeLoadBalancers",
  "elasticloadbalancing:DescribeRules",
  "elasticloadbalancing:DescribeTags",
  "elasticloadbalancing:DescribeTargetGroups",
  "elasticloadbalancing:DescribeTargetHealth",
];

function valuesOf({ environment, settings }: ControllerContext): ChartValues {
  return {
    installCRDs: true,
    keepCRDs: true,
    dashboard: { enabled: false },
    providerRBAC: {
      providers: {
        awsLoadBalancerController: true,
        ...Object.fromEntries(OTHER_ROUTERS.map((router) => [router, false])),
      },
    },
    serviceAccount: { name: PART },
    controller: {
      replicas: settings.controllerReplicas,
      pdb: { enabled: true, ...ONE_AT_A_TIME },
      priorityClassName: CONTROLLER_PRIORITY,
      podLabels: controllerLabels(PART),
      topologySpreadConstraints: spread(PART),
      resources: resources(50, 192),
      awsVerifyTargetGroup: true,
      extraEnv: regionVariable(environment.region),
      logging: { format: "json" },
      metrics: { enabled: true, serviceMonitor: { enabled: true } },
    },
  };
}

/** Progressive roll-outs: shares of the traffic by the balancer, judged by what Prometheus measures, and back by themselves. */
export function createArgoRollouts(
  name: string,
  context: ControllerContext,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): Release {
  return createController(
    name,
    {
      part: PART,
      chart: CHARTS.argoRollouts,
      values: valuesOf(context),
      aws: {
        description: "Argo Rollouts: sees that the balancer follows",
        statements: [
          {
            Sid: "ReadBalancers",
            Effect: "Allow",
            Action: READS,
            Resource: "*",
            Condition: { StringEquals: { "aws:RequestedRegion": context.environment.region } },
          },
        ],
      },
      traffic: {
        metricsPort: METRICS_PORT,
        callsAws: true,
        egress: [toPods(MONITORING_NAMESPACE, PROMETHEUS_LABELS, PROMETHEUS_PORT)],
      },
      after,
    },
    context,
    opts,
  );
}
