import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { CHARTS } from "../../standards/charts.ts";
import type { Queues } from "../queues.ts";
import {
  CONTROLLER_PRIORITY,
  controllerLabels,
  KEEP,
  ONE_AT_A_TIME,
  regionVariable,
  resources,
  spread,
} from "../shared/kubernetes/chart-values.ts";
import { createController } from "../shared/kubernetes/controller.ts";
import { KEDA_AUTHENTICATION_NAME } from "../shared/kubernetes/names.ts";
import { fromPods, toPods } from "../shared/kubernetes/network-policies.ts";
import type { ChartValues } from "../shared/kubernetes/release.ts";
import type { ControllerContext } from "./context.ts";

export interface KedaArgs extends ControllerContext {
  /** The queues by whose depth workers scale. */
  readonly queues: Pick<Queues, "queues">;
  /** Namespaces with workers, by name. */
  readonly workerNamespaces: Readonly<Record<string, pulumi.Output<string>>>;
}

/** The parts of KEDA, as their pods are labelled, and the keys under which the chart knows them. */
const OPERATOR = "keda-operator";
const METRICS = "keda-metrics";
const WEBHOOKS = "keda-webhooks";

const METRICS_PORT = 8080;
/** Where the operator answers the metrics API with what it measured. */
const OPERATOR_PORT = 9666;
const METRICS_API_PORT = 6443;

/**
 * Labels by which the chart's service of the operator finds its pods: the metrics API calls that service, and a policy
 * admits a service's address only if it names the very labels that the service selects by.
 * @see https://github.com/aws/amazon-network-policy-controller-k8s/blob/main/pkg/resolvers/endpoints.go
 */
const OPERATOR_SERVICE = { app: OPERATOR } as const;
const WEBHOOK_PORT = 9443;

function valuesOf({ environment, settings, cluster }: ControllerContext): ChartValues {
  const replicas = { replicaCount: settings.controllerReplicas };
  const monitored = { enabled: true, serviceMonitor: { enabled: true } };
  return {
    clusterName: cluster.name,
    crds: { install: true, additionalAnnotations: KEEP },
    operator: replicas,
    metricsServer: replicas,
    webhooks: replicas,
    podDisruptionBudget: { operator: ONE_AT_A_TIME, metricServer: ONE_AT_A_TIME, webhooks: ONE_AT_A_TIME },
    priorityClassName: CONTROLLER_PRIORITY,
    podLabels: {
      keda: controllerLabels(OPERATOR),
      metricsAdapter: controllerLabels(METRICS),
      webhooks: controllerLabels(WEBHOOKS),
    },
    topologySpreadConstraints: {
      operator: spread(OPERATOR),
      metricsServer: spread(METRICS),
      webhooks: spread(WEBHOOKS),
    },
    resources: { operator: resources(50, 192), metricServer: resources(50, 128), webhooks: resources(10, 64) },
    env: regionVariable(environment.region),
    serviceAccount: { operator: { name: OPERATOR } },
    // It scales workers by its own identity and reads no secret of theirs.
    permissions: { operator: { restrict: { secret: true } }, metricServer: { restrict: { secret: true } } },
    // Beside Deployments and StatefulSets, which are always among them.
    rbac: { enabledCustomScaledRefKinds: true, scaledRefKinds: [{ apiGroup: "argoproj.io", kind: "rollouts" }] },
    prometheus: { operator: monitored, metricServer: monitored, webhooks: monitored },
  };
}

/**
 * Scales workers by the depth of their queues. The operator reads depths with its own identity, and nothing but depths;
 * triggers refer to it through the authentication of their namespace. Answers what scaled objects depend on.
 */
export function createKeda(
  name: string,
  args: KedaArgs,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const queueArns = Object.values(args.queues.queues).map(({ arn }) => arn);
  const release = createController(
    name,
    {
      part: OPERATOR,
      chart: CHARTS.keda,
      values: valuesOf(args),
      aws: {
        description: "KEDA: depth of the queues",
        statements:
          queueArns.length === 0
            ? []
            : [{ Sid: "ReadDepth", Effect: "Allow", Action: "sqs:GetQueueAttributes", Resource: queueArns }],
      },
      traffic: {
        metricsPort: METRICS_PORT,
        callsAws: true,
        ingress: [fromPods(args.namespaceName, controllerLabels(METRICS), OPERATOR_PORT)],
      },
      otherParts: {
        metrics: {
          part: METRICS,
          metricsPort: METRICS_PORT,
          calledAt: [METRICS_API_PORT],
          egress: [toPods(args.namespaceName, OPERATOR_SERVICE, OPERATOR_PORT)],
        },
        webhooks: { part: WEBHOOKS, metricsPort: METRICS_PORT, calledAt: [WEBHOOK_PORT] },
      },
      after,
    },
    args,
    opts,
  );
  const authentications = Object.entries(args.workerNamespaces).map(
    ([namespaceName, workers]) =>
      new CustomResource(
        `${name}-${namespaceName}`,
        {
          apiVersion: "keda.sh/v1alpha1",
          kind: "TriggerAuthentication",
          metadata: { name: KEDA_AUTHENTICATION_NAME, namespace: workers },
          spec: { podIdentity: { provider: "aws" } },
        },
        { ...opts, parent: release, dependsOn: [release] },
      ),
  );
  return [release, ...authentications];
}
