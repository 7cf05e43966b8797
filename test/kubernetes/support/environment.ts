import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import type { Kubectl, KubernetesObject } from "./kubectl.ts";
import { isReady } from "./kubectl.ts";

/** Namespace of the services of both environments. */
export const NAMESPACE = "shop";

export interface ManifestFile {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** Whether it goes with its environment; definitions stay, with the objects of everybody else. */
export function goes({ kind }: { readonly kind: string }): boolean {
  return kind !== "CustomResourceDefinition";
}

/** A workload whose pods the tests look at. */
export interface Running {
  readonly name: string;
  /** Pods that its autoscaler always keeps. */
  readonly floor: number;
}

/** The manifests of an environment, in the order in which they are applied. */
export function readManifests(folder: string): ManifestFile[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .toSorted()
    .map((name) => {
      const file = join(folder, name);
      return { file, object: parse(readFileSync(file, "utf8"), { version: "1.1" }) };
    });
}

/**
 * The Deployment with the pods of a workload: the operators behind Rollouts and event-driven scaling do not run here, so a
 * Rollout's template gets a Deployment, and the floor of the autoscaler is set by hand.
 */
function deploymentOf({ metadata, spec }: KubernetesObject, floor: number): object {
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: metadata.name, namespace: metadata.namespace },
    spec: {
      replicas: floor,
      selector: spec.selector,
      template: spec.template,
      strategy: { rollingUpdate: { maxSurge: "25%", maxUnavailable: 0 } },
    },
  };
}

/** Brings every Deployment and Rollout to the floor of its autoscaler; answers what now runs. */
export async function runWorkloads(kubectl: Kubectl, objects: readonly KubernetesObject[]): Promise<Running[]> {
  const workloads = objects.filter(({ kind }) => kind === "Deployment" || kind === "Rollout");
  const running: Running[] = [];
  for (const workload of workloads) {
    const { name } = workload.metadata;
    const scaler = objects.find(
      ({ spec, kind }) =>
        (kind === "HorizontalPodAutoscaler" || kind === "ScaledObject") && spec.scaleTargetRef?.name === name,
    );
    const floor = scaler?.spec.minReplicas ?? scaler?.spec.minReplicaCount;
    if (floor === undefined) throw new Error(`${name} has no autoscaler that says how many pods it has`);
    if (workload.kind === "Rollout") {
      await kubectl.must(
        ["apply", "--server-side", "--validate=strict", "--field-manager=preflight-test", "-f", "-"],
        deploymentOf(workload, floor),
      );
    } else {
      await kubectl.must(["scale", "deployment", name, "-n", NAMESPACE, `--replicas=${floor}`]);
    }
    running.push({ name, floor });
  }
  return running;
}

/** Pods of a Deployment. */
export async function podsOf(kubectl: Kubectl, { name }: Running): Promise<KubernetesObject[]> {
  const pods = await kubectl.list("pods", "-n", NAMESPACE);
  return pods.filter(({ metadata }) =>
    metadata.ownerReferences?.some(
      (owner) => owner.kind === "ReplicaSet" && owner.name.replace(/-[^-]+$/, "") === name,
    ),
  );
}

/** Images of the ready pods of a Deployment. */
export async function servingImages(kubectl: Kubectl, running: Running): Promise<string[]> {
  return (await podsOf(kubectl, running))
    .filter(isReady)
    .flatMap(({ spec }) => (spec.containers ?? []).map(({ image }) => image));
}

/** Zone of each node by its name. */
export async function zonesOfNodes(kubectl: Kubectl): Promise<ReadonlyMap<string, string>> {
  const nodes = await kubectl.list("nodes");
  return new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels?.["topology.kubernetes.io/zone"] ?? ""]));
}

/** Budgets that have fewer healthy pods than they ask for, as "name: has of needs". */
export async function brokenBudgets(kubectl: Kubectl): Promise<string[]> {
  const budgets = await kubectl.list("poddisruptionbudgets", "-n", NAMESPACE);
  return budgets.flatMap(({ metadata, status }) => {
    const { currentHealthy = 0, desiredHealthy = 0, expectedPods = 0 } = status ?? {};
    return expectedPods > 0 && currentHealthy >= desiredHealthy
      ? []
      : [`${metadata.name}: ${currentHealthy} of ${desiredHealthy}, ${expectedPods} pods`];
  });
}
