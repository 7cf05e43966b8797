import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { groupOrder } from "../../../components/workloads/traffic.ts";
import { Workload } from "../../../components/workloads/workload.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { api, contextOf, EDGE, servicesOf, worker } from "../../support/services.ts";

const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const MONITOR = "kubernetes:monitoring.coreos.com/v1:ServiceMonitor";

const make = (service: RunningSettings) =>
  deploy(
    () => new Workload(service.name, { service, context: contextOf(servicesOf([service])), edge: EDGE, after: [] }),
  );

const parsed = (value: unknown) => JSON.parse(JSON.stringify(value));

/** The annotations of the Ingress without the controller's prefix. */
function annotationsOf(resources: readonly Registered[]): Record<string, string> {
  const annotations: Record<string, string> = parsed(only(resources, INGRESS).inputs["metadata"]).annotations;
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [key.replace("alb.ingress.kubernetes.io/", ""), value]),
  );
}

const attributesOf = (text = "") => Object.fromEntries(text.split(",").map((pair) => pair.split("=")));

describe("the way from the world to a service", () => {
  it("speaks TLS 1.2 or newer with forward secrecy, and plain HTTP only to redirect", async () => {
    const annotations = annotationsOf(await make(api()));
    expect(annotations).toMatchObject({
      "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      "ssl-redirect": "443",
      "certificate-arn": "arn:aws:acm:eu-west-1:111122223333:certificate/1",
    });
    expect(JSON.parse(annotations["listen-ports"] ?? "")).toEqual([{ HTTP: 80 }, { HTTPS: 443 }]);
  });

  it("passes the firewall, and admits CloudFront's group only", async () => {
    expect(annotationsOf(await make(api()))).toMatchObject({
      "wafv2-acl-arn": "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/balancer/1",
      "security-groups": "sg-balancer",
      scheme: "internet-facing",
      tags: "exposure=public",
    });
  });

  it("is recorded and lets no request be smuggled; its protection is the class's, else no Ingress could be taken out", async () => {
    expect(attributesOf(annotationsOf(await make(api()))["load-balancer-attributes"])).toEqual({
      "access_logs.s3.enabled": "true",
      "access_logs.s3.bucket": "access-logs",
      "idle_timeout.timeout_seconds": "60",
      "routing.http.desync_mitigation_mode": "defensive",
      "routing.http.drop_invalid_header_fields.enabled": "true",
    });
  });

  it("asks pods for their health where the service is ready, and drains them before they go", async () => {
    const annotations = annotationsOf(await make(api()));
    expect(annotations).toMatchObject({ "healthcheck-path": "/ready", "success-codes": "200", "target-type": "ip" });
    expect(attributesOf(annotations["target-group-attributes"])).toMatchObject({
      "deregistration_delay.timeout_seconds": "30",
    });
  });

  it("serves the origin's host and the row's path, nothing else", async () => {
    expect(parsed(only(await make(api()), INGRESS).inputs["spec"])).toEqual({
      ingressClassName: "alb",
      rules: [
        {
          host: "origin.example.com",
          http: {
            paths: [
              { path: "/api", pathType: "Prefix", backend: { service: { name: "gateway", port: { number: 80 } } } },
            ],
          },
        },
      ],
    });
  });

  it("is one balancer for all services: what concerns it as a whole is the same for each", async () => {
    const shared = [
      "group.name",
      "scheme",
      "tags",
      "listen-ports",
      "ssl-redirect",
      "ssl-policy",
      "certificate-arn",
      "wafv2-acl-arn",
      "security-groups",
      "load-balancer-attributes",
    ];
    const [one, other] = [
      annotationsOf(await make(api())),
      annotationsOf(await make(api({ name: "orders", namespace: "sales", port: 9090, strategy: "canary" }))),
    ];
    for (const name of shared) expect(other[name], name).toBe(one[name]);
    expect(one["group.name"]).toBe("preflight");
  });

  it("gives a canary's new version nothing until Argo Rollouts says so", async () => {
    const resources = await make(api({ strategy: "canary" }));
    // Letter for letter what Argo Rollouts writes at rest; test/kubernetes/releases/recorded.json holds it.
    expect(annotationsOf(resources)["actions.gateway"]).toBe(
      '{"Type":"forward","ForwardConfig":{"TargetGroups":[{"ServiceName":"gateway-canary","ServicePort":"80","Weight":0},{"ServiceName":"gateway","ServicePort":"80","Weight":100}]}}',
    );
    expect(only(resources, INGRESS).ignoreChanges).toEqual([]);
  });

  it("is waited for itself, whatever its pods do", async () => {
    const annotations = annotationsOf(await make(api()));
    expect(annotations["pulumi.com/waitFor"]).toBe("jsonpath={.status.loadBalancer.ingress[0].hostname}");
  });

  it("puts longer paths before shorter ones, whatever the services are called", () => {
    const segment = fc.stringMatching(/^[a-z0-9.-]{1,20}$/);
    const path = fc.array(segment, { maxLength: 3 }).map((parts) => `/${parts.join("/")}`);
    fc.assert(
      fc.property(path, segment, (outer, below) => {
        const inner = `${outer === "/" ? "" : outer}/${below}`;
        fc.pre(inner.length <= 126);
        expect(groupOrder(inner)).toBeLessThan(groupOrder(outer));
        // The controller takes -1000 to 1000.
        for (const order of [groupOrder(inner), groupOrder(outer)]) expect(Math.abs(order)).toBeLessThanOrEqual(1000);
      }),
      { numRuns: 200, seed: 20261128 },
    );
  });

  it("says the order to the balancer", async () => {
    const order = async (path: string) =>
      annotationsOf(await make(api({ traffic: { path, authenticationTier: "browser" } })))["group.order"];
    expect([await order("/api/events"), await order("/api"), await order("/")]).toEqual(["989", "996", "999"]);
  });

  it("does not exist for services without traffic and for workers", async () => {
    expect(ofType(await make(api({ traffic: null })), INGRESS)).toEqual([]);
    expect(ofType(await make(worker()), INGRESS)).toEqual([]);
  });
});

describe("the services of a workload", () => {
  it("are reached inside the cluster only", async () => {
    const services = ofType(await make(api({ strategy: "canary" })), "kubernetes:core/v1:Service");
    expect(services.map(({ inputs }) => [parsed(inputs["metadata"]).name, parsed(inputs["spec"]).type])).toEqual([
      ["gateway", "ClusterIP"],
      ["gateway-canary", "ClusterIP"],
    ]);
  });

  it("are scraped where the row says", async () => {
    expect(parsed(only(await make(worker()), MONITOR).inputs["spec"])).toMatchObject({
      selector: { matchLabels: { "app.kubernetes.io/name": "worker" } },
      endpoints: [{ port: "http", path: "/metrics" }],
    });
  });
});
