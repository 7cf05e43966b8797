import * as eks from "@pulumi/aws/eks/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterSettings } from "../../config/blocks/cluster/cluster.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { managedPolicyArn } from "../../core/names.ts";
import { TAGS } from "../../standards/tags.ts";
import type { Keys } from "../keys/keys.ts";
import { PodIdentity } from "../shared/pod-identity.ts";
import { environmentTags } from "../shared/tags.ts";

export interface AddonsArgs {
  readonly environment: Environment;
  readonly cluster: eks.Cluster;
  readonly versions: ClusterSettings["addons"];
  readonly keys: Pick<Keys<"volumes">, "arns">;
}

/** Where AWS' add-ons live. */
const NAMESPACE = "kube-system";

/** Autoscaling of the name service: the busiest part of a cluster, and the first whose loss everybody notices. */
const COREDNS_REPLICAS = { minReplicas: 2, maxReplicas: 10 } as const;

interface AddonSpec {
  readonly addonName: string;
  readonly addonVersion: string;
  /** Values for the add-on; absent: its own. */
  readonly configuration?: object;
}

/**
 * What nodes need before they join: addresses for pods, service routing, identities. The network add-on takes its
 * prefixes and its policy engine from the start, because later changes would not reach running nodes.
 */
export function createAddonsBeforeNodes(
  name: string,
  args: AddonsArgs,
  opts: pulumi.CustomResourceOptions,
): eks.Addon[] {
  const { environment, cluster, versions } = args;
  const network = new PodIdentity(
    `${name}-vpc-cni`,
    {
      environment,
      cluster,
      namespace: NAMESPACE,
      serviceAccount: "aws-node",
      description: "VPC CNI: network interfaces and addresses of pods",
      managedPolicyArns: { network: managedPolicyArn("AmazonEKS_CNI_Policy") },
    },
    opts,
  );
  return [
    createAddon(
      name,
      cluster,
      {
        addonName: "vpc-cni",
        addonVersion: versions.vpcCni,
        configuration: {
          enableNetworkPolicy: "true",
          env: { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" },
        },
      },
      { ...opts, dependsOn: [network] },
    ),
    createAddon(name, cluster, { addonName: "kube-proxy", addonVersion: versions.kubeProxy }, opts),
    createAddon(name, cluster, { addonName: "eks-pod-identity-agent", addonVersion: versions.podIdentityAgent }, opts),
  ];
}

/** What runs on nodes, once there are some. */
export interface AddonsOnNodes {
  /** Without these, pods cannot start or find each other. */
  readonly essential: readonly eks.Addon[];
  readonly others: readonly eks.Addon[];
}

export function createAddonsOnNodes(
  name: string,
  args: AddonsArgs,
  nodes: readonly pulumi.Resource[],
  opts: pulumi.CustomResourceOptions,
): AddonsOnNodes {
  const { environment, cluster, versions } = args;
  const onNodes = { ...opts, dependsOn: [...nodes] };
  const volumes = createVolumesIdentity(`${name}-ebs-csi`, args, opts);
  const coredns = {
    addonName: "coredns",
    addonVersion: versions.coredns,
    configuration: { autoScaling: { enabled: true, ...COREDNS_REPLICAS } },
  };
  const ebsCsi = {
    addonName: "aws-ebs-csi-driver",
    addonVersion: versions.ebsCsiDriver,
    configuration: {
      controller: { extraVolumeTags: { ...environmentTags(environment), [TAGS.backup]: TAGS.backupDaily } },
    },
  };
  return {
    essential: [
      createAddon(name, cluster, coredns, onNodes),
      createAddon(name, cluster, ebsCsi, { ...opts, dependsOn: [...nodes, volumes] }),
    ],
    others: [
      createAddon(name, cluster, { addonName: "metrics-server", addonVersion: versions.metricsServer }, onNodes),
      createAddon(
        name,
        cluster,
        { addonName: "eks-node-monitoring-agent", addonVersion: versions.nodeMonitoringAgent },
        onNodes,
      ),
    ],
  };
}

/** The driver's managed policy reaches only volumes which it tagged; the key is used through EC2 only. */
function createVolumesIdentity(
  name: string,
  { environment, cluster, keys }: AddonsArgs,
  opts: pulumi.CustomResourceOptions,
): PodIdentity {
  const throughEc2 = { "kms:ViaService": `ec2.${environment.region}.amazonaws.com` };
  return new PodIdentity(
    name,
    {
      environment,
      cluster,
      namespace: NAMESPACE,
      serviceAccount: "ebs-csi-controller-sa",
      description: "EBS CSI driver: volumes of pods",
      managedPolicyArns: { volumes: managedPolicyArn("service-role/AmazonEBSCSIDriverPolicy") },
      statements: [
        {
          Sid: "EncryptVolumes",
          Effect: "Allow",
          Action: [
            "kms:Decrypt",
            "kms:DescribeKey",
            "kms:Encrypt",
            "kms:GenerateDataKeyWithoutPlaintext",
            "kms:ReEncrypt*",
          ],
          Resource: keys.arns.volumes,
          Condition: { StringEquals: throughEc2 },
        },
        {
          Sid: "GrantVolumesToEc2",
          Effect: "Allow",
          Action: "kms:CreateGrant",
          Resource: keys.arns.volumes,
          Condition: { StringEquals: throughEc2, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ],
    },
    opts,
  );
}

function createAddon(
  name: string,
  cluster: eks.Cluster,
  { addonName, addonVersion, configuration }: AddonSpec,
  opts: pulumi.CustomResourceOptions,
): eks.Addon {
  return new eks.Addon(
    `${name}-${addonName}`,
    {
      clusterName: cluster.name,
      addonName,
      addonVersion,
      ...(configuration === undefined ? {} : { configurationValues: JSON.stringify(configuration) }),
      // On a new cluster there is nothing to overwrite; afterwards the stack file decides, not what somebody patched.
      resolveConflictsOnCreate: "NONE",
      resolveConflictsOnUpdate: "OVERWRITE",
      // A network add-on that leaves before its nodes orphans their interfaces, which then block the VPC.
      preserve: true,
    },
    opts,
  );
}
