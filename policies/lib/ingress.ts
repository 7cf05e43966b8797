import type { Metadata } from "./pod.ts";

export const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

/** What rules about balancers read of an Ingress. */
export interface IngressProps {
  readonly metadata?: Metadata;
  readonly spec?: { readonly ingressClassName?: string };
}

const PREFIX = "alb.ingress.kubernetes.io/";

/** The annotation's full key, as findings show it. */
export function annotationKey(name: string): string {
  return `metadata.annotations["${PREFIX}${name}"]`;
}

/**
 * What an Ingress says to the controller that makes balancers of it, with names without their common beginning; undefined
 * when another controller serves it. Reading a value that is unknown ends the check as undetermined; presence does not.
 */
export function balancerAnnotations({ metadata, spec }: IngressProps): BalancerAnnotations | undefined {
  const annotations = metadata?.annotations ?? {};
  const addressed = Object.keys(annotations).some((key) => key.startsWith(PREFIX));
  if (!addressed && spec?.ingressClassName !== "alb") return undefined;
  return {
    has: (name) => `${PREFIX}${name}` in annotations,
    get: (name) => annotations[`${PREFIX}${name}`],
    pairs: (name) => new Map((annotations[`${PREFIX}${name}`] ?? "").split(",").map((pair): [string, string] => {
      const [key = "", ...value] = pair.split("=");
      return [key.trim(), value.join("=").trim()];
    })),
  };
}

export interface BalancerAnnotations {
  readonly has: (name: string) => boolean;
  readonly get: (name: string) => string | undefined;
  /** A list of the form `key=value,key=value`. */
  readonly pairs: (name: string) => ReadonlyMap<string, string>;
}

/** Whether the balancer has public addresses; without the annotation it is internal. */
export function isPublic(annotations: BalancerAnnotations): boolean {
  return annotations.get("scheme") === "internet-facing";
}
