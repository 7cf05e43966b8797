import * as iam from "@pulumi/aws/iam/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { nameOf } from "../../../core/names.ts";
import { CHARTS } from "../../../standards/charts.ts";
import type { Keys } from "../../keys/keys.ts";
import type { Notify } from "../../notify/notify.ts";
import {
  CONTROLLER_PRIORITY,
  controllerLabels,
  KEEP,
  ONE_AT_A_TIME,
  regionVariable,
  resources,
} from "../../shared/kubernetes/chart-values.ts";
import type { ChartValues } from "../../shared/kubernetes/release.ts";
import { createRelease, releaseName } from "../../shared/kubernetes/release.ts";
import { PodIdentity } from "../../shared/pod-identity.ts";
import type { ControllerContext } from "../context.ts";
import { createInterruptionQueue } from "./interruption.ts";
import { createNodeClass, createNodePool } from "./nodes.ts";
import { karpenterPermissions } from "./permissions.ts";

export interface KarpenterArgs extends ControllerContext {
  readonly keys: Pick<Keys<"volumes">, "arns">;
  readonly notify: Pick<Notify, "runbookBaseUrl" | "topicArns" | "usEast1TopicArns">;
}

const PART = releaseName(CHARTS.karpenter);

/** Upstream's place: the API server serves it before ordinary namespaces when it is busy. */
const NAMESPACE = "kube-system";

function valuesOf(
  { environment, settings, cluster }: ControllerContext,
  queueName: pulumi.Output<string>,
): ChartValues {
  return {
    replicas: settings.controllerReplicas,
    podDisruptionBudget: { name: PART, ...ONE_AT_A_TIME },
    priorityClassName: CONTROLLER_PRIORITY,
    podLabels: controllerLabels(PART),
    serviceAccount: { name: PART },
    serviceMonitor: { enabled: true },
    // On nodes of the managed group: it cannot bring back nodes on which it would have to run.
    nodeSelector: { "karpenter.sh/controller": "true" },
    // It makes the nodes on which the name service runs, so it must not need that.
    dnsPolicy: "Default",
    controller: { resources: resources(250, 512), env: regionVariable(environment.region) },
    settings: {
      clusterName: cluster.name,
      clusterEndpoint: cluster.endpoint,
      eksControlPlane: true,
      interruptionQueue: queueName,
      // As the cluster itself: no new nodes in a zone from which traffic is shifted away.
      enableZonalShift: true,
    },
  };
}

/**
 * Makes nodes when pods find no place and takes them away when they idle, are old, or when AWS announces their end. Its
 * kinds come from a chart of their own, before it. Pools and class go before the controller: it ends their instances.
 * Answers what workloads depend on, so that their pods are gone before the nodes.
 */
export function createKarpenter(
  name: string,
  args: KarpenterArgs,
  after: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { environment, settings, cluster, keys } = args;
  const queue = createInterruptionQueue(name, args, opts);
  const profile = new iam.InstanceProfile(name, { role: cluster.nodeRoleName }, opts);
  const identity = new PodIdentity(
    name,
    {
      environment,
      cluster,
      namespace: NAMESPACE,
      serviceAccount: PART,
      description: "Karpenter: nodes of the cluster",
      statements: karpenterPermissions({
        environment,
        clusterName: nameOf(environment),
        queueArn: queue.arn,
        nodeRoleArn: cluster.nodeRoleArn,
        volumesKeyArn: keys.arns.volumes,
      }),
    },
    opts,
  );
  const crds = createRelease(
    `${name}-crds`,
    { chart: CHARTS.karpenterCrds, namespace: NAMESPACE, values: { additionalAnnotations: KEEP } },
    opts,
  );
  const release = createRelease(
    name,
    { chart: CHARTS.karpenter, namespace: NAMESPACE, values: valuesOf(args, queue.name) },
    { ...opts, dependsOn: [...after, crds, identity, queue] },
  );
  const nodeClass = createNodeClass(
    name,
    { environment, settings: settings.karpenter, keys, instanceProfileName: profile.name },
    { ...opts, parent: release, dependsOn: [release, identity] },
  );
  return Object.entries(settings.karpenter.nodePools).map(([poolName, pool]) =>
    createNodePool(`${name}-${poolName}`, poolName, pool, { ...opts, parent: release, dependsOn: [nodeClass] }),
  );
}
