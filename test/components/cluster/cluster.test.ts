import { beforeAll, describe, expect, it } from "vitest";

import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { makeCluster } from "../../support/cluster-program.ts";

const CLUSTER = "aws:eks/cluster:Cluster";
const ADDON = "aws:eks/addon:Addon";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const ASSOCIATION = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";
const EGRESS = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule";

let resources: Registered[];
let apiServerCidrs: readonly string[];
beforeAll(async () => {
  resources = await deploy(() => {
    ({ apiServerCidrs } = makeCluster());
  });
});

const names = (type: string) => ofType(resources, type).map(({ name }) => name);

describe("Cluster", () => {
  it("makes one cluster with seven add-ons and two groups of nodes", () => {
    expect(names(CLUSTER)).toEqual(["cluster"]);
    expect(names(ADDON)).toHaveLength(7);
    expect(names(GROUP).toSorted()).toEqual(["cluster-batch", "cluster-system"]);
  });

  it("keeps the API server private, its secrets encrypted, its logs complete, and nobody its administrator by accident", () => {
    const cluster = only(resources, CLUSTER);
    expect(cluster.inputs).toMatchObject({
      name: "preflight-staging",
      version: "1.35",
      deletionProtection: true,
      bootstrapSelfManagedAddons: false,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      encryptionConfig: {
        resources: ["secrets"],
        provider: { keyArn: "arn:aws:kms:eu-west-1:111122223333:key/cluster" },
      },
      upgradePolicy: { supportType: "STANDARD" },
      zonalShiftConfig: { enabled: true },
      vpcConfig: {
        endpointPrivateAccess: true,
        endpointPublicAccess: false,
        subnetIds: ["subnet-isolated-a", "subnet-isolated-b", "subnet-isolated-c"],
      },
    });
    expect(cluster.inputs["enabledClusterLogTypes"]).toEqual([
      "api",
      "audit",
      "authenticator",
      "controllerManager",
      "scheduler",
    ]);
    expect(cluster.protect).toBe(true);
    expect(cluster.ignoreChanges).toEqual([
      "accessConfig.bootstrapClusterCreatorAdminPermissions",
      "bootstrapSelfManagedAddons",
    ]);
  });

  it("has its encrypted log group before the cluster writes to it", () => {
    const log = only(resources, "aws:cloudwatch/logGroup:LogGroup");
    expect(log.inputs).toMatchObject({
      name: "/aws/eks/preflight-staging/cluster",
      retentionInDays: 90,
      kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/logs",
    });
    expect(only(resources, CLUSTER).dependsOn).toContain(log.name);
  });

  it("opens the API server to the listed blocks and to no others", async () => {
    const open = await deploy(() => makeCluster({ apiPublicCidrs: ["198.51.100.0/24"] }));
    expect(only(open, CLUSTER).inputs["vpcConfig"]).toMatchObject({
      endpointPrivateAccess: true,
      endpointPublicAccess: true,
      publicAccessCidrs: ["198.51.100.0/24"],
    });
  });

  it("protects the cluster and its log, but nothing that upgrades replace", () => {
    const guarded = resources.filter(({ protect }) => protect).map(({ type }) => type);
    expect(guarded.toSorted()).toEqual(["aws:cloudwatch/logGroup:LogGroup", CLUSTER]);
  });

  it("says in one list where the API server is: its service and the interfaces behind it", () => {
    expect(apiServerCidrs).toEqual(["172.20.0.1/32", "10.20.24.0/22", "10.20.56.0/22", "10.20.88.0/22"]);
  });
});

describe("Access to the cluster", () => {
  it("gives each role the policy of its level, in its namespaces", () => {
    const granted = ofType(resources, ASSOCIATION).map(({ name, inputs }) => [
      name.replace("cluster-", ""),
      String(inputs["policyArn"]).split("/")[1],
      JSON.stringify(inputs["accessScope"]),
    ]);
    expect(granted.toSorted()).toEqual([
      ["access-break-glass", "AmazonEKSClusterAdminPolicy", '{"type":"cluster"}'],
      ["access-developers", "AmazonEKSEditPolicy", '{"namespaces":["shop"],"type":"namespace"}'],
      ["access-operators", "AmazonEKSViewPolicy", '{"type":"cluster"}'],
      ["access-tenant", "AmazonEKSAdminPolicy", '{"namespaces":["shop"],"type":"namespace"}'],
      ["deployer", "AmazonEKSClusterAdminPolicy", '{"type":"cluster"}'],
    ]);
  });

  it("lets nothing into the cluster before the deployer's access, nodes, name service and volumes", () => {
    const storageClass = only(resources, "kubernetes:storage.k8s.io/v1:StorageClass");
    expect(storageClass.dependsOn).toEqual(
      expect.arrayContaining([
        "cluster-deployer",
        "cluster-system",
        "cluster-batch",
        "cluster-coredns",
        "cluster-aws-ebs-csi-driver",
      ]),
    );
  });
});

describe("The Kubernetes provider", () => {
  it("has a kubeconfig without credentials and an identity that survives a change of it", () => {
    const provider = only(resources, "pulumi:providers:kubernetes");
    expect(provider.inputs["clusterIdentifier"]).toBe("preflight-staging");
    expect(provider.inputs).not.toHaveProperty("deleteUnreachable");
    const { users } = JSON.parse(String(provider.inputs["kubeconfig"]));
    expect(users).toEqual([
      {
        name: "preflight",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1beta1",
            command: "aws",
            args: [
              "--region",
              "eu-west-1",
              "eks",
              "get-token",
              "--cluster-name",
              "preflight-staging",
              "--output",
              "json",
            ],
            interactiveMode: "Never",
          },
        },
      },
    ]);
  });
});

describe("The firewall between control plane and nodes", () => {
  it("lets the control plane reach kubelets and webhooks, and nodes the API server and each other", () => {
    const rules = ofType(resources, INGRESS).map(({ inputs, parent }) =>
      [parent, inputs["ipProtocol"], inputs["fromPort"], inputs["toPort"]].join(" "),
    );
    expect(rules.toSorted()).toEqual(
      [
        "cluster-control-plane tcp 443 443",
        "cluster-nodes tcp 10250 10250",
        "cluster-nodes tcp 10251 10251",
        "cluster-nodes tcp 1025 65535",
        "cluster-nodes tcp 443 443",
        "cluster-nodes tcp 4443 4443",
        "cluster-nodes tcp 53 53",
        "cluster-nodes tcp 6443 6443",
        "cluster-nodes tcp 8443 8443",
        "cluster-nodes tcp 9443 9443",
        "cluster-nodes udp 53 53",
      ].toSorted(),
    );
    for (const { inputs } of ofType(resources, INGRESS)) expect(inputs).toHaveProperty("referencedSecurityGroupId");
  });

  it("lets nodes out of the network by TLS only", () => {
    const out = ofType(resources, EGRESS).map(({ inputs }) =>
      [inputs["cidrIpv4"], inputs["ipProtocol"], inputs["fromPort"] ?? "all"].join(" "),
    );
    expect(out.toSorted()).toEqual(["0.0.0.0/0 tcp 443", "10.20.0.0/16 -1 all"]);
  });

  it("stays until the cluster is gone, so that a teardown keeps its way in", () => {
    const rules = [...names(INGRESS), ...names(EGRESS)];
    expect(rules).toHaveLength(13);
    expect(only(resources, CLUSTER).dependsOn).toEqual(expect.arrayContaining(rules));
  });

  it("has exactly one group by which Karpenter finds its nodes' firewall", () => {
    const found = ofType(resources, "aws:ec2/securityGroup:SecurityGroup").filter(({ inputs }) =>
      JSON.stringify(inputs["tags"]).includes("karpenter.sh/discovery"),
    );
    expect(found.map(({ name }) => name)).toEqual(["cluster-nodes"]);
  });
});
