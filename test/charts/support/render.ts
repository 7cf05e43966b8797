import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";

import { isRecord } from "../../../core/records.ts";
import type { Recorded, RecordedCall, RecordedContainer, RecordedPod, RecordedService } from "./recorded.ts";

interface Template {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
  readonly spec: RecordedPod["spec"];
}

interface CalledService {
  readonly name: string;
  readonly port?: number;
}

/** What is read of a rendered object of whatever kind. */
interface Rendered {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly items?: readonly Rendered[];
  readonly webhooks?: readonly { readonly clientConfig: { readonly service: CalledService } }[];
  /** Roles, for instance, have none. */
  readonly spec?: {
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: RecordedService["ports"];
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
  ...only(container, ["name", "securityContext"]),
  ports: (container.ports ?? []).map((port) => only(port, ["name", "containerPort", "hostPort"])),
});

const POD_FIELDS = ["hostIPC", "hostNetwork", "hostPID", "hostUsers", "os", "securityContext", "volumes"] as const;

function podOf({ kind, metadata, spec }: Rendered, namespace: string): RecordedPod[] {
  const template = spec?.jobTemplate?.spec.template ?? spec?.template;
  if (template === undefined) return [];
  const { containers, initContainers } = template.spec;
  return [
    {
      kind,
      name: metadata.name,
      namespace: metadata.namespace ?? namespace,
      labels: template.metadata?.labels ?? {},
      spec: {
        ...only(template.spec, POD_FIELDS),
        containers: containers.map(containerOf),
        ...(initContainers === undefined ? {} : { initContainers: initContainers.map(containerOf) }),
      },
    },
  ];
}

function callsOf({ kind, metadata, webhooks, spec }: Rendered): RecordedCall[] {
  const extending = kind === "APIService" && spec?.service !== undefined ? [spec.service] : [];
  const services = [...(webhooks ?? []).map(({ clientConfig }) => clientConfig.service), ...extending];
  const calls = services.map(({ name, port = DEFAULT_CALL_PORT }) => ({
    kind,
    name: metadata.name,
    service: name,
    port,
  }));
  return calls.filter(
    ({ service, port }, at) => at === calls.findIndex((one) => one.service === service && one.port === port),
  );
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
): Pick<Recorded, "helm" | "services" | "pods" | "calls" | "crds" | "templatedCrds"> {
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
    crds: definitionsOf(folder).map((definition) => ({
      name: definition.metadata.name,
      sha256: fingerprint(definition),
    })),
    templatedCrds: objects.flatMap(({ kind, metadata }) => (kind === DEFINITION ? [metadata.name] : [])),
  };
}
