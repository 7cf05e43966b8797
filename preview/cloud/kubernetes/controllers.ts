import { isRecord } from "../../../core/records.ts";
import { placesAt } from "../paths.ts";

type Json = Record<string, unknown>;

/** An object of the cluster, as the provider answered it last. */
export interface ClusterObject {
  readonly type: string;
  readonly urn: string;
  readonly outputs: Readonly<Json>;
}

/** The objects that are another now, by URN. */
export type Changes = ReadonlyMap<string, Json>;

const ROLLOUT = "kubernetes:argoproj.io/v1alpha1:Rollout";
const SERVICE = "kubernetes:core/v1:Service";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const SCALERS = ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler", "kubernetes:keda.sh/v1alpha1:ScaledObject"];
const WORKLOADS = ["kubernetes:apps/v1:Deployment", "kubernetes:apps/v1:StatefulSet", ROLLOUT];

function textAt(value: unknown, ...keys: readonly string[]): string | undefined {
  let found = value;
  for (const key of keys) found = isRecord(found) ? found[key] : undefined;
  return typeof found === "string" ? found : undefined;
}

const nameOf = ({ outputs }: ClusterObject) => textAt(outputs, "metadata", "name");
const namespaceOf = ({ outputs }: ClusterObject) => textAt(outputs, "metadata", "namespace") ?? "default";

/** A copy of the outputs with values added to a map in them. */
function withEntries(outputs: Readonly<Json>, keys: readonly string[], entries: Json): Json {
  const copy = structuredClone(outputs);
  const last = keys.at(-1) ?? "";
  for (const holder of placesAt(copy, keys.slice(0, -1))) {
    const current = holder[last];
    holder[last] = { ...(isRecord(current) ? current : {}), ...entries };
  }
  return copy;
}

/**
 * What the cluster looks like after every autoscaler, or a person, has set the number of pods of its workload (Kubernetes'
 * autoscaler and KEDA write `spec.replicas` through the scale subresource).
 */
export function afterScaling(objects: readonly ClusterObject[], replicas: number): Changes {
  const changes = new Map<string, Json>();
  for (const scaler of objects.filter(({ type }) => SCALERS.includes(type))) {
    const target = textAt(scaler.outputs, "spec", "scaleTargetRef", "name");
    const kind = textAt(scaler.outputs, "spec", "scaleTargetRef", "kind") ?? "Deployment";
    for (const workload of objects.filter(
      (object) =>
        WORKLOADS.includes(object.type) &&
        object.type.endsWith(`:${kind}`) &&
        nameOf(object) === target &&
        namespaceOf(object) === namespaceOf(scaler),
    ))
      changes.set(workload.urn, withEntries(workload.outputs, ["spec"], { replicas }));
  }
  return changes;
}

/** Services and Ingresses that a Rollout steers, by their kind. */
function steered({ outputs }: ClusterObject): { readonly services: Set<string>; readonly ingresses: Set<string> } {
  const [canary] = placesAt(outputs, ["spec", "strategy", "canary"]);
  const [blueGreen] = placesAt(outputs, ["spec", "strategy", "blueGreen"]);
  const names = [
    textAt(canary, "stableService"),
    textAt(canary, "canaryService"),
    textAt(blueGreen, "activeService"),
    textAt(blueGreen, "previewService"),
  ];
  const ingresses = [textAt(canary, "trafficRouting", "alb", "ingress")];
  const present = (list: readonly (string | undefined)[]) =>
    new Set(list.flatMap((name) => (name === undefined ? [] : [name])));
  return { services: present(names), ingresses: present(ingresses) };
}

/**
 * What the cluster looks like after a release: Argo Rollouts (9f8d111, 2026-08-17) narrows the selectors of the Services
 * that a Rollout names to one ReplicaSet (rollout/service.go), writes weights into the balancer's Ingress
 * (rollout/trafficrouting/alb) and counts revisions; so does Kubernetes for a Deployment.
 */
export function afterRelease(objects: readonly ClusterObject[], revision: number): Changes {
  const changes = new Map<string, Json>();
  for (const deployment of objects.filter(({ type }) => type === "kubernetes:apps/v1:Deployment"))
    changes.set(
      deployment.urn,
      withEntries(deployment.outputs, ["metadata", "annotations"], {
        "deployment.kubernetes.io/revision": String(revision),
      }),
    );
  for (const rollout of objects.filter(({ type }) => type === ROLLOUT)) {
    const name = nameOf(rollout) ?? "";
    const { services, ingresses } = steered(rollout);
    const here = (object: ClusterObject) => namespaceOf(object) === namespaceOf(rollout);
    changes.set(
      rollout.urn,
      withEntries(rollout.outputs, ["metadata", "annotations"], { "rollout.argoproj.io/revision": String(revision) }),
    );
    for (const object of objects.filter(here)) {
      if (object.type === SERVICE && services.has(nameOf(object) ?? "")) {
        const hash = { "rollouts-pod-template-hash": `5d4b8c${revision}f7` };
        const managed = { "argo-rollouts.argoproj.io/managed-by-rollouts": name };
        const selecting = withEntries(object.outputs, ["spec", "selector"], hash);
        changes.set(object.urn, withEntries(selecting, ["metadata", "annotations"], managed));
      }
      if (object.type === INGRESS && ingresses.has(nameOf(object) ?? "")) {
        const weights = Object.fromEntries(
          [...services].map((service) => [
            `alb.ingress.kubernetes.io/actions.${service}`,
            JSON.stringify({ Type: "forward" }),
          ]),
        );
        changes.set(object.urn, withEntries(object.outputs, ["metadata", "annotations"], weights));
      }
    }
  }
  return changes;
}
