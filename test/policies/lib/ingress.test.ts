import { describe, expect, it } from "vitest";

import { ATTRIBUTES, INGRESS_PATCH, ingressWith, judgeIngress, key, prefixed } from "../../support/ingress.ts";

describe("an Ingress of the controller that makes balancers", () => {
  it("is recognised by its class, by the old annotation of the class, and by the controller's annotations", async () => {
    for (const props of [
      { spec: { ingressClassName: "alb" } },
      { metadata: { annotations: { "kubernetes.io/ingress.class": "alb" } } },
      { metadata: { annotations: prefixed({ "target-type": "ip" }) } },
    ]) {
      expect((await judgeIngress(props)).length).toBeGreaterThan(3);
    }
  });

  it("leaves the Ingress of another controller alone", async () => {
    expect(
      await judgeIngress({
        metadata: { annotations: { "nginx.ingress.kubernetes.io/ssl-redirect": "false" } },
        spec: { ingressClassName: "nginx" },
      }),
    ).toEqual([]);
    expect(await judgeIngress({ spec: { rules: [] } })).toEqual([]);
  });
});

describe("a patch of such an Ingress", () => {
  it("says nothing of what it does not name", async () => {
    expect(await judgeIngress(ingressWith({ "group.order": "10" }), INGRESS_PATCH)).toEqual([]);
  });

  it("is judged in what it names", async () => {
    expect(
      await judgeIngress(
        ingressWith({
          "listen-ports": '[{"HTTP":80}]',
          "ssl-policy": "ELBSecurityPolicy-2016-08",
          [ATTRIBUTES]: "idle_timeout.timeout_seconds=60",
          "healthcheck-path": "",
        }),
        INGRESS_PATCH,
      ),
    ).toHaveLength(5);
  });

  it("brings the intent and the web ACL when it makes a balancer public", async () => {
    expect(await judgeIngress(ingressWith({ scheme: "internet-facing" }), INGRESS_PATCH)).toEqual([
      `${key("scheme")} is internet-facing, required internal, or exposure=public among the annotation tags`,
      `web: ${key("wafv2-acl-arn")} is nothing, required a web ACL`,
    ]);
  });
});
