import * as iam from "@pulumi/aws/iam/index.js";
import * as rds from "@pulumi/aws/rds/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { DatabaseSettings } from "../../config/blocks/database.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { arnOf, managedPolicyArn } from "../../core/names.ts";
import { DATABASE } from "../../standards/database.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import { serviceTrust } from "../shared/iam.ts";
import type { ParameterGroups } from "./parameters.ts";

/** What cluster and servers say alike about Database Insights. */
interface Insights {
  readonly performanceInsightsEnabled: true;
  readonly performanceInsightsKmsKeyId: pulumi.Output<string>;
  readonly performanceInsightsRetentionPeriod: number;
}

export const ENGINE = "aurora-postgresql";

export interface ServersArgs {
  readonly environment: Pick<Environment, "region" | "accountId">;
  readonly settings: DatabaseSettings;
  readonly network: Pick<Network, "zones">;
  readonly keys: Pick<Keys<"data">, "arns">;
}

/** What cluster and servers share. */
export interface ServerPlacement {
  readonly subnets: rds.SubnetGroup;
  readonly groups: ParameterGroups;
}

/** Database Insights, the same for the cluster and its servers: RDS refuses servers that differ. */
export function insights({ settings, keys }: Pick<ServersArgs, "settings" | "keys">): Insights {
  return {
    performanceInsightsEnabled: true,
    performanceInsightsKmsKeyId: keys.arns.data,
    performanceInsightsRetentionPeriod: DATABASE.insightsRetentionDays[settings.insightsMode],
  };
}

/** Lets RDS write the operating system's figures to CloudWatch; only for databases of this account and region. */
function createMonitoringRole(name: string, { environment }: ServersArgs, opts: pulumi.CustomResourceOptions) {
  const { accountId } = environment;
  const role = new iam.Role(
    name,
    {
      description: "Taken on by RDS to publish enhanced monitoring",
      assumeRolePolicy: serviceTrust("monitoring.rds", { accountId, sourceArn: arnOf(environment, "rds", "db:*") }),
    },
    opts,
  );
  const permission = new iam.RolePolicyAttachment(
    name,
    { role: role.name, policyArn: managedPolicyArn("service-role/AmazonRDSEnhancedMonitoringRole") },
    { parent: role },
  );
  return { role, permission };
}

/**
 * The writer and its readers, all alike, so that each can take over from the writer; one zone after the other gets one.
 * They hold no data, so that readers can come and go with the configuration.
 */
export function createServers(
  name: string,
  args: ServersArgs,
  { subnets, groups }: ServerPlacement,
  cluster: rds.Cluster,
  opts: pulumi.CustomResourceOptions,
): rds.ClusterInstance[] {
  const { settings, network } = args;
  const monitoring = createMonitoringRole(`${name}-monitoring`, args, opts);
  return Array.from({ length: 1 + settings.readers }, (_, index) => {
    const zone = network.zones[index % network.zones.length];
    return new rds.ClusterInstance(
      `${name}-${index + 1}`,
      {
        clusterIdentifier: cluster.clusterIdentifier,
        engine: ENGINE,
        instanceClass: settings.instanceClass,
        ...(zone === undefined ? {} : { availabilityZone: zone }),
        dbSubnetGroupName: subnets.name,
        dbParameterGroupName: groups.instance.name,
        publiclyAccessible: false,
        caCertIdentifier: DATABASE.certificateAuthority,
        copyTagsToSnapshot: true,
        // AWS may install minor releases in the window; the cluster's `engineVersion` is not compared afterwards.
        autoMinorVersionUpgrade: true,
        applyImmediately: false,
        preferredMaintenanceWindow: settings.maintenanceWindowUtc,
        monitoringInterval: settings.enhancedMonitoringSeconds,
        monitoringRoleArn: monitoring.role.arn,
        ...insights(args),
        tags: { Name: `${name}-${index + 1}` },
      },
      // A server stays in its zone when zones are added to the network: moving would replace it.
      { parent: cluster, ignoreChanges: ["availabilityZone"], dependsOn: monitoring.permission },
    );
  });
}
