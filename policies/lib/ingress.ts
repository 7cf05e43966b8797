import { isSet } from "./is-set.ts";
import type { Metadata } from "./pod.ts";

const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const INGRESS_PATCH = "kubernetes:networking.k8s.io/v1:IngressPatch";

/** The class of Ingress objects, and what it says for all of them; the controller takes the class's word over theirs. */
export const INGRESS_CLASSES = {
  type: "kubernetes:networking.k8s.io/v1:IngressClass",
  parametersType: "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams",
  controller: "ingress.k8s.aws/alb",
} as const;

/** Types whose annotations make balancers; the patching twin included: without it a patch would bypass the rules. */
export const INGRESSES = [INGRESS, INGRESS_PATCH] as const;

/** Whether a type is one of them. */
export function isIngress(type: string): boolean {
  return type === INGRESS || type === INGRESS_PATCH;
}

/** What rules about balancers read of an Ingress. */
export interface IngressProps {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly ingressClassName?: string;
    /** Of a class: who serves it, and what says more about it. */
    readonly controller?: string;
    readonly parameters?: object;
    /** Of a class's parameters. */
    readonly loadBalancerAttributes?: readonly { readonly key: string; readonly value: string }[];
  };
}

const PREFIX = "alb.ingress.kubernetes.io/";
const CLASS = "alb";

/** The annotation that holds the balancer's attributes. */
export const ATTRIBUTES = "load-balancer-attributes";

/** How an annotation says that there shall be none, of a web ACL for instance. */
const NOTHING = "none";

/** How classes were named before `ingressClassName`; controllers still follow it. */
const OLD_CLASS = "kubernetes.io/ingress.class";

/** The annotation's full key, as findings show it. */
export function annotationKey(name: string): string {
  return `metadata.annotations["${PREFIX}${name}"]`;
}

/**
 * What an Ingress says to the controller that makes balancers of it, with names without their common beginning; undefined
 * when another controller serves it. Reading a value that is unknown ends the check as undetermined; presence does not.
 */
export function balancerAnnotations({ metadata, spec }: IngressProps, type: string): BalancerAnnotations | undefined {
  const annotations = metadata?.annotations ?? {};
  const addressed = Object.keys(annotations).some((key) => key.startsWith(PREFIX)) || annotations[OLD_CLASS] === CLASS;
  if (!addressed && spec?.ingressClassName !== CLASS) return undefined;
  const manages = (name: string) => type === INGRESS || `${PREFIX}${name}` in annotations;
  const pairs = (name: string) => pairsOf(annotations[`${PREFIX}${name}`] ?? "");
  return {
    isSet: (name) => isSet(annotations, `${PREFIX}${name}`, ["", NOTHING]),
    manages,
    get: (name) => annotations[`${PREFIX}${name}`],
    pairs,
    attributes: () => (manages(ATTRIBUTES) ? pairs(ATTRIBUTES) : undefined),
  };
}

export interface BalancerAnnotations {
  /** Present and neither empty nor `none`; a value that is not known yet is set. */
  readonly isSet: (name: string) => boolean;
  /** Whether the object decides on the annotation, so that its absence counts too: a patch manages only what it names. */
  readonly manages: (name: string) => boolean;
  readonly get: (name: string) => string | undefined;
  /** A list of the form `key=value,key=value`. */
  readonly pairs: (name: string) => ReadonlyMap<string, string>;
  /** The balancer's attributes by their keys; undefined in a patch that leaves them as they are. */
  readonly attributes: () => ReadonlyMap<string, string> | undefined;
}

function pairsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(",").map((pair): [string, string] => {
      const [key = "", ...value] = pair.split("=");
      return [key.trim(), value.join("=").trim()];
    }),
  );
}

/** Whether the balancer has public addresses; without the annotation it is internal. */
export function isPublic(annotations: BalancerAnnotations): boolean {
  return annotations.get("scheme") === "internet-facing";
}

export interface ListenPort {
  readonly protocol: string;
  readonly port: number;
}

/**
 * The listeners of `listen-ports`, for instance `[{"HTTP":80},{"HTTPS":443}]`; undefined when the text is not such a list.
 * Absent, the controller makes one: for HTTPS when the Ingress names a certificate, else for HTTP.
 */
export function listenPorts(annotations: BalancerAnnotations): readonly ListenPort[] | undefined {
  const text = annotations.get("listen-ports");
  if (text === undefined)
    return [annotations.isSet("certificate-arn") ? { protocol: "HTTPS", port: 443 } : { protocol: "HTTP", port: 80 }];
  const list = parse(text);
  if (!Array.isArray(list) || list.length === 0) return undefined;
  const ports = list.flatMap(portsOf);
  return ports.some(({ port }) => !Number.isInteger(port)) ? undefined : ports;
}

/** Entries that are none have a port that is no number. */
function portsOf(entry: unknown): ListenPort[] {
  const pairs: readonly (readonly [string, unknown])[] =
    typeof entry === "object" && entry !== null ? Object.entries(entry) : [["", undefined]];
  return pairs.map(([protocol, port]) => ({ protocol, port: typeof port === "number" ? port : Number.NaN }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
