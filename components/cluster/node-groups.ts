import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { NodeGroupSettings } from "../../config/blocks/cluster/cluster.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { logGroupArn, logGroupName, managedPolicyArn, nameOf } from "../../core/names.ts";
import { TAGS } from "../../standards/tags.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import { policyDocumentOutput, trustWithoutSource } from "../shared/iam.ts";
import { environmentTags } from "../shared/tags.ts";

export interface NodeGroupsArgs {
  readonly environment: Environment;
  readonly clusterName: pulumi.Input<string>;
  readonly kubernetesVersion: string;
  /** Groups by name. */
  readonly groups: Readonly<Record<string, NodeGroupSettings>>;
  readonly network: Pick<Network, "privateSubnetIds">;
  readonly keys: Pick<Keys<"volumes">, "arns">;
  readonly securityGroupId: pulumi.Input<string>;
  readonly roleArn: pulumi.Input<string>;
  /** What must be there before the first node joins, and may leave after the last one only. */
  readonly dependsOn: readonly pulumi.Resource[];
}

/** Node images by processor; they take their user data from EKS, so a launch template carries none. */
const AMI_TYPES = { arm64: "AL2023_ARM_64_STANDARD", x86_64: "AL2023_x86_64_STANDARD" } as const;
const CAPACITY_TYPES = { "on-demand": "ON_DEMAND", spot: "SPOT" } as const;
const TAINT_EFFECTS = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/** What nodes may do: join the cluster, pull images, be reached through SSM (and record that). Everything else pods get by Pod Identity. */
const NODE_POLICIES = {
  worker: managedPolicyArn("AmazonEKSWorkerNodePolicy"),
  registry: managedPolicyArn("AmazonEC2ContainerRegistryPullOnly"),
  sessions: managedPolicyArn("AmazonSSMManagedInstanceCore"),
} as const;

/** Nodes that may be drained at the same time during an update. */
const MAX_UNAVAILABLE_PERCENT = 33;

export interface NodeRole {
  readonly role: iam.Role;
  /** Its permissions; without them a node does not become ready. */
  readonly attachments: readonly pulumi.Resource[];
}

export interface NodeRoleArgs {
  readonly environment: Environment;
  readonly keys: Pick<Keys<"sessions">, "arns">;
}

/**
 * What a shell on a node needs at the node's end since the account's preferences encrypt and record it: without these rights
 * every session ends before it begins. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
 */
function sessionRights({ environment, keys }: NodeRoleArgs): pulumi.Output<string> {
  const group = logGroupArn(environment, logGroupName.sessions(environment));
  return policyDocumentOutput([
    { Sid: "ReadSessionKey", Effect: "Allow", Action: "kms:Decrypt", Resource: keys.arns.sessions },
    { Sid: "FindLogGroups", Effect: "Allow", Action: "logs:DescribeLogGroups", Resource: "*" },
    {
      Sid: "RecordSessions",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [group, `${group}:*`],
    },
  ]);
}

/** The role of all nodes. EKS makes its access entry with the first managed group. */
export function createNodeRole(name: string, args: NodeRoleArgs, opts: pulumi.CustomResourceOptions): NodeRole {
  const role = new iam.Role(
    `${name}-nodes`,
    {
      description: "Nodes of the cluster",
      assumeRolePolicy: trustWithoutSource("ec2"),
    },
    opts,
  );
  const attachments = Object.entries(NODE_POLICIES).map(
    ([purpose, policyArn]) =>
      new iam.RolePolicyAttachment(`${name}-nodes-${purpose}`, { role: role.name, policyArn }, { parent: role }),
  );
  const sessions = new iam.RolePolicy(
    `${name}-nodes-sessions`,
    { role: role.name, policy: sessionRights(args) },
    { parent: role },
  );
  return { role, attachments: [...attachments, sessions] };
}

/**
 * Managed groups over all private subnets. Nodes are replaced when the stack file names another release, at most a third
 * at a time; broken ones by EKS itself. Their number is the stack file's: no autoscaler works on these groups.
 */
export function createNodeGroups(
  name: string,
  args: NodeGroupsArgs,
  opts: pulumi.CustomResourceOptions,
): eks.NodeGroup[] {
  return Object.entries(args.groups).map(([groupName, group]) => {
    const template = createLaunchTemplate(`${name}-${groupName}`, groupName, group, args, opts);
    return new eks.NodeGroup(
      `${name}-${groupName}`,
      {
        clusterName: args.clusterName,
        nodeRoleArn: args.roleArn,
        subnetIds: [...args.network.privateSubnetIds],
        amiType: AMI_TYPES[group.architecture],
        capacityType: CAPACITY_TYPES[group.capacity],
        instanceTypes: group.instanceTypes,
        version: args.kubernetesVersion,
        releaseVersion: group.releaseVersion,
        launchTemplate: { id: template.id, version: template.latestVersion.apply(String) },
        scalingConfig: { minSize: group.minSize, maxSize: group.maxSize, desiredSize: group.desiredSize },
        updateConfig: { maxUnavailablePercentage: MAX_UNAVAILABLE_PERCENT },
        nodeRepairConfig: { enabled: true },
        labels: group.labels,
        taints: group.taints.map(({ key, value, effect }) => ({ key, value, effect: TAINT_EFFECTS[effect] })),
        tags: { Name: nameOf(args.environment, groupName) },
      },
      // The number is written whenever it changes: EKS refuses a minimum above a number that stays behind.
      { ...opts, dependsOn: [...args.dependsOn] },
    );
  });
}

/** Hardened instances: tokens for metadata that pods cannot get at, encrypted disks, tags on all that EC2 makes. */
function createLaunchTemplate(
  childName: string,
  groupName: string,
  group: NodeGroupSettings,
  { environment, keys, securityGroupId }: NodeGroupsArgs,
  opts: pulumi.CustomResourceOptions,
): ec2.LaunchTemplate {
  const tags = { ...environmentTags(environment), Name: nameOf(environment, groupName) };
  const notBackedUp = {
    [TAGS.backup]: TAGS.backupNone,
    [TAGS.backupReason]: "nodes are replaced, their disks hold nothing of value",
  };
  return new ec2.LaunchTemplate(
    childName,
    {
      description: `Nodes of the group ${groupName}`,
      updateDefaultVersion: true,
      vpcSecurityGroupIds: [securityGroupId],
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: {
            volumeType: "gp3",
            volumeSize: group.diskGiB,
            encrypted: "true", // a text in this provider
            kmsKeyId: keys.arns.volumes,
            deleteOnTermination: "true",
          },
        },
      ],
      tagSpecifications: [
        { resourceType: "instance", tags },
        { resourceType: "volume", tags: { ...tags, ...notBackedUp } },
        { resourceType: "network-interface", tags },
      ],
    },
    opts,
  );
}
