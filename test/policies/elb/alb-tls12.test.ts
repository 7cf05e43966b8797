import { describe, expect, it } from "vitest";

import { albTls12 } from "../../../policies/rules/elb/alb-tls12.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:lb/listener:Listener";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

describe(albTls12.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts a policy with TLS 1.2",
      props: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      findings: [],
    },
    { title: "accepts plain HTTP, which another rule judges", props: { protocol: "HTTP" }, findings: [] },
    {
      title: "rejects a policy with TLS 1.1",
      props: { protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-1-2021-06" },
      findings: [
        "sslPolicy is ELBSecurityPolicy-TLS13-1-1-2021-06, required a policy with TLS 1.2 or newer only, for instance ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      ],
    },
    {
      title: "rejects an absent policy, for which AWS takes one with TLS 1.0",
      props: { protocol: "TLS" },
      findings: [
        "sslPolicy is nothing, required a policy with TLS 1.2 or newer only, for instance ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      ],
    },
    {
      title: "is undetermined while the policy is unknown",
      props: { protocol: "HTTPS", sslPolicy: UNKNOWN },
      findings: ["undetermined: sslPolicy"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(albTls12, TYPE, props)).toEqual(findings);
    expect(await evaluate(albTls12, TYPE.replace("aws:lb/", "aws:alb/"), props)).toEqual(findings);
  });

  it.each<{ title: string; annotations: Record<string, string>; findings: string[] }>([
    {
      title: "accepts an Ingress with such a policy",
      annotations: { "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06" },
      findings: [],
    },
    {
      title: "rejects an Ingress without one",
      annotations: { scheme: "internal" },
      findings: [
        'metadata.annotations["alb.ingress.kubernetes.io/ssl-policy"] is nothing, required a policy with TLS 1.2 or newer only, for instance ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09',
      ],
    },
  ])("$title", async ({ annotations, findings }) => {
    const prefixed = Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
    );
    expect(
      await evaluate(albTls12, INGRESS, { metadata: { annotations: prefixed }, spec: { ingressClassName: "alb" } }),
    ).toEqual(findings);
  });

  it("leaves an Ingress of another controller alone", async () => {
    expect(await evaluate(albTls12, INGRESS, { spec: { ingressClassName: "nginx" } })).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(albTls12, "aws:lb/listenerRule:ListenerRule", {})).toEqual([]);
  });
});
