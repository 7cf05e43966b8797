import { isRecord } from "../../../core/records.ts";
import { atEach, isOpen, keysOf, placesAt } from "../paths.ts";
import kubernetesLive from "../shapes/kubernetes-live.json" with { type: "json" };
import { refOf, token } from "../tokens.ts";
import { isBuiltIn, normalizedObject } from "./normalize.ts";

type Json = Record<string, unknown>;

interface KindShape {
  /** Where the kind holds a pod specification; absent for none. */
  readonly pod?: string;
  /** Path, value, and the path and values that must be there for it to be set; in the order in which they apply. */
  readonly defaults: readonly (readonly unknown[])[];
}

const KINDS: Readonly<Record<string, KindShape>> = kubernetesLive.kinds;

const kindOf = (type: string) => type.replace(/^kubernetes:/, "").replace(/Patch$/, "");

/** Maps of metadata are made where they are missing; other places must be there. */
function ensureMetadata(object: Json, path: string): void {
  const [first, second] = keysOf(path);
  if (first !== "metadata" || second === undefined || second === "finalizers") return;
  const metadata = object["metadata"];
  if (isOpen(metadata)) metadata[second] ??= {};
}

/** Whether the object has one of the values at the path of a condition. */
function holds(object: Json, condition: unknown): boolean {
  if (!Array.isArray(condition)) return true;
  const words: readonly unknown[] = condition;
  const [path, ...allowed] = words;
  const keys = keysOf(String(path));
  const last = keys.pop() ?? "";
  return placesAt(object, keys).some((holder) => allowed.includes(holder[last]));
}

function applyDefaults(object: Json, entries: readonly (readonly unknown[])[], below = ""): void {
  for (const [path, value, condition] of entries) {
    if (!holds(object, condition)) continue;
    ensureMetadata(object, String(path));
    atEach(object, `${below}${String(path)}`, (holder, key) => {
      if (holder[key] === undefined) holder[key] = structuredClone(value);
    });
  }
}

/** Images without a tag, and those called latest, are fetched again each time. */
const pullPolicy = (image: unknown) =>
  typeof image === "string" && !image.includes("@") && /^(?:.*\/)?[^:]+(?::latest)?$/.test(image)
    ? "Always"
    : "IfNotPresent";

function completePod(object: Json, at: string): void {
  applyDefaults(object, kubernetesLive.pod, `${at}.`);
  for (const list of ["containers", "initContainers"]) {
    applyDefaults(object, kubernetesLive.container, `${at}.${list}[].`);
    for (const container of placesAt(object, keysOf(`${at}.${list}[]`)))
      container["imagePullPolicy"] ??= pullPolicy(container["image"]);
  }
  for (const pod of placesAt(object, keysOf(at))) {
    // The older name of the same field.
    if (pod["serviceAccountName"] !== undefined) pod["serviceAccount"] ??= pod["serviceAccountName"];
  }
}

function mergeInto(holder: Json, key: string, values: Json): void {
  const current = holder[key];
  holder[key] = { ...(isRecord(current) ? current : {}), ...values };
}

function completeService(object: Json, urn: string): void {
  for (const spec of placesAt(object, ["spec"])) {
    if (spec["type"] === "ExternalName") continue;
    const address = typeof spec["clusterIP"] === "string" ? spec["clusterIP"] : token(urn, "spec.clusterIP");
    spec["clusterIP"] = address;
    spec["clusterIPs"] ??= [address];
    const isOutside = spec["type"] === "NodePort" || spec["type"] === "LoadBalancer";
    for (const [index, port] of placesAt(spec, ["ports", "[]"]).entries()) {
      port["targetPort"] ??= port["port"];
      if (isOutside) port["nodePort"] ??= 30_000 + index;
    }
  }
}

function completeJob(object: Json, urn: string): void {
  const [metadata] = placesAt(object, ["metadata"]);
  const name = metadata?.["name"];
  const uid = metadata?.["uid"] ?? token(urn, "metadata.uid");
  const labels = {
    "batch.kubernetes.io/controller-uid": uid,
    "batch.kubernetes.io/job-name": name,
    "controller-uid": uid,
    "job-name": name,
  };
  for (const spec of placesAt(object, ["spec"])) {
    mergeInto(spec, "selector", { matchLabels: { "batch.kubernetes.io/controller-uid": uid } });
    for (const template of placesAt(spec, ["template"])) {
      template["metadata"] ??= {};
      for (const inner of placesAt(template, ["metadata"])) {
        mergeInto(inner, "labels", labels);
        // A Job without labels of its own gets those of its pods.
        if (metadata !== undefined) metadata["labels"] ??= structuredClone(inner["labels"]);
      }
    }
  }
}

/** What depends on the object itself. */
const COMPLETE: Readonly<Record<string, (object: Json, urn: string) => void>> = {
  "batch/v1:Job": completeJob,
  "core/v1:Service": completeService,
  "core/v1:Namespace": (object) => {
    for (const metadata of placesAt(object, ["metadata"]))
      mergeInto(metadata, "labels", { "kubernetes.io/metadata.name": metadata["name"] });
  },
  "core/v1:LimitRange": (object) => {
    for (const limit of placesAt(object, ["spec", "limits", "[]"])) {
      if (limit["default"] !== undefined) limit["defaultRequest"] ??= structuredClone(limit["default"]);
    }
  },
  "networking.k8s.io/v1:NetworkPolicy": (object) => {
    for (const spec of placesAt(object, ["spec"]))
      spec["policyTypes"] ??= spec["egress"] === undefined ? ["Ingress"] : ["Ingress", "Egress"];
  },
  "rbac.authorization.k8s.io/v1:ClusterRoleBinding": completeSubjects,
  "rbac.authorization.k8s.io/v1:RoleBinding": completeSubjects,
};

function completeSubjects(object: Json): void {
  for (const subject of placesAt(object, ["subjects", "[]"]))
    if (subject["kind"] !== "ServiceAccount") subject["apiGroup"] ??= "rbac.authorization.k8s.io";
}

/** Kinds that the API server keeps without a status. */
const WITHOUT_STATUS =
  /^(?:core\/v1:(?:ConfigMap|LimitRange|Secret|ServiceAccount)|networking\.k8s\.io\/v1:NetworkPolicy|(?:rbac|scheduling|storage|admission).*)$/;

/**
 * The object as the API server keeps it after its creation: typed, with defaults and with what is given to every object.
 * The Kubernetes provider answers it whole.
 */
export function liveObject(type: string, name: string, urn: string, inputs: Readonly<Json>): Json {
  const kind = kindOf(type);
  const object = isBuiltIn(type) ? normalizedObject(type, inputs) : structuredClone(inputs);
  const shape = KINDS[kind];
  object["metadata"] ??= {};
  for (const metadata of placesAt(object, ["metadata"])) {
    metadata["name"] ??= `${name}-${refOf(urn).slice(0, 8)}`;
    metadata["uid"] ??= token(urn, "metadata.uid");
    metadata["resourceVersion"] ??= "1";
    metadata["generation"] ??= 1;
    metadata["creationTimestamp"] ??= "2026-01-01T00:00:00Z";
  }
  applyDefaults(object, shape?.defaults ?? []);
  COMPLETE[kind]?.(object, urn);
  if (shape?.pod !== undefined) completePod(object, shape.pod);
  if (isBuiltIn(type) && !WITHOUT_STATUS.test(kind)) object["status"] ??= {};
  return object;
}
