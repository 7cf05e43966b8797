import type { RecordedPod } from "./recorded.ts";
import type { Made } from "./releases.ts";

type Labels = Readonly<Record<string, string>>;

interface Selector {
  readonly matchLabels?: Labels;
}

interface Peer {
  readonly namespaceSelector?: Selector;
  readonly podSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string };
}

interface Rule {
  readonly from?: readonly Peer[];
  readonly to?: readonly Peer[];
  readonly ports: readonly { readonly port: number; readonly protocol: string }[];
}

/** A network policy of the program. */
export interface Policy {
  /** Logical name. */
  readonly resource: string;
  readonly namespace: string;
  /** Labels of the pods that it rules. */
  readonly labels: Labels;
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
}

/** Label that every namespace carries with its own name. */
const NAMESPACE_LABEL = "kubernetes.io/metadata.name";

/** The policies of chosen pods, without those of whole namespaces. */
export function policiesOf(resources: readonly Made[]): Policy[] {
  return resources
    .filter(({ type }) => type === "kubernetes:networking.k8s.io/v1:NetworkPolicy")
    .map(({ name, inputs }) => {
      const { metadata, spec } = JSON.parse(JSON.stringify(inputs));
      return {
        resource: name,
        namespace: metadata.namespace,
        labels: spec.podSelector.matchLabels ?? {},
        ingress: spec.ingress ?? [],
        egress: spec.egress ?? [],
      };
    })
    .filter(({ labels }) => Object.keys(labels).length > 0);
}

const includes = (labels: Labels, wanted: Labels) =>
  Object.entries(wanted).every(([key, value]) => labels[key] === value);

/** The recorded pods of a namespace with these labels. */
export function select(pods: readonly RecordedPod[], namespace: string, labels: Labels): RecordedPod[] {
  return pods.filter((pod) => pod.namespace === namespace && includes(pod.labels, labels));
}

/** Ports that a pod's containers name, the number by the name too. */
export function portsOf({ spec }: RecordedPod): ReadonlyMap<number | string, number> {
  const ports = spec.containers.flatMap((container) => container.ports ?? []);
  return new Map(
    ports.flatMap(({ name, containerPort }): [number | string, number][] => [
      [containerPort, containerPort],
      ...(name === undefined ? [] : [[name, containerPort] satisfies [string, number]]),
    ]),
  );
}

/** Pods of a namespace that a policy lets out to, with the port. */
export interface WayOut {
  readonly policy: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly port: number;
}

/** Every way out of the policies to chosen pods. */
export function waysOut(policies: readonly Policy[]): WayOut[] {
  return policies.flatMap(({ resource, namespace, egress }) =>
    egress.flatMap(({ to = [], ports }) =>
      to.flatMap(({ podSelector, namespaceSelector }) =>
        podSelector === undefined
          ? []
          : ports.map(({ port }) => ({
              policy: resource,
              namespace: namespaceSelector?.matchLabels?.[NAMESPACE_LABEL] ?? namespace,
              labels: podSelector.matchLabels ?? {},
              port,
            })),
      ),
    ),
  );
}
