import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

import { isRecord } from "../../../core/records.ts";
import { levelOf } from "./pod-security.ts";
import type { Recorded, RecordedCall, RecordedContainer, RecordedPod, RecordedService } from "./recorded.ts";

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: RecordedPod["spec"] & { readonly priorityClassName?: string };
}

interface CalledService {
  readonly name: string;
  readonly port?: number;
  readonly path?: string;
}

interface Webhook extends Pick<RecordedCall, (typeof WEBHOOK_FIELDS)[number]> {
  readonly clientConfig: { readonly service: CalledService };
}

/** What is read of a rendered object of whatever kind. */
interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly items?: readonly Rendered[];
  readonly webhooks?: readonly Webhook[];
  /** Roles, for instance, have none. */
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: RecordedService["ports"];
    readonly replicas?: number;
    readonly template?: Template;
    readonly jobTemplate?: { readonly spec: { readonly template: Template } };
    readonly service?: CalledService;
  };
}

/** A definition of a kind, as a chart has it in its folder `crds/`. */
export interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: unknown;
}

const WEBHOOK_FIELDS = ["failurePolicy", "rules", "namespaceSelector", "objectSelector"] as const;
const DEFINITION = "CustomResourceDefinition";
/** Where the API server calls a service that names no port. */
const DEFAULT_CALL_PORT = 443;

/** Fingerprint of a definition, whatever the order of its keys. */
export function fingerprint(definition: Definition): string {
  const sorted = JSON.stringify(definition, (_key, item: unknown) =>
    isRecord(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
  return createHash("sha256").update(sorted).digest("hex");
}

const documents = <T>(text: string): T[] =>
  parseAllDocuments(text).flatMap((document) => {
    const value = document.toJS();
    return isRecord(value) ? [value as T] : [];
  });

/** The named fields, those that are absent left out. */
const only = <T extends object, K extends keyof T>(object: T, keys: readonly K[]): Pick<T, K> =>
  Object.fromEntries(keys.flatMap((key) => (object[key] === undefined ? [] : [[key, object[key]]]))) as Pick<T, K>;

const byText =
  <T>(text: (item: T) => string) =>
  (a: T, b: T) =>
    text(a) < text(b) ? -1 : 1;

const containerOf = (container: RecordedContainer): RecordedContainer => ({
  ...only(container, ["name", "resources", "securityContext"]),
  ports: (container.ports ?? []).map((port) => only(port, ["name", "containerPort", "hostPort"])),
});

const POD_FIELDS = ["hostIPC", "hostNetwork", "hostPID", "hostUsers", "os", "securityContext", "volumes"] as const;

function podOf({ kind, metadata, spec }: Rendered, namespace: string): RecordedPod[] {
  const template = spec?.jobTemplate?.spec.template ?? spec?.template;
  if (template === undefined) return [];
  const { containers, initContainers, serviceAccountName, priorityClassName } = template.spec;
  return [
    {
      kind,
      name: metadata.name,
      namespace: metadata.namespace ?? namespace,
      labels: template.metadata?.labels ?? {},
      ...(spec?.replicas === undefined ? {} : { replicas: spec.replicas }),
      ...(serviceAccountName === undefined ? {} : { serviceAccount: serviceAccountName }),
      ...(priorityClassName === undefined ? {} : { priorityClass: priorityClassName }),
      podSecurity: levelOf(template.spec),
      spec: {
        ...only(template.spec, POD_FIELDS),
        containers: containers.map(containerOf),
        ...(initContainers === undefined ? {} : { initContainers: initContainers.map(containerOf) }),
      },
    },
  ];
}

function callsOf({ kind, metadata, webhooks, spec }: Rendered): RecordedCall[] {
  const extending = kind === "APIService" && spec?.service !== undefined ? [{ called: spec.service }] : [];
  const hooks = (webhooks ?? []).map((webhook) => ({
    called: webhook.clientConfig.service,
    ...only(webhook, WEBHOOK_FIELDS),
    ...(webhook.rules === undefined
      ? {}
      : { rules: webhook.rules.map((rule) => only(rule, ["apiGroups", "resources"])) }),
  }));
  return [...extending, ...hooks].map(({ called, ...rest }) => ({
    kind,
    name: metadata.name,
    service: called.name,
    port: called.port ?? DEFAULT_CALL_PORT,
    ...only(called, ["path"]),
    ...rest,
  }));
}

const serviceOf = ({ kind, metadata, spec }: Rendered): RecordedService[] =>
  kind === "Service"
    ? [
        {
          name: metadata.name,
          selector: spec?.selector ?? {},
          ports: (spec?.ports ?? []).map((port) => only(port, ["name", "port", "targetPort"])),
        },
      ]
    : [];

/** Kubernetes' own groups have no dot, or end with its own domain. */
const customGroupsOf = (objects: readonly Rendered[]): string[] =>
  [...new Set(objects.map(({ apiVersion }) => apiVersion.split("/").at(-2) ?? ""))]
    .filter((group) => group.includes(".") && !group.endsWith(".k8s.io"))
    .toSorted();

/** The definitions in the folder `crds/` of a chart; whatever else lies there is none. */
export function definitionsOf(folder: string): Definition[] {
  const crds = join(folder, "crds");
  if (!existsSync(crds)) return [];
  return readdirSync(crds)
    .filter((file) => /\.ya?ml$/.test(file))
    .flatMap((file) => documents<Definition>(readFileSync(join(crds, file), "utf8")))
    .filter(({ kind }) => kind === DEFINITION)
    .toSorted(byText(({ metadata }) => metadata.name));
}

export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly values: unknown;
}

/** What Helm answers for a chart's folder and a release's values. */
export function render(
  folder: string,
  { name, namespace, values }: Release,
): Pick<Recorded, "helm" | "services" | "pods" | "calls" | "customGroups" | "crds" | "templatedCrds"> {
  const helm = (words: readonly string[], input = "") =>
    execFileSync("helm", words, { encoding: "utf8", input, maxBuffer: 64 * 1024 * 1024 });
  const words = ["template", name, folder, "--namespace", namespace, "--kube-version", "1.35.0", "--values", "-"];
  const apis = ["monitoring.coreos.com/v1", "cert-manager.io/v1"].flatMap((api) => ["--api-versions", api]);
  const objects = documents<Rendered>(helm([...words, ...apis], JSON.stringify(values)))
    .flatMap((object) => object.items ?? [object])
    .toSorted(byText(({ kind, metadata }) => `${kind} ${metadata.name}`));
  return {
    helm: helm(["version", "--template", "{{.Version}}"]).trim(),
    services: objects.flatMap(serviceOf),
    pods: objects.flatMap((object) => podOf(object, namespace)),
    calls: objects.flatMap(callsOf),
    customGroups: customGroupsOf(objects),
    crds: definitionsOf(folder).map((definition) => ({
      name: definition.metadata.name,
      sha256: fingerprint(definition),
    })),
    templatedCrds: objects.flatMap(({ kind, metadata }) => (kind === DEFINITION ? [metadata.name] : [])),
  };
}
