import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import { HorizontalPodAutoscaler } from "@pulumi/kubernetes/autoscaling/v2/index.js";
import { PodDisruptionBudget } from "@pulumi/kubernetes/policy/v1/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ServingSettings } from "../../config/blocks/services/service.ts";
import { KEDA_AUTHENTICATION_NAME } from "../shared/kubernetes/names.ts";
import type { WorkloadContext } from "./context.ts";
import { podSelector, serviceLabels } from "./labels.ts";

/** What is scaled: the API version and kind of the service's workload. */
export interface ScaleTarget {
  readonly apiVersion: string;
  readonly kind: "Deployment" | "Rollout";
  readonly name: string;
}

/** Quickly up, slowly down: a short pause in the load must not cost a second start. */
const BEHAVIOUR = {
  scaleUp: { stabilizationWindowSeconds: 60, policies: [{ type: "Percent", value: 100, periodSeconds: 60 }] },
  scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: "Percent", value: 25, periodSeconds: 60 }] },
};

const utilization = (name: "cpu" | "memory", averageUtilization: number) => ({
  type: "Resource",
  resource: { name, target: { type: "Utilization", averageUtilization } },
});

/** Adds pods by CPU and memory. In an emergency shutdown there is no autoscaler: it would bring the pods back. */
function createHpa(
  name: string,
  service: ServingSettings,
  target: ScaleTarget,
  opts: pulumi.CustomResourceOptions,
): void {
  const { minReplicas, maxReplicas, cpuTargetPercent, memoryTargetPercent } = service.scaling;
  new HorizontalPodAutoscaler(
    name,
    {
      metadata: { name: service.name, namespace: service.namespace, labels: serviceLabels(service) },
      spec: {
        scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
        minReplicas,
        maxReplicas,
        metrics: [utilization("cpu", cpuTargetPercent), utilization("memory", memoryTargetPercent)],
        behavior: BEHAVIOUR,
      },
    },
    opts,
  );
}

/**
 * Adds workers by the depth of their queues, and by CPU and memory; KEDA reads the depth with its own identity. In an
 * emergency shutdown it stays and is told to keep no pod: while it goes it would bring the least number back once more.
 * @see https://keda.sh/docs/2.20/concepts/scaling-deployments/#pausing-autoscaling
 */
function createScaledObject(
  name: string,
  service: ServingSettings,
  target: ScaleTarget,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): void {
  const { minReplicas, maxReplicas, cpuTargetPercent, memoryTargetPercent, queueDepthPerReplica } = service.scaling;
  const queues = service.needs.consumesFrom.flatMap((queue) => context.queues.queues[queue] ?? []);
  new CustomResource(
    name,
    {
      apiVersion: "keda.sh/v1alpha1",
      kind: "ScaledObject",
      metadata: {
        name: service.name,
        namespace: service.namespace,
        labels: serviceLabels(service),
        ...(context.services.shutdown ? { annotations: { "autoscaling.keda.sh/paused-replicas": "0" } } : {}),
      },
      spec: {
        scaleTargetRef: { apiVersion: target.apiVersion, kind: target.kind, name: target.name },
        minReplicaCount: minReplicas,
        maxReplicaCount: maxReplicas,
        pollingInterval: 30,
        cooldownPeriod: 300,
        // When the depth cannot be read, as many pods go on as there are just then, and never fewer than always.
        fallback: { failureThreshold: 3, replicas: minReplicas, behavior: "currentReplicasIfHigher" },
        advanced: { horizontalPodAutoscalerConfig: { behavior: BEHAVIOUR } },
        triggers: [
          ...queues.map(({ url }) => ({
            type: "aws-sqs-queue",
            metadata: {
              queueURL: url,
              queueLength: String(queueDepthPerReplica),
              awsRegion: context.environment.region,
              scaleOnInFlight: "true",
            },
            authenticationRef: { name: KEDA_AUTHENTICATION_NAME },
          })),
          { type: "cpu", metricType: "Utilization", metadata: { value: String(cpuTargetPercent) } },
          { type: "memory", metricType: "Utilization", metadata: { value: String(memoryTargetPercent) } },
        ],
      },
    },
    opts,
  );
}

/** The autoscaler that fits the service, and a budget that lets one pod go at a time. */
export function createScaling(
  name: string,
  service: ServingSettings,
  target: ScaleTarget,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): void {
  if (service.scaling.queueDepthPerReplica !== null) createScaledObject(name, service, target, context, opts);
  else if (!context.services.shutdown) createHpa(name, service, target, opts);
  new PodDisruptionBudget(
    name,
    {
      metadata: { name: service.name, namespace: service.namespace, labels: serviceLabels(service) },
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: podSelector(service.name) },
        // A pod that is not ready serves nobody: it must not hold up the drain of its node.
        unhealthyPodEvictionPolicy: "AlwaysAllow",
      },
    },
    opts,
  );
}
