import * as yaml from "yaml";

import type { Resource } from "../engine/model.ts";
import { PreviewProblem } from "../problem.ts";
import type { Manifest } from "./objects.ts";
import { translate } from "./objects.ts";

/** The list of what is not an object; its first line says that the folder is ours. */
export const INDEX_FILE = "README.md";
export const INDEX_MARK = "<!-- written by npm run preview -- --manifests -->";

/** `kubectl apply` goes through files by name: what others need comes first. */
const FIRST = ["Namespace"];
const EARLY = [
  "PriorityClass",
  "StorageClass",
  "ResourceQuota",
  "LimitRange",
  "ServiceAccount",
  "ConfigMap",
  "Secret",
  "NetworkPolicy",
];

function fileName({ apiVersion, kind, metadata }: Manifest, patch: boolean): string {
  const rank = FIRST.includes(kind) ? 1 : EARLY.includes(kind) ? 2 : 3;
  const group = apiVersion.includes("/") ? apiVersion.split("/")[0] : undefined;
  const place = typeof metadata["namespace"] === "string" ? metadata["namespace"] : "cluster";
  const parts = [rank, place, kind.toLowerCase(), group, String(metadata["name"]), patch ? "patch" : undefined, "yaml"];
  return parts.filter((part) => part !== undefined).join(".");
}

/** Kubernetes reads YAML 1.1, to which "yes" and "on" are booleans; keys in order, long lines in one. */
function write(manifest: Manifest): string {
  return yaml.stringify(manifest, { version: "1.1", sortMapEntries: true, lineWidth: 0, aliasDuplicateObjects: false });
}

const list = (title: string, entries: readonly string[]) =>
  entries.length === 0 ? [] : ["", `## ${title}`, "", ...entries.toSorted().map((entry) => `- ${entry}`)];

/**
 * Files of an environment's Kubernetes objects by name, one object each, and an index of what is none: charts, whose objects
 * only Helm knows, and what was left out. Same resources, same files.
 */
export function manifestFiles(environment: string, resources: readonly Resource[]): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const charts: string[] = [];
  const skipped: string[] = [];
  for (const resource of resources) {
    const translated = translate(resource);
    if (translated === undefined) continue;
    if ("chart" in translated) charts.push(translated.chart);
    else if ("skipped" in translated) skipped.push(`${resource.type} ${resource.name}: ${translated.skipped}`);
    else {
      const name = fileName(translated.manifest, translated.patch);
      if (files.has(name))
        throw new PreviewProblem(
          "manifest-conflict",
          `Two resources of ${environment} are the same Kubernetes object: ${name} (the second one is ${resource.urn}).`,
        );
      files.set(name, write(translated.manifest));
    }
  }
  const index = [
    INDEX_MARK,
    `# Kubernetes objects of ${environment}`,
    "",
    `${files.size} objects, one file each, in the order in which \`kubectl apply --server-side -f .\` takes them. Secrets are masked; names that`,
    "AWS would give start with `ref-`. A file that ends in `.patch.yaml` holds only the fields that we set of an object made by others.",
    ...list("Charts, whose objects are not here", charts),
    ...list("Left out", skipped),
  ];
  return new Map([[INDEX_FILE, `${index.join("\n")}\n`], ...[...files].toSorted(([a], [b]) => (a < b ? -1 : 1))]);
}
