import { describe, expect, it } from "vitest";

import { k8sServiceExposure } from "../../../policies/rules/kubernetes/k8s-service-exposure.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const SERVICE = "kubernetes:core/v1:Service";
const INTERNAL = { annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internal" } };
const REQUIRED =
  "required ClusterIP, or LoadBalancer with the annotation service.beta.kubernetes.io/aws-load-balancer-scheme=internal";

describe(k8sServiceExposure.name, () => {
  it.each([
    { title: "accepts an absent type, which Kubernetes reads as ClusterIP", props: { spec: {} }, findings: [] },
    {
      title: "accepts an internal balancer",
      props: { metadata: INTERNAL, spec: { type: "LoadBalancer" } },
      findings: [],
    },
    {
      title: "rejects a public balancer",
      props: { spec: { type: "LoadBalancer" } },
      findings: [`spec.type is LoadBalancer, ${REQUIRED}`],
    },
    {
      title: "rejects a port on every node, annotated or not",
      props: { metadata: INTERNAL, spec: { type: "NodePort" } },
      findings: [`spec.type is NodePort, ${REQUIRED}`],
    },
    {
      title: "rejects external addresses",
      props: { spec: { externalIPs: ["203.0.113.1"] } },
      findings: ["spec.externalIPs is 1, required none"],
    },
    {
      title: "is undetermined while the type is unknown",
      props: { spec: { type: UNKNOWN } },
      findings: ["undetermined: spec.type"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(k8sServiceExposure, SERVICE, props)).toEqual(findings);
    expect(await evaluate(k8sServiceExposure, `${SERVICE}Patch`, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(k8sServiceExposure, "kubernetes:core/v1:Pod", { spec: { type: "NodePort" } })).toEqual([]);
  });
});
