import { describe, expect, it } from "vitest";

import { k8sIngressTls } from "../../../policies/rules/kubernetes/k8s-ingress-tls.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const ALB = {
  "alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-west-1:111122223333:certificate/1",
  "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
  "alb.ingress.kubernetes.io/ssl-redirect": "443",
};
const ingress = (annotations: unknown, spec: Record<string, unknown> = {}) => ({
  metadata: { annotations },
  spec: { rules: [{ host: "shop.example.com" }], ...spec },
});
const { "alb.ingress.kubernetes.io/ssl-redirect": redirect, ...WITHOUT_REDIRECT } = ALB;
const WITHOUT_TLS = [
  "spec.rules[0].host is shop.example.com without TLS, required a certificate with redirect, or an entry in spec.tls",
];

describe(k8sIngressTls.name, () => {
  it.each([
    { title: "accepts a certificate with redirect", props: ingress(ALB), findings: [] },
    {
      title: "accepts HTTPS alone without redirect",
      props: ingress({ ...WITHOUT_REDIRECT, "alb.ingress.kubernetes.io/listen-ports": '[{"HTTPS":443}]' }),
      findings: [],
    },
    {
      title: "accepts a certificate of the same deployment",
      props: ingress({ ...ALB, "alb.ingress.kubernetes.io/certificate-arn": UNKNOWN }),
      findings: [],
    },
    {
      title: "accepts hosts covered by spec.tls",
      props: ingress({}, { tls: [{ hosts: ["shop.example.com"] }] }),
      findings: [],
    },
    { title: "rejects plain HTTP", props: ingress({}), findings: WITHOUT_TLS },
    { title: "rejects absent annotations", props: ingress(undefined), findings: WITHOUT_TLS },
    { title: "rejects HTTP beside HTTPS without redirect", props: ingress(WITHOUT_REDIRECT), findings: WITHOUT_TLS },
    {
      title: "rejects a wildcard host",
      props: ingress(ALB, { rules: [{ host: "*.example.com" }] }),
      findings: ["spec.rules[0].host is *.example.com, required a host by name"],
    },
    {
      title: "rejects snippets",
      props: ingress({ ...ALB, "nginx.ingress.kubernetes.io/server-snippet": "x" }),
      findings: ["metadata.annotations.nginx.ingress.kubernetes.io/server-snippet is a snippet, required none"],
    },
    {
      title: "is undetermined while the rules are unknown",
      props: ingress(ALB, { rules: UNKNOWN }),
      findings: ["undetermined: spec.rules"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(redirect).toBe("443");
    expect(await evaluate(k8sIngressTls, INGRESS, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(k8sIngressTls, "kubernetes:core/v1:Service", ingress({}))).toEqual([]);
  });
});
