import { describe, expect, it } from "vitest";

import { albAccessLogs } from "../../../policies/rules/elb/alb-access-logs.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:lb/loadBalancer:LoadBalancer";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

describe(albAccessLogs.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    { title: "accepts records in a bucket", props: { accessLogs: { enabled: true, bucket: "records" } }, findings: [] },
    {
      title: "accepts a bucket that is only being made",
      props: { accessLogs: { enabled: true, bucket: UNKNOWN } },
      findings: [],
    },
    {
      title: "rejects records that are off",
      props: { accessLogs: { enabled: false, bucket: "records" } },
      findings: ["accessLogs.enabled is false, required true"],
    },
    {
      title: "rejects a bucket without the switch, which AWS reads as off",
      props: { accessLogs: { bucket: "records" } },
      findings: ["accessLogs.enabled is nothing, required true"],
    },
    {
      title: "rejects a balancer that says nothing",
      props: {},
      findings: ["accessLogs.enabled is nothing, required true"],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { accessLogs: { enabled: UNKNOWN, bucket: "records" } },
      findings: ["undetermined: accessLogs.enabled"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(albAccessLogs, TYPE, props)).toEqual(findings);
    expect(await evaluate(albAccessLogs, TYPE.replace("aws:lb/", "aws:alb/"), props)).toEqual(findings);
  });

  it.each<{ title: string; annotations: Record<string, string>; findings: string[] }>([
    {
      title: "accepts an Ingress that records",
      annotations: { "load-balancer-attributes": "access_logs.s3.enabled=true,access_logs.s3.bucket=records" },
      findings: [],
    },
    {
      title: "rejects an Ingress without attributes",
      annotations: { scheme: "internal" },
      findings: [
        'metadata.annotations["alb.ingress.kubernetes.io/load-balancer-attributes"] is access_logs.s3.enabled nothing, required access_logs.s3.enabled=true',
      ],
    },
    {
      title: "rejects an Ingress without a bucket",
      annotations: { "load-balancer-attributes": "access_logs.s3.enabled=true" },
      findings: [
        'metadata.annotations["alb.ingress.kubernetes.io/load-balancer-attributes"] is access_logs.s3.bucket nothing, required access_logs.s3.bucket with a bucket\'s name',
      ],
    },
  ])("$title", async ({ annotations, findings }) => {
    const prefixed = Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
    );
    expect(
      await evaluate(albAccessLogs, INGRESS, {
        metadata: { annotations: prefixed },
        spec: { ingressClassName: "alb" },
      }),
    ).toEqual(findings);
  });

  it("leaves an Ingress of another controller alone", async () => {
    expect(await evaluate(albAccessLogs, INGRESS, { spec: { ingressClassName: "nginx" } })).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(albAccessLogs, "aws:lb/listenerRule:ListenerRule", {})).toEqual([]);
  });
});
