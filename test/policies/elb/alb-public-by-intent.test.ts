import { describe, expect, it } from "vitest";

import { albPublicByIntent } from "../../../policies/rules/elb/alb-public-by-intent.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

describe(albPublicByIntent.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    { title: "accepts an internal balancer", props: { internal: true }, findings: [] },
    {
      title: "accepts a public one that says so",
      props: { internal: false, tags: { exposure: "public" } },
      findings: [],
    },
    {
      title: "rejects a public one that does not",
      props: { internal: false },
      findings: ["internal is false, required true, or the tag exposure=public"],
    },
    {
      title: "rejects an absent switch, which AWS reads as public",
      props: {},
      findings: ["internal is nothing, required true, or the tag exposure=public"],
    },
    {
      title: "rejects another value of the tag",
      props: { tags: { exposure: "internal" } },
      findings: ["internal is nothing, required true, or the tag exposure=public"],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { internal: UNKNOWN },
      findings: ["undetermined: internal"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(albPublicByIntent, TYPE, props)).toEqual(findings);
    expect(await evaluate(albPublicByIntent, TYPE.replace("aws:lb/", "aws:alb/"), props)).toEqual(findings);
  });

  it.each<{ title: string; annotations: Record<string, string>; findings: string[] }>([
    {
      title: "accepts an Ingress without a scheme, which is internal",
      annotations: { "target-type": "ip" },
      findings: [],
    },
    {
      title: "accepts a public Ingress that says so",
      annotations: { scheme: "internet-facing", tags: "team=shop,exposure=public" },
      findings: [],
    },
    {
      title: "rejects a public Ingress that does not",
      annotations: { scheme: "internet-facing" },
      findings: [
        'metadata.annotations["alb.ingress.kubernetes.io/scheme"] is internet-facing, required internal, or exposure=public among the annotation tags',
      ],
    },
  ])("$title", async ({ annotations, findings }) => {
    const prefixed = Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
    );
    expect(
      await evaluate(albPublicByIntent, INGRESS, {
        metadata: { annotations: prefixed },
        spec: { ingressClassName: "alb" },
      }),
    ).toEqual(findings);
  });

  it("leaves an Ingress of another controller alone", async () => {
    expect(await evaluate(albPublicByIntent, INGRESS, { spec: { ingressClassName: "nginx" } })).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(albPublicByIntent, "aws:lb/listenerRule:ListenerRule", {})).toEqual([]);
  });
});
