import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as elasticache from "@pulumi/aws/elasticache/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId.js";

import type { CacheSettings } from "../../config/blocks/cache.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { logGroupName, nameOf } from "../../core/names.ts";
import type { CacheNodeType } from "../../standards/cache.ts";
import { CACHE, nodeTypeFor } from "../../standards/cache.ts";
import { valkeyFamily } from "../../standards/facts/valkey.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import type { Secrets } from "../secrets/secrets.ts";
import { createCacheUsers } from "./users.ts";

export interface CacheArgs {
  readonly environment: Environment;
  readonly settings: CacheSettings;
  readonly keys: Pick<Keys<"data" | "logs">, "arns">;
  readonly network: Pick<Network, "vpcId" | "isolatedSubnetIds">;
  /** Logins of the users, with their first passwords. */
  readonly secrets: Pick<Secrets, "cacheLogins">;
  /** Group of everything that may connect. */
  readonly clientSecurityGroupId: pulumi.Input<string>;
}

const ENGINE = "valkey";

/** What a replication group is made with. */
interface CacheParts {
  readonly parameters: elasticache.ParameterGroup;
  readonly securityGroup: ec2.SecurityGroup;
  readonly users: elasticache.UserGroup;
}

const LOGS = { slow: "slow-log", engine: "engine-log" } as const;

/**
 * The cache: Valkey, which speaks Redis' protocol and is what AWS develops further, on one shard. A replica in another
 * zone takes over within a minute. Clients come from one security group only, over TLS only, each with a login of its
 * own and the commands it needs; the default user is off. Data, snapshots and logs are encrypted with our keys. The release
 * is that of the stack file when the cache is made; afterwards AWS raises it, and a refresh changes nothing back.
 * Cost: hours of its nodes, snapshots beyond the first.
 */
export class Cache extends pulumi.ComponentResource {
  /** Host name that takes writes; it follows a failover. */
  readonly primaryEndpoint: pulumi.Output<string>;
  /** Host name that spreads reads over the replicas. */
  readonly readerEndpoint: pulumi.Output<string>;
  /** TCP port, TLS only. */
  readonly port: number;
  /** The cache's own group. */
  readonly securityGroupId: pulumi.Output<string>;
  /** Names the cache in metrics. */
  readonly replicationGroupId: pulumi.Output<string>;

  constructor(name: string, args: CacheArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:data:Cache", name, {}, opts);
    const { environment, settings } = args;
    const nodeType = nodeTypeFor(settings);
    if (nodeType === undefined) throw new Error(`No node offers ${settings.usableMemoryMiB} MiB for data`);
    const securityGroup = this.createSecurityGroup(name, args);
    const users = createCacheUsers(
      name,
      { environment, users: settings.users, logins: args.secrets.cacheLogins, engine: ENGINE },
      this,
    );
    const family = valkeyFamily(settings.engineVersion);
    if (family === undefined) throw new Error(`No family of parameters is known for Valkey ${settings.engineVersion}`);
    const parameters = this.createParameters(name, args, family, nodeType);
    const group = this.createReplicationGroup(name, args, nodeType, { parameters, securityGroup, users });

    this.primaryEndpoint = group.primaryEndpointAddress;
    this.readerEndpoint = group.readerEndpointAddress;
    this.port = CACHE.port;
    this.securityGroupId = securityGroup.id;
    this.replicationGroupId = group.replicationGroupId;
    this.registerOutputs({
      primaryEndpoint: this.primaryEndpoint,
      readerEndpoint: this.readerEndpoint,
      port: this.port,
      securityGroupId: this.securityGroupId,
      replicationGroupId: this.replicationGroupId,
    });
  }

  /** Admits the clients. The cache itself opens no connections, so there is no rule outwards. */
  private createSecurityGroup(
    name: string,
    { environment, network, clientSecurityGroupId }: CacheArgs,
  ): ec2.SecurityGroup {
    const securityGroup = new ec2.SecurityGroup(
      name,
      { vpcId: network.vpcId, description: "The cache", tags: { Name: nameOf(environment, "cache") } },
      { parent: this, retainOnDelete: environment.retainStatefulResources },
    );
    new vpc.SecurityGroupIngressRule(
      `${name}-clients`,
      {
        securityGroupId: securityGroup.id,
        description: "Clients of the cache",
        ipProtocol: "tcp",
        fromPort: CACHE.port,
        toPort: CACHE.port,
        referencedSecurityGroupId: clientSecurityGroupId,
      },
      // Not even with a cache that stays: a group that a rule names cannot be deleted, and the clients' goes.
      { parent: securityGroup, retainOnDelete: false },
    );
    return securityGroup;
  }

  /** How the engine behaves when memory is short and what it logs; a group belongs to one major release. */
  private createParameters(
    name: string,
    { settings, environment }: CacheArgs,
    family: string,
    { reservedPercent }: CacheNodeType,
  ): elasticache.ParameterGroup {
    return new elasticache.ParameterGroup(
      name,
      {
        family,
        description: `Preflight ${environment.name}`,
        parameters: [
          { name: "maxmemory-policy", value: settings.evictionPolicy },
          { name: "reserved-memory-percent", value: String(reservedPercent) },
          { name: "slowlog-log-slower-than", value: String(settings.slowCommandMicroseconds) },
        ],
      },
      { parent: this, retainOnDelete: environment.retainStatefulResources },
    );
  }

  /**
   * A name that no earlier snapshot has: a cache that is destroyed or replaced a second time would be kept from going. What
   * replaces the group renews the name.
   */
  private createSnapshotName(
    name: string,
    { environment, keys }: CacheArgs,
    subnets: elasticache.SubnetGroup,
  ): pulumi.Output<string> {
    const replicationGroup = nameOf(environment);
    const suffix = new RandomId(
      `${name}-final-snapshot`,
      { byteLength: 4, keepers: { replicationGroup, key: keys.arns.data, subnets: subnets.name } },
      { parent: this },
    );
    return suffix.hex.apply((hex) => nameOf(environment, "cache-final", hex));
  }

  private createLogs(name: string, { environment, settings, keys }: CacheArgs) {
    return Object.entries(LOGS).map(([kind, logType]) => {
      const group = new cloudwatch.LogGroup(
        `${name}-${kind}`,
        {
          name: logGroupName.cache(environment, kind),
          retentionInDays: settings.logRetentionDays,
          kmsKeyId: keys.arns.logs,
        },
        { parent: this },
      );
      return { logType, destinationType: "cloudwatch-logs", destination: group.name, logFormat: "json" };
    });
  }

  private createReplicationGroup(
    name: string,
    args: CacheArgs,
    nodeType: CacheNodeType,
    { parameters, securityGroup, users }: CacheParts,
  ): elasticache.ReplicationGroup {
    const { environment, settings, network, keys } = args;
    const retainOnDelete = environment.retainStatefulResources;
    const subnets = new elasticache.SubnetGroup(
      name,
      { description: `Preflight ${environment.name}`, subnetIds: [...network.isolatedSubnetIds] },
      { parent: this, retainOnDelete },
    );
    return new elasticache.ReplicationGroup(
      name,
      {
        description: `Preflight ${environment.name}`,
        engine: ENGINE,
        engineVersion: settings.engineVersion,
        nodeType: nodeType.name,
        port: CACHE.port,
        numCacheClusters: settings.nodes,
        automaticFailoverEnabled: true,
        multiAzEnabled: true,
        subnetGroupName: subnets.name,
        securityGroupIds: [securityGroup.id],
        parameterGroupName: parameters.name,
        atRestEncryptionEnabled: true,
        kmsKeyId: keys.arns.data,
        transitEncryptionEnabled: true,
        transitEncryptionMode: "required",
        userGroupIds: [users.userGroupId],
        snapshotRetentionLimit: settings.snapshotRetentionDays,
        snapshotWindow: settings.snapshotWindowUtc,
        finalSnapshotIdentifier: this.createSnapshotName(name, args, subnets),
        maintenanceWindow: settings.maintenanceWindowUtc,
        // AWS raises the minor release in the window; `engineVersion` is not compared afterwards, see below.
        autoMinorVersionUpgrade: true,
        applyImmediately: false,
        logDeliveryConfigurations: this.createLogs(name, args),
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete,
        // After a refresh the older number of the stack file would be a downgrade, for which the provider makes a new, empty cache.
        ignoreChanges: ["engineVersion"],
      },
    );
  }
}
