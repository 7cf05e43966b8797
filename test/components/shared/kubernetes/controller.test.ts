import { ConfigMap, Namespace } from "@pulumi/kubernetes/core/v1/index.js";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import type { ControllerArgs, ControllerPlace } from "../../../../components/shared/kubernetes/controller.ts";
import { createController } from "../../../../components/shared/kubernetes/controller.ts";
import type { Registered } from "../../../support/cloud.ts";
import { deploy, ofType, only } from "../../../support/cloud.ts";
import { ENVIRONMENT } from "../../../support/environment.ts";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const NETWORK_POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const ASSOCIATION = "aws:eks/podIdentityAssociation:PodIdentityAssociation";

const chart = { chart: "scraper", version: "1.2.3", repository: "https://charts.example.com" };
const args: Omit<ControllerArgs, "after"> = {
  part: "scraper",
  chart,
  values: { serviceAccount: { name: "scraper" } },
  traffic: { metricsPort: 9100 },
};

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    const place: ControllerPlace = {
      environment: ENVIRONMENT,
      cluster: { name: pulumi.output("preflight-staging"), apiServerCidrs: ["172.20.0.1/32"] },
      network: {
        cidrBlock: "10.20.0.0/16",
        privateCidrBlocks: ["10.20.0.0/19"],
        isolatedCidrBlocks: ["10.20.24.0/22"],
      },
      namespaceName: "watching",
      namespace: new Namespace("watching", { metadata: { name: "watching" } }).metadata.name,
    };
    const after = [new ConfigMap("kinds", {})];
    createController(
      "with-aws",
      {
        ...args,
        aws: {
          description: "Sees queues",
          statements: [{ Sid: "See", Effect: "Allow", Action: "sqs:ListQueues", Resource: "*" }],
        },
        traffic: { metricsPort: 9100, callsAws: true },
        otherParts: { webhook: { part: "scraper-webhook", metricsPort: 9101, calledAt: [9443] } },
        after,
      },
      place,
      {},
    );
    createController("alone", { ...args, after }, place, {});
  });
});

const policy = (name: string) => only(resources, NETWORK_POLICY, name).inputs;
const ports = (name: string, direction: "ingress" | "egress") =>
  (policy(name)["spec"] as Record<string, { ports: { port: number }[] }[]>)[direction]?.map((rule) =>
    rule.ports.map(({ port }) => port),
  );

describe("createController", () => {
  it("starts the pods after what they use, their identity and the traffic of every part", () => {
    expect(only(resources, RELEASE, "with-aws").dependencies).toEqual(
      expect.arrayContaining([
        "kubernetes:core/v1:ConfigMap::kinds",
        `${ASSOCIATION}::with-aws`,
        `${NETWORK_POLICY}::with-aws`,
        `${NETWORK_POLICY}::with-aws-webhook`,
        "kubernetes:core/v1:Namespace::watching",
      ]),
    );
  });

  it("binds the identity to the service account in the namespace of the release", () => {
    expect(only(resources, ASSOCIATION).inputs).toMatchObject({ namespace: "watching", serviceAccount: "scraper" });
    expect(only(resources, RELEASE, "with-aws").inputs["namespace"]).toBe("watching");
  });

  it("gives no identity to what does nothing with AWS, and no way there", () => {
    expect(ofType(resources, "aws:iam/role:Role").map(({ name }) => name)).toEqual(["with-aws"]);
    expect(ports("alone", "egress")).toEqual([[443]]);
    expect(ports("with-aws", "egress")).toEqual([[443], [443], [443]]);
  });

  it("lets Prometheus in to every part, and the API server only where it calls", () => {
    expect(ports("alone", "ingress")).toEqual([[9100]]);
    expect(ports("with-aws-webhook", "ingress")).toEqual([[9101], [9443]]);
    expect(policy("with-aws-webhook")["spec"]).toMatchObject({
      podSelector: { matchLabels: { "preflight.dev/controller": "scraper-webhook" } },
    });
  });
});
