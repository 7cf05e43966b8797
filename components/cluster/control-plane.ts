import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as eks from "@pulumi/aws/eks/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterSettings } from "../../config/blocks/cluster/cluster.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { clusterArn, logGroupName, managedPolicyArn, nameOf } from "../../core/names.ts";
import { CLUSTER } from "../../standards/cluster.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { policyDocumentOutput, serviceTrust } from "../shared/iam.ts";
import type { SecurityGroups } from "./security-groups.ts";

export interface ControlPlaneArgs {
  readonly environment: Environment;
  readonly settings: ClusterSettings;
  readonly network: Pick<Network, "isolatedSubnetIds">;
  readonly keys: Pick<Keys<"cluster" | "logs">, "arns">;
  readonly securityGroups: SecurityGroups;
}

/**
 * The API server and what stands behind it: private unless blocks are listed, secrets under our key, every log, nobody
 * an administrator by accident.
 */
export function createControlPlane(
  name: string,
  args: ControlPlaneArgs,
  opts: pulumi.CustomResourceOptions,
): eks.Cluster {
  const { environment, settings, network, keys, securityGroups } = args;
  const { apiPublicCidrs } = settings;
  const log = createLog(`${name}-control-plane`, args, opts);
  const { role, permissions } = createRole(`${name}-control-plane`, args, opts);
  return new eks.Cluster(
    name,
    {
      name: nameOf(environment),
      version: settings.kubernetesVersion,
      roleArn: role.arn,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      bootstrapSelfManagedAddons: false,
      deletionProtection: settings.deletionProtection,
      enabledClusterLogTypes: [...CLUSTER.logTypes],
      encryptionConfig: { resources: ["secrets"], provider: { keyArn: keys.arns.cluster } },
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: settings.serviceCidr },
      // Standard support: AWS upgrades at its end instead of charging six times the price.
      upgradePolicy: { supportType: "STANDARD" },
      vpcConfig: {
        subnetIds: [...network.isolatedSubnetIds],
        securityGroupIds: [securityGroups.controlPlane.id],
        endpointPrivateAccess: true,
        endpointPublicAccess: apiPublicCidrs.length > 0,
        ...(apiPublicCidrs.length > 0 ? { publicAccessCidrs: apiPublicCidrs } : {}),
      },
      zonalShiftConfig: { enabled: true },
      tags: { Name: nameOf(environment) },
    },
    {
      ...opts,
      protect: environment.protectStatefulResources,
      // The rules leave after the cluster: a teardown still has objects to delete through them.
      dependsOn: [log, ...permissions, ...securityGroups.rules],
      // Both are read at creation only; a later difference would plan a replacement.
      ignoreChanges: ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"],
    },
  );
}

/** The log group under the name to which EKS writes: made before the cluster, or EKS makes one without key and end. */
function createLog(
  childName: string,
  { environment, settings, keys }: ControlPlaneArgs,
  opts: pulumi.CustomResourceOptions,
): cloudwatch.LogGroup {
  return new cloudwatch.LogGroup(
    childName,
    {
      name: logGroupName.cluster(environment),
      retentionInDays: settings.controlPlaneLogRetentionDays,
      kmsKeyId: keys.arns.logs,
    },
    { ...opts, protect: environment.protectStatefulResources, retainOnDelete: environment.retainStatefulResources },
  );
}

/** What EKS may do for this cluster, and for no other. */
function createRole(childName: string, { environment, keys }: ControlPlaneArgs, opts: pulumi.CustomResourceOptions) {
  const role = new iam.Role(
    childName,
    {
      description: "Control plane of the cluster",
      assumeRolePolicy: serviceTrust("eks", { accountId: environment.accountId, sourceArn: clusterArn(environment) }),
    },
    opts,
  );
  const useKey: PolicyStatement = {
    Sid: "EncryptSecrets",
    Effect: "Allow",
    Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:ListGrants"],
    Resource: keys.arns.cluster,
  };
  const permissions: pulumi.Resource[] = [
    new iam.RolePolicyAttachment(
      childName,
      { role: role.name, policyArn: managedPolicyArn("AmazonEKSClusterPolicy") },
      { parent: role },
    ),
    new iam.RolePolicy(childName, { role: role.name, policy: policyDocumentOutput([useKey]) }, { parent: role }),
  ];
  return { role, permissions };
}
