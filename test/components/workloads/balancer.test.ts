import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { balancerPermissions } from "../../../components/cluster-services/balancer-permissions.ts";
import { Workloads } from "../../../components/workloads/workloads.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { api, contextOf, EDGE, servicesOf } from "../../support/services.ts";

const CLASS = "kubernetes:networking.k8s.io/v1:IngressClass";
const PARAMETERS = "kubernetes:elbv2.k8s.aws/v1beta1:IngressClassParams";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";

let resources: Registered[];
let unmeasured: readonly string[];
let annotations: Readonly<Record<string, string>>;
const parsed = (value: unknown) => JSON.parse(JSON.stringify(value));
beforeAll(async () => {
  const catalogue = [api({ strategy: "canary" }), api({ name: "prices", traffic: null })];
  resources = await deploy(() => {
    ({ unmeasured } = new Workloads("services", { ...contextOf(servicesOf(catalogue)), edge: EDGE }));
  });
  annotations = parsed(only(resources, INGRESS).inputs["metadata"]).annotations;
});

describe("the class of the Ingress objects", () => {
  const spec = () => parsed(only(resources, PARAMETERS).inputs["spec"]);

  it("says all that concerns the balancer and may change, so that members never disagree", () => {
    expect(spec()).toEqual({
      group: { name: "preflight" },
      scheme: "internet-facing",
      ipAddressType: "ipv4",
      certificateArn: ["arn:aws:acm:eu-west-1:111122223333:certificate/1"],
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      sslRedirectPort: "443",
      wafv2AclArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/balancer/1",
      tags: [{ key: "exposure", value: "public" }],
      loadBalancerAttributes: [
        { key: "access_logs.s3.enabled", value: "true" },
        { key: "access_logs.s3.bucket", value: "access-logs" },
        { key: "idle_timeout.timeout_seconds", value: "60" },
        { key: "routing.http.desync_mitigation_mode", value: "defensive" },
        { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
        { key: "deletion_protection.enabled", value: "true" },
      ],
    });
  });

  it("says the same as each member, but for the protection that no member could leave", () => {
    const own = (name: string) => annotations[`alb.ingress.kubernetes.io/${name}`];
    expect(own("scheme")).toBe(spec().scheme);
    expect(own("certificate-arn")).toBe(spec().certificateArn[0]);
    expect(own("ssl-policy")).toBe(spec().sslPolicy);
    expect(own("wafv2-acl-arn")).toBe(spec().wafv2AclArn);
    const said: { key: string; value: string }[] = spec().loadBalancerAttributes;
    expect(own("load-balancer-attributes")?.split(",")).toEqual(
      said.filter(({ key }) => key !== "deletion_protection.enabled").map(({ key, value }) => `${key}=${value}`),
    );
  });

  it("is there before the Ingress objects, and its parameters before it", () => {
    expect(only(resources, CLASS).inputs["spec"]).toEqual({
      controller: "ingress.k8s.aws/alb",
      parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: "alb" },
    });
    expect(only(resources, CLASS).dependencies).toContain(`${PARAMETERS}::services-balancer`);
    expect(only(resources, INGRESS).dependencies).toContain(`${CLASS}::services-balancer`);
  });
});

describe("the right to delete the balancer", () => {
  const changes = (keepBalancer: boolean) =>
    balancerPermissions({
      environment: ENVIRONMENT,
      clusterName: "preflight-staging",
      vpcId: pulumi.output("vpc-1"),
      keepBalancer,
    }).flatMap(({ Action }) => [Action].flat());

  it("is its controller's only before a teardown", () => {
    expect(changes(true)).not.toContain("elasticloadbalancing:DeleteLoadBalancer");
    expect(changes(false)).toContain("elasticloadbalancing:DeleteLoadBalancer");
    // Without it no change of the balancer would reach it.
    expect(changes(true)).toContain("elasticloadbalancing:ModifyLoadBalancerAttributes");
    expect(changes(true)).toContain("elasticloadbalancing:DeleteRule");
  });
});

describe("releases that nothing measures", () => {
  it("are named as long as there is no Prometheus: canaries and blue-green ones", () => {
    expect(unmeasured).toEqual(["gateway"]);
  });

  it("are none with one", async () => {
    let named: readonly string[] = ["?"];
    await deploy(() => {
      const context = { ...contextOf(servicesOf([api({ strategy: "canary" })])), prometheus: "http://prometheus:9090" };
      named = new Workloads("services", { ...context, edge: EDGE }).unmeasured;
    });
    expect(named).toEqual([]);
  });
});
