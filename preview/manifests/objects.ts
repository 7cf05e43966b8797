import { isRecord } from "../../core/records.ts";
import type { Resource } from "../engine/model.ts";
import type { Properties } from "../engine/wire.ts";
import { isSecret, MASK } from "../engine/wire.ts";
import { forApiServer } from "./placeholders.ts";

/** A Kubernetes object as `kubectl apply` reads it. */
export interface Manifest extends Properties {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Properties;
}

/** What a resource of the Kubernetes provider is: an object, a chart, or something that has no manifest. */
export type Translated =
  | { readonly manifest: Manifest; readonly patch: boolean }
  | { readonly chart: string }
  | { readonly skipped: string };

/** Annotations by which the program talks to Pulumi's provider; the API server is not asked to keep them. */
const PROVIDER_ANNOTATION = "pulumi.com/";

/** Data of a Secret is in base64, masks too. */
const ENCODED_MASK = Buffer.from(MASK).toString("base64");

const text = (value: unknown) => (typeof value === "string" ? value : "");

function chartOf({ name, inputs }: Resource): string {
  const { chart, version, namespace, repositoryOpts } = inputs;
  const from =
    isRecord(repositoryOpts) && repositoryOpts["repo"] !== undefined ? ` of ${text(repositoryOpts["repo"])}` : "";
  return `${text(inputs["name"]) || name}: ${text(chart)} ${text(version)}${from}, namespace ${text(namespace)}`;
}

/** The object's metadata with the name that Pulumi would make up, and without what only Pulumi reads. */
function metadataOf({ inputs, outputs }: Resource): Properties {
  const given = isRecord(inputs["metadata"]) ? inputs["metadata"] : {};
  const answered = isRecord(outputs["metadata"]) ? outputs["metadata"] : {};
  const { annotations, ...rest } = given;
  const kept = isRecord(annotations)
    ? Object.entries(annotations).filter(([key]) => !key.startsWith(PROVIDER_ANNOTATION))
    : [];
  return {
    ...rest,
    name: given["name"] ?? answered["name"],
    ...(kept.length === 0 ? {} : { annotations: Object.fromEntries(kept) }),
  };
}

/** A Secret's own fields are secret whether the program marked them or not; of a map that is one secret not even the keys show. */
function maskedSecret(inputs: Properties): Properties {
  const { data, stringData, ...rest } = inputs;
  const keys = [data, stringData].flatMap((part) => (isRecord(part) && !isSecret(part) ? Object.keys(part) : []));
  return { ...rest, data: Object.fromEntries(keys.map((key) => [key, ENCODED_MASK])) };
}

/** The manifest of a resource; undefined for what does not belong to Kubernetes. */
export function translate(resource: Resource): Translated | undefined {
  const match = /^kubernetes:([^/:]+)\/([^:]+):(\w+)$/.exec(resource.type);
  if (match === null || !resource.custom) return undefined;
  const [, group = "", version = "", token = ""] = match;
  if (group === "helm.sh") return { chart: chartOf(resource) };
  if (resource.read) return { skipped: "it is only looked up" };
  if (Array.isArray(resource.inputs["items"])) return { skipped: "it is a list; register its objects one by one" };
  const patch = token.endsWith("Patch");
  const kind = patch ? token.slice(0, -"Patch".length) : token;
  const apiVersion = group === "core" ? version : `${group}/${version}`;
  const inputs = apiVersion === "v1" && kind === "Secret" ? maskedSecret(resource.inputs) : resource.inputs;
  const fields = forApiServer(inputs);
  const metadata = forApiServer(metadataOf(resource));
  return {
    patch,
    manifest: { ...(isRecord(fields) ? fields : {}), apiVersion, kind, metadata: isRecord(metadata) ? metadata : {} },
  };
}
