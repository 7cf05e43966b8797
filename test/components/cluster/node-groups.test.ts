import { beforeAll, describe, expect, it } from "vitest";

import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { makeCluster } from "../../support/cluster-program.ts";

const ADDON = "aws:eks/addon:Addon";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const TEMPLATE = "aws:ec2/launchTemplate:LaunchTemplate";
const ROLE = "aws:iam/role:Role";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";

let resources: Registered[];
beforeAll(async () => {
  resources = await deploy(() => {
    makeCluster();
  });
});

const policiesOf = (role: string) =>
  ofType(resources, ATTACHMENT)
    .filter(({ parent }) => parent === role)
    .map(({ inputs }) => String(inputs["policyArn"]).split("/").at(-1))
    .toSorted();
const trustOf = (role: string) => JSON.parse(String(only(resources, ROLE, role).inputs["assumeRolePolicy"])).Statement;

describe("Node groups", () => {
  it("spread over all private subnets, update a third at a time and repair themselves", () => {
    expect(ofType(resources, GROUP)).toHaveLength(2);
    for (const group of ofType(resources, GROUP)) {
      expect(group.inputs).toMatchObject({
        subnetIds: ["subnet-private-a", "subnet-private-b", "subnet-private-c"],
        updateConfig: { maxUnavailablePercentage: 33 },
        nodeRepairConfig: { enabled: true },
        releaseVersion: "1.35.8-20260930",
        version: "1.35",
      });
      expect(group.inputs).not.toHaveProperty("remoteAccess");
      // Nothing else scales the groups: a number that is left behind would keep them from growing.
      expect(group.ignoreChanges).toEqual([]);
      expect(group.inputs["scalingConfig"]).toMatchObject({ desiredSize: 2 });
    }
  });

  it("speak AWS' words for processor, capacity and taints", () => {
    expect(only(resources, GROUP, "cluster-system").inputs).toMatchObject({
      amiType: "AL2023_ARM_64_STANDARD",
      capacityType: "ON_DEMAND",
      taints: [],
    });
    expect(only(resources, GROUP, "cluster-batch").inputs).toMatchObject({
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "SPOT",
      taints: [{ key: "role", value: "batch", effect: "NO_SCHEDULE" }],
    });
  });

  it("start hardened instances: metadata by token and out of pods' reach, disks under our key", () => {
    expect(ofType(resources, TEMPLATE)).toHaveLength(2);
    for (const { inputs } of ofType(resources, TEMPLATE)) {
      expect(inputs["metadataOptions"]).toEqual({
        httpEndpoint: "enabled",
        httpTokens: "required",
        httpPutResponseHopLimit: 1,
      });
      expect(inputs["blockDeviceMappings"]).toMatchObject([
        { ebs: { volumeType: "gp3", encrypted: "true", kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/volumes" } },
      ]);
      expect(inputs).not.toHaveProperty("userData");
    }
  });

  it("tag instances, volumes and interfaces, which the provider's default tags do not reach", () => {
    const specifications = only(resources, TEMPLATE, "cluster-system").inputs["tagSpecifications"];
    const tags = { environment: "staging", owner: "platform@example.com", "cost-center": "platform-staging" };
    expect(specifications).toMatchObject([
      { resourceType: "instance", tags },
      { resourceType: "volume", tags: { ...tags, backup: "none" } },
      { resourceType: "network-interface", tags },
    ]);
  });

  it("wait for permissions, for the way out of the network, and for the add-ons without which no node gets ready", () => {
    const first = ["cluster-vpc-cni", "cluster-kube-proxy", "cluster-eks-pod-identity-agent"];
    const permissions = ["cluster-nodes-worker", "cluster-nodes-registry", "cluster-nodes-sessions"];
    for (const { dependsOn } of ofType(resources, GROUP))
      expect(dependsOn).toEqual(expect.arrayContaining([...first, ...permissions, "way-out"]));
    for (const addon of first) expect(only(resources, ADDON, addon).dependsOn).not.toContain("cluster-system");
  });

  it("may join, pull images and be reached by sessions, and nothing else", () => {
    expect(policiesOf("cluster-nodes")).toEqual([
      "AmazonEC2ContainerRegistryPullOnly",
      "AmazonEKSWorkerNodePolicy",
      "AmazonSSMManagedInstanceCore",
    ]);
    // A session that is encrypted and recorded needs both ends: without these rights it closes before the first line.
    const group = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/ssm/preflight-staging";
    const { policy } = only(resources, "aws:iam/rolePolicy:RolePolicy", "cluster-nodes-sessions").inputs;
    expect(JSON.parse(String(policy)).Statement).toEqual([
      {
        Sid: "ReadSessionKey",
        Effect: "Allow",
        Action: "kms:Decrypt",
        Resource: expect.stringContaining(":key/sessions"),
      },
      { Sid: "FindLogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
      {
        Sid: "RecordSessions",
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [group, `${group}:*`],
      },
    ]);
  });
});

describe("Add-ons", () => {
  it("are pinned, leave last, and are put right where somebody changed them", () => {
    expect(ofType(resources, ADDON)).toHaveLength(7);
    for (const { inputs } of ofType(resources, ADDON)) {
      expect(inputs).toMatchObject({
        preserve: true,
        resolveConflictsOnCreate: "NONE",
        resolveConflictsOnUpdate: "OVERWRITE",
      });
      expect(inputs["addonVersion"]).toMatch(/^v\d.*-eksbuild\.\d+$/);
    }
  });

  it("enforce network policies and hand out prefixes from the first node on", () => {
    const values = JSON.parse(String(only(resources, ADDON, "cluster-vpc-cni").inputs["configurationValues"]));
    expect(values).toEqual({
      enableNetworkPolicy: "true",
      env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
    });
  });

  it("that run as pods wait for nodes", () => {
    for (const addon of ["coredns", "aws-ebs-csi-driver", "metrics-server", "eks-node-monitoring-agent"]) {
      expect(only(resources, ADDON, `cluster-${addon}`).dependsOn).toEqual(
        expect.arrayContaining(["cluster-system", "cluster-batch"]),
      );
    }
  });

  it("come after their identities, which pods take up only when they start", () => {
    const association = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
    expect(
      ofType(resources, association)
        .map(({ inputs }) => inputs["serviceAccount"])
        .toSorted(),
    ).toEqual(["aws-node", "ebs-csi-controller-sa"]);
    expect(only(resources, ADDON, "cluster-vpc-cni").dependsOn).toContain("cluster-vpc-cni");
    expect(only(resources, ADDON, "cluster-aws-ebs-csi-driver").dependsOn).toContain("cluster-ebs-csi");
  });

  it("mark volumes of pods for the backup", () => {
    const values = JSON.parse(
      String(only(resources, ADDON, "cluster-aws-ebs-csi-driver").inputs["configurationValues"]),
    );
    expect(values.controller.extraVolumeTags).toMatchObject({ backup: "daily", environment: "staging" });
  });
});

describe("Roles", () => {
  it("of pods are for one service account of this cluster only", () => {
    expect(trustOf("cluster-ebs-csi")).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "pods.eks.amazonaws.com" },
        Action: ["sts:AssumeRole", "sts:TagSession"],
        Condition: {
          StringEquals: {
            "aws:SourceAccount": "111122223333",
            "aws:RequestTag/kubernetes-namespace": "kube-system",
            "aws:RequestTag/kubernetes-service-account": "ebs-csi-controller-sa",
          },
          ArnEquals: { "aws:SourceArn": "arn:aws:eks:eu-west-1:111122223333:cluster/preflight-staging" },
        },
      },
    ]);
    expect(policiesOf("cluster-vpc-cni")).toEqual(["AmazonEKS_CNI_Policy"]);
    expect(policiesOf("cluster-ebs-csi")).toEqual(["AmazonEBSCSIDriverPolicy"]);
  });

  it("use the volumes' key through EC2 only", () => {
    const { Statement } = JSON.parse(
      String(only(resources, "aws:iam/rolePolicy:RolePolicy", "cluster-ebs-csi").inputs["policy"]),
    );
    expect(Statement).toHaveLength(2);
    for (const { Resource, Condition } of Statement) {
      expect(Resource).toBe("arn:aws:kms:eu-west-1:111122223333:key/volumes");
      expect(Condition.StringEquals).toEqual({ "kms:ViaService": "ec2.eu-west-1.amazonaws.com" });
    }
  });

  it("of the control plane is for this cluster only", () => {
    expect(trustOf("cluster-control-plane")[0].Condition.ArnEquals).toEqual({
      "aws:SourceArn": "arn:aws:eks:eu-west-1:111122223333:cluster/preflight-staging",
    });
  });
});
