import { describe, expect, it } from "vitest";

import { albHardening } from "../../../policies/rules/elb/alb-hardening.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

describe(albHardening.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    {
      title: "accepts a hardened balancer",
      props: { dropInvalidHeaderFields: true, enableDeletionProtection: true, desyncMitigationMode: "strictest" },
      findings: [],
    },
    {
      title: "accepts an absent mode, which AWS reads as defensive",
      props: { dropInvalidHeaderFields: true, enableDeletionProtection: true },
      findings: [],
    },
    {
      title: "accepts a network balancer, which sees no headers",
      props: { loadBalancerType: "network", enableDeletionProtection: true },
      findings: [],
    },
    {
      title: "rejects what is off when absent",
      props: {},
      findings: [
        "enableDeletionProtection is nothing, required true",
        "dropInvalidHeaderFields is nothing, required true",
      ],
    },
    {
      title: "rejects a mode that only watches",
      props: { dropInvalidHeaderFields: true, enableDeletionProtection: true, desyncMitigationMode: "monitor" },
      findings: ["desyncMitigationMode is monitor, required defensive or strictest"],
    },
    {
      title: "is undetermined while the protection is unknown",
      props: { enableDeletionProtection: UNKNOWN },
      findings: ["undetermined: enableDeletionProtection"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(albHardening, TYPE, props)).toEqual(findings);
    expect(await evaluate(albHardening, TYPE.replace("aws:lb/", "aws:alb/"), props)).toEqual(findings);
  });

  it.each<{ title: string; annotations: Record<string, string>; findings: string[] }>([
    {
      title: "accepts a hardened Ingress",
      annotations: {
        "load-balancer-attributes":
          "idle_timeout.timeout_seconds=60, routing.http.drop_invalid_header_fields.enabled=true",
      },
      findings: [],
    },
    {
      title: "rejects an Ingress that its controller could not take out of the group",
      annotations: {
        "load-balancer-attributes":
          "routing.http.drop_invalid_header_fields.enabled=true,deletion_protection.enabled=true",
      },
      findings: [
        'metadata.annotations["alb.ingress.kubernetes.io/load-balancer-attributes"] is deletion_protection.enabled true, required it in the class\'s IngressClassParams instead',
      ],
    },
    {
      title: "rejects an Ingress that only watches for smuggled requests",
      annotations: {
        "load-balancer-attributes":
          "routing.http.drop_invalid_header_fields.enabled=true,routing.http.desync_mitigation_mode=monitor",
      },
      findings: [
        'metadata.annotations["alb.ingress.kubernetes.io/load-balancer-attributes"] is routing.http.desync_mitigation_mode monitor, required defensive or strictest',
      ],
    },
  ])("$title", async ({ annotations, findings }) => {
    const prefixed = Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
    );
    expect(
      await evaluate(albHardening, INGRESS, { metadata: { annotations: prefixed }, spec: { ingressClassName: "alb" } }),
    ).toEqual(findings);
  });

  describe("asks the class whose balancer one call could delete", () => {
    const CLASS = "kubernetes:networking.k8s.io/v1:IngressClass";
    const PARAMETERS = "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams";
    const parameters = { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: "alb" };
    const attribute = (value: string) => ({
      spec: { loadBalancerAttributes: [{ key: "deletion_protection.enabled", value }] },
    });

    it.each<{ type: string; props: Record<string, unknown>; findings: string[] }>([
      { type: PARAMETERS, props: attribute("true"), findings: [] },
      {
        type: PARAMETERS,
        props: attribute("false"),
        findings: [
          "spec.loadBalancerAttributes is deletion_protection.enabled false, required deletion_protection.enabled=true",
        ],
      },
      {
        type: PARAMETERS,
        props: { spec: { scheme: "internal" } },
        findings: [
          "spec.loadBalancerAttributes is deletion_protection.enabled nothing, required deletion_protection.enabled=true",
        ],
      },
      { type: CLASS, props: { spec: { controller: "ingress.k8s.aws/alb", parameters } }, findings: [] },
      {
        type: CLASS,
        props: { spec: { controller: "ingress.k8s.aws/alb" } },
        findings: ["spec.parameters is nothing, required IngressClassParams with deletion_protection.enabled=true"],
      },
      { type: CLASS, props: { spec: { controller: "k8s.io/ingress-nginx" } }, findings: [] },
    ])("$type $props", async ({ type, props, findings }) => {
      expect(await evaluate(albHardening, type, props)).toEqual(findings);
    });
  });

  it("leaves an Ingress of another controller alone", async () => {
    expect(await evaluate(albHardening, INGRESS, { spec: { ingressClassName: "nginx" } })).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(albHardening, "aws:lb/listenerRule:ListenerRule", {})).toEqual([]);
  });
});
