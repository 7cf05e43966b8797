import { Addon } from "@pulumi/aws/eks/index.js";
import { Provider } from "@pulumi/kubernetes/provider.js";
import { beforeAll, describe, expect, it } from "vitest";

import { Namespaces } from "../../components/namespaces.ts";
import { inClusterOptions } from "../../components/shared/kubernetes/in-cluster-options.ts";
import {
  allow,
  fromCidrBlocks,
  fromPods,
  toApiServer,
  toDataTier,
  toInterfaceEndpoints,
  toInternetHttps,
  toPods,
} from "../../components/shared/kubernetes/network-policies.ts";
import type { NamespaceSettings } from "../../config/blocks/namespaces.ts";
import type { Registered } from "../support/cloud.ts";
import { deploy, ofType, only } from "../support/cloud.ts";
import { ENVIRONMENT } from "../support/environment.ts";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const SHOP: NamespaceSettings = {
  owner: "shop",
  tier: "application",
  podSecurity: "restricted",
  podSecurityReason: "",
  quota: { pods: 80, cpuRequestCores: 16, memoryRequestGiB: 32, memoryLimitGiB: 64, volumes: 10, storageGiB: 100 },
  containerDefaults: { cpuRequestMillicores: 50, memoryRequestMiB: 128, memoryLimitMiB: 256, maxMemoryMiB: 4096 },
};

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    const agents: NamespaceSettings = {
      ...SHOP,
      tier: "platform",
      podSecurity: "baseline",
      podSecurityReason: "collectors bind host ports",
    };
    const namespaces = new Namespaces("namespaces", { environment: ENVIRONMENT, settings: { shop: SHOP, agents } });
    allow(
      "api",
      {
        namespace: namespaces.names["shop"] ?? "",
        policyName: "api",
        podLabels: { app: "api" },
        ingress: [fromCidrBlocks(["10.20.28.0/22"], 8080), fromPods("monitoring", { app: "prometheus" }, 9090)],
        egress: [
          toDataTier(["10.20.24.0/22"], 5432),
          toInternetHttps("10.20.0.0/16"),
          toApiServer(["172.20.0.1/32"]),
          toInterfaceEndpoints(["10.20.0.0/19"]),
          toPods("tracing", { app: "collector" }, 4317),
        ],
      },
      {},
    );
  });
});

describe("Namespaces", () => {
  it("enforce Pod Security at a pinned version and say whose they are", () => {
    expect(ofType(resources, NAMESPACE)).toHaveLength(2);
    expect(only(resources, NAMESPACE, "namespaces-shop").inputs["metadata"]).toEqual({
      name: "shop",
      labels: {
        owner: "shop",
        tier: "application",
        environment: "staging",
        "pod-security.kubernetes.io/enforce": "restricted",
        "pod-security.kubernetes.io/enforce-version": "v1.35",
        "pod-security.kubernetes.io/warn": "restricted",
        "pod-security.kubernetes.io/warn-version": "v1.35",
        "pod-security.kubernetes.io/audit": "restricted",
        "pod-security.kubernetes.io/audit-version": "v1.35",
        "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
      },
    });
  });

  it("still warn of what the strict level would refuse where less is enforced", () => {
    expect(only(resources, NAMESPACE, "namespaces-agents").inputs["metadata"]).toMatchObject({
      labels: { "pod-security.kubernetes.io/enforce": "baseline", "pod-security.kubernetes.io/warn": "restricted" },
    });
  });

  it("gate the readiness of pods by the balancer where services run, and only there", () => {
    const gate = "elbv2.k8s.aws/pod-readiness-gate-inject";
    expect(only(resources, NAMESPACE, "namespaces-shop").inputs).toHaveProperty(
      ["metadata", "labels", gate],
      "enabled",
    );
    expect(only(resources, NAMESPACE, "namespaces-agents").inputs).not.toHaveProperty(["metadata", "labels", gate]);
  });

  it("deny all traffic but the name service and the Pod Identity agent", () => {
    expect(ofType(resources, POLICY)).toHaveLength(5);
    expect(only(resources, POLICY, "namespaces-shop-default-deny").inputs["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Ingress", "Egress"],
    });
    expect(only(resources, POLICY, "namespaces-shop-allow-basics").inputs["spec"]).toEqual({
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { protocol: "UDP", port: 53 },
            { protocol: "TCP", port: 53 },
          ],
        },
        { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [{ protocol: "TCP", port: 80 }] },
      ],
    });
  });

  it("bound what their pods may take, and admit no balancer beside the one of the Ingress objects", () => {
    expect(only(resources, "kubernetes:core/v1:ResourceQuota", "namespaces-shop").inputs["spec"]).toEqual({
      hard: {
        pods: "80",
        "requests.cpu": "16",
        "requests.memory": "32Gi",
        "limits.memory": "64Gi",
        persistentvolumeclaims: "10",
        "requests.storage": "100Gi",
        "services.loadbalancers": "0",
        "services.nodeports": "0",
      },
    });
    expect(only(resources, "kubernetes:core/v1:LimitRange", "namespaces-shop").inputs["spec"]).toEqual({
      limits: [
        {
          type: "Container",
          defaultRequest: { cpu: "50m", memory: "128Mi" },
          default: { memory: "256Mi" },
          max: { memory: "4Gi" },
        },
      ],
    });
  });

  it("give no token to pods that name no account", () => {
    expect(only(resources, "kubernetes:core/v1:ServiceAccountPatch", "namespaces-shop-default").inputs).toMatchObject({
      metadata: { name: "default", namespace: "shop" },
      automountServiceAccountToken: false,
    });
  });

  it("are protected themselves, since volumes go with them, but not what is in them", () => {
    expect(
      resources
        .filter(({ protect }) => protect)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["namespaces-agents", "namespaces-shop"]);
  });
});

describe("What is inside the cluster", () => {
  it("knows of each object that nodes and access must outlive it, and leaves other resources alone", async () => {
    const inside = await deploy(() => {
      const ready = [new Addon("coredns", { addonName: "coredns", clusterName: "preflight-staging" })];
      const kubernetes = new Provider("cluster", { kubeconfig: "{}" });
      new Namespaces(
        "namespaces",
        { environment: ENVIRONMENT, settings: { shop: SHOP } },
        inClusterOptions(kubernetes, ready),
      );
    });
    const objects = inside.filter(({ type }) => type.startsWith("kubernetes:"));
    expect(objects).toHaveLength(6);
    for (const { dependsOn } of objects) expect(dependsOn).toContain("coredns");
    expect(only(inside, "preflight:cluster:Namespaces").dependsOn).toEqual([]);
  });
});

describe("A workload's network policy", () => {
  it("opens ways for its pods only, with addresses where policies cannot name hosts", () => {
    const pods = (namespace: string, app: string) => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
      podSelector: { matchLabels: { app } },
    });
    const tcp = (port: number) => [{ protocol: "TCP", port }];
    expect(only(resources, POLICY, "api").inputs["spec"]).toEqual({
      podSelector: { matchLabels: { app: "api" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [{ ipBlock: { cidr: "10.20.28.0/22" } }], ports: tcp(8080) },
        { from: [pods("monitoring", "prometheus")], ports: tcp(9090) },
      ],
      egress: [
        { to: [{ ipBlock: { cidr: "10.20.24.0/22" } }], ports: tcp(5432) },
        { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.20.0.0/16", "169.254.0.0/16"] } }], ports: tcp(443) },
        { to: [{ ipBlock: { cidr: "172.20.0.1/32" } }], ports: tcp(443) },
        { to: [{ ipBlock: { cidr: "10.20.0.0/19" } }], ports: tcp(443) },
        { to: [pods("tracing", "collector")], ports: tcp(4317) },
      ],
    });
  });
});
