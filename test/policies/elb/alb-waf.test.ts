import { describe, expect, it } from "vitest";

import { albWaf } from "../../../policies/rules/elb/alb-waf.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const balancer = (props: Record<string, unknown> = {}, type = "aws:lb/loadBalancer:LoadBalancer") => ({
  type,
  name: "balancer",
  props,
});
const association = {
  type: "aws:wafv2/webAclAssociation:WebAclAssociation",
  name: "association",
  refers: { resourceArn: ["balancer"] },
};
const ingress = (annotations: Record<string, string>) => ({
  type: "kubernetes:networking.k8s.io/v1:Ingress",
  name: "ingress",
  props: {
    metadata: {
      annotations: Object.fromEntries(
        Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
      ),
    },
  },
});

describe(albWaf.name, () => {
  it("accepts a public balancer with a web ACL", async () => {
    expect(await evaluateStack(albWaf, [balancer({ internal: false }), association])).toEqual([]);
  });

  it("accepts an internal balancer and a network balancer without one", async () => {
    expect(await evaluateStack(albWaf, [balancer({ internal: true })])).toEqual([]);
    expect(await evaluateStack(albWaf, [balancer({ loadBalancerType: "network" })])).toEqual([]);
  });

  it("rejects a balancer that does not say whether it is public, which AWS reads as public", async () => {
    for (const type of ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"]) {
      expect(await evaluateStack(albWaf, [balancer({}, type)])).toEqual([
        "balancer: (web ACL) is nothing, required a web ACL",
      ]);
    }
  });

  it("accepts a public Ingress with a web ACL, also one that is only being made, and an internal one without", async () => {
    expect(await evaluateStack(albWaf, [ingress({ scheme: "internet-facing", "wafv2-acl-arn": UNKNOWN })])).toEqual([]);
    expect(await evaluateStack(albWaf, [ingress({ scheme: "internal" })])).toEqual([]);
  });

  it("rejects a public Ingress without a web ACL", async () => {
    expect(await evaluateStack(albWaf, [ingress({ scheme: "internet-facing" })])).toEqual([
      'ingress: metadata.annotations["alb.ingress.kubernetes.io/wafv2-acl-arn"] is nothing, required a web ACL',
    ]);
  });

  it("is undetermined while nobody knows whether the balancer is public", async () => {
    expect(await evaluateStack(albWaf, [balancer({ internal: UNKNOWN })])).toEqual(["undetermined: internal"]);
  });

  it("leaves a stack without balancers alone", async () => {
    expect(await evaluateStack(albWaf, [{ type: "aws:s3/bucket:Bucket", name: "bucket" }])).toEqual([]);
  });
});
