import { show } from "../../../core/finding.ts";
import type { Metadata } from "../../lib/pod.ts";
import { resourceRule } from "../../lib/rule.ts";

interface IngressProps {
  readonly metadata?: Metadata;
  readonly spec?: {
    readonly rules?: readonly { readonly host?: string }[];
    readonly tls?: readonly { readonly hosts?: readonly string[] }[];
  };
}

const CERTIFICATE = "alb.ingress.kubernetes.io/certificate-arn";
const PORTS = "alb.ingress.kubernetes.io/listen-ports";
const REDIRECT = "alb.ingress.kubernetes.io/ssl-redirect";

/** Annotations that put text of anyone who may write an Ingress into the controller's configuration. */
const SNIPPET = /(^|\/)(configuration|server|auth|stream|modsecurity)-snippet$/;

export const k8sIngressTls = resourceRule<IngressProps>({
  name: "k8s-ingress-tls",
  description:
    "Every host of an Ingress is served with TLS and plain HTTP only redirects; no wildcard host, no snippets.",
  severity: "high",
  checklist: ["SEC-01", "SEC-02"],
  url: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/",
  remediation: `Give the Ingress ${CERTIFICATE} and ${REDIRECT}, or spec.tls for each host.`,
  types: ["kubernetes:networking.k8s.io/v1:Ingress", "kubernetes:networking.k8s.io/v1:IngressPatch"],
  check({ metadata, spec }, report) {
    const annotations = metadata?.annotations ?? {};
    // HTTPS alone needs no redirect; the group's first Ingress may bring it.
    const httpsOnly = /HTTPS/.test(annotations[PORTS] ?? "") && !/"HTTP"/.test(annotations[PORTS] ?? "");
    const balancerTls = CERTIFICATE in annotations && (httpsOnly || annotations[REDIRECT] === "443");
    const covered = new Set((spec?.tls ?? []).flatMap(({ hosts }) => hosts ?? []));
    for (const [index, { host }] of (spec?.rules ?? []).entries()) {
      if (host === undefined || host.startsWith("*")) {
        report({ property: `spec.rules[${index}].host`, found: show(host), required: "a host by name" });
      }
      if (!balancerTls && !covered.has(host ?? "")) {
        report({
          property: `spec.rules[${index}].host`,
          found: `${show(host)} without TLS`,
          required: `a certificate with redirect, or an entry in spec.tls`,
        });
      }
    }
    for (const key of Object.keys(annotations).filter((name) => SNIPPET.test(name))) {
      report({ property: `metadata.annotations.${key}`, found: "a snippet", required: "none" });
    }
  },
});
