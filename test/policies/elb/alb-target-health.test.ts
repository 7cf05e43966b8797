import { describe, expect, it } from "vitest";

import { albTargetHealth } from "../../../policies/rules/elb/alb-target-health.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:lb/targetGroup:TargetGroup";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

describe(albTargetHealth.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts a path of its own",
      props: { protocol: "HTTP", healthCheck: { path: "/healthz" } },
      findings: [],
    },
    { title: "accepts a function, which nobody asks", props: { targetType: "lambda" }, findings: [] },
    { title: "accepts TCP, which knows no paths", props: { protocol: "TCP" }, findings: [] },
    {
      title: "rejects an absent path, which AWS reads as the root",
      props: { protocol: "HTTP" },
      findings: ["healthCheck.path is nothing, required a path that answers for the service's health"],
    },
    {
      title: "rejects TCP whose health is asked over HTTP without a path",
      props: { protocol: "TCP", healthCheck: { protocol: "HTTP" } },
      findings: ["healthCheck.path is nothing, required a path that answers for the service's health"],
    },
    {
      title: "rejects checks that are off",
      props: { protocol: "HTTP", healthCheck: { enabled: false, path: "/healthz" } },
      findings: ["healthCheck.enabled is false, required true or absent"],
    },
    {
      title: "is undetermined while the check is unknown",
      props: { protocol: "HTTP", healthCheck: UNKNOWN },
      findings: ["undetermined: healthCheck"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(albTargetHealth, TYPE, props)).toEqual(findings);
    expect(await evaluate(albTargetHealth, TYPE.replace("aws:lb/", "aws:alb/"), props)).toEqual(findings);
  });

  it.each<{ title: string; annotations: Record<string, string>; findings: string[] }>([
    { title: "accepts an Ingress with a path", annotations: { "healthcheck-path": "/healthz" }, findings: [] },
    {
      title: "rejects an Ingress without one",
      annotations: { scheme: "internal" },
      findings: [
        'metadata.annotations["alb.ingress.kubernetes.io/healthcheck-path"] is nothing, required a path that answers for the service\'s health',
      ],
    },
  ])("$title", async ({ annotations, findings }) => {
    const prefixed = Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
    );
    expect(
      await evaluate(albTargetHealth, INGRESS, {
        metadata: { annotations: prefixed },
        spec: { ingressClassName: "alb" },
      }),
    ).toEqual(findings);
  });

  it("leaves an Ingress of another controller alone", async () => {
    expect(await evaluate(albTargetHealth, INGRESS, { spec: { ingressClassName: "nginx" } })).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(albTargetHealth, "aws:lb/listenerRule:ListenerRule", {})).toEqual([]);
  });
});
