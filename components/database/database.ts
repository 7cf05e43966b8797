import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as rds from "@pulumi/aws/rds/index.js";
import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";
import { RandomId } from "@pulumi/random/randomId.js";

import type { DatabaseSettings } from "../../config/blocks/database.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import { logGroupName, nameOf } from "../../core/names.ts";
import { DATABASE, REQUIRED_LOG_EXPORTS } from "../../standards/database.ts";
import { TAGS } from "../../standards/tags.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import type { GroupWithRules } from "./database-proxy.ts";
import { DatabaseProxy } from "./database-proxy.ts";
import { createDatabaseEvents } from "./events.ts";
import { createParameterGroups } from "./parameters.ts";
import type { ServerPlacement } from "./servers.ts";
import { createServers, ENGINE, insights } from "./servers.ts";

export interface DatabaseArgs {
  readonly environment: Environment;
  /** Size, windows, retention and pools, from the stack file; units are in the field names. */
  readonly settings: DatabaseSettings;
  /** The network whose isolated subnets hold the servers; one zone after the other gets one. */
  readonly network: Pick<Network, "vpcId" | "zones" | "isolatedSubnetIds">;
  /** Keys of the storage, of the logs and of the master secret. */
  readonly keys: Pick<Keys<"data" | "logs" | "secrets">, "arns">;
  /** Where RDS reports what it does with the databases; a topic of the region. */
  readonly eventsTopicArn: pulumi.Input<string>;
  /** Security group of the only workloads that may connect. It is named in a rule, never attached. */
  readonly clientSecurityGroupId: pulumi.Input<string>;
}

/** Made by RDS together with its password. People use it in emergencies, services never. */
const MASTER_USERNAME = "platform_admin";
const EXPORTED_LOGS = REQUIRED_LOG_EXPORTS.cluster[ENGINE];

/**
 * An Aurora PostgreSQL cluster: one writer, the rest readers, spread over the zones, reachable only from the clients'
 * security group and the proxy. TLS is forced, storage and snapshots are encrypted with the data key, services log in
 * with IAM tokens, and the master password is known to RDS alone. Deleting it takes deliberate steps: Pulumi `protect`,
 * RDS' deletion protection; and it leaves a final snapshot and the automated backups behind. The release is that of the
 * stack file when the cluster is made; afterwards AWS raises the minor one, and a refresh changes nothing back.
 * Cost: hours of each instance, storage and I/O; Database Insights in advanced mode by the vCPU.
 */
export class Database extends pulumi.ComponentResource {
  /** Host name of the writer; it follows a failover. */
  readonly writerEndpoint: pulumi.Output<string>;
  /** Host name that spreads over the readers; over the writer when there are none. */
  readonly readerEndpoint: pulumi.Output<string>;
  /** Host name of the proxy; undefined when it is off. */
  readonly proxyEndpoint: pulumi.Output<string> | undefined;
  /** Host name of the proxy for reading only; undefined when it is off or there are no readers. */
  readonly proxyReaderEndpoint: pulumi.Output<string> | undefined;
  /** The proxy's resource id, for `rds-db:connect`; undefined when it is off. */
  readonly proxyResourceId: pulumi.Output<string> | undefined;
  /** TCP port of every endpoint. */
  readonly port: number;
  /** Database that exists from the beginning. */
  readonly databaseName: string;
  /** Security group of the servers. */
  readonly securityGroupId: pulumi.Output<string>;
  /** The isolated subnets as RDS knows them; restored copies go there too. */
  readonly subnetGroupName: pulumi.Output<string>;
  readonly clusterArn: pulumi.Output<string>;
  /** Name of the cluster in RDS, `<prefix>-<environment>`: metrics, logs and restores use it. */
  readonly clusterIdentifier: pulumi.Output<string>;
  /** The cluster's resource id (`cluster-…`), which permissions to connect name. */
  readonly clusterResourceId: pulumi.Output<string>;
  /** Secret with the master's name and password, which RDS makes and rotates. */
  readonly masterSecretArn: pulumi.Output<string>;
  /** What must exist before anything can connect. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: DatabaseArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:data:Database", name, {}, opts);
    const { settings, environment, network } = args;
    // A cluster that stays in AWS keeps what it hangs on: none of these could be deleted while it runs.
    const stateful = { parent: this, retainOnDelete: environment.retainStatefulResources };
    const subnets = new rds.SubnetGroup(
      name,
      {
        subnetIds: [...network.isolatedSubnetIds],
        description: "Isolated subnets, without a route to the internet",
        tags: { Name: name },
      },
      stateful,
    );
    const placement = { subnets, groups: createParameterGroups(name, settings, stateful) };
    const { securityGroup, rules } = this.createSecurityGroup(name, args, stateful);
    const cluster = this.createCluster(name, args, placement, securityGroup);
    const instances = createServers(name, args, placement, cluster, { parent: this });
    this.masterSecretArn = this.rotateMaster(name, settings, cluster, instances);
    const proxy = settings.proxy.enabled
      ? new DatabaseProxy(
          `${name}-proxy`,
          { ...args, cluster, instances, databaseSecurityGroupId: securityGroup.id, masterUsername: MASTER_USERNAME },
          { parent: this },
        )
      : undefined;

    createDatabaseEvents(name, args.eventsTopicArn, { parent: this });

    this.writerEndpoint = cluster.endpoint;
    this.readerEndpoint = cluster.readerEndpoint;
    this.proxyEndpoint = proxy?.endpoint;
    this.proxyReaderEndpoint = proxy?.readerEndpoint;
    this.proxyResourceId = proxy?.resourceId;
    this.port = DATABASE.port;
    this.databaseName = settings.databaseName;
    this.securityGroupId = securityGroup.id;
    this.subnetGroupName = subnets.name;
    this.clusterArn = cluster.arn;
    this.clusterIdentifier = cluster.clusterIdentifier;
    this.clusterResourceId = cluster.clusterResourceId;
    this.ready = [...instances, ...rules, ...(proxy?.ready ?? [])];
    this.registerOutputs({
      writerEndpoint: this.writerEndpoint,
      readerEndpoint: this.readerEndpoint,
      proxyEndpoint: this.proxyEndpoint,
      proxyReaderEndpoint: this.proxyReaderEndpoint,
      proxyResourceId: this.proxyResourceId,
      securityGroupId: this.securityGroupId,
      subnetGroupName: this.subnetGroupName,
      clusterArn: this.clusterArn,
      clusterIdentifier: this.clusterIdentifier,
      clusterResourceId: this.clusterResourceId,
      masterSecretArn: this.masterSecretArn,
    });
  }

  /** Admits the clients. The servers themselves open no connections, so there is no rule outwards. */
  private createSecurityGroup(
    name: string,
    { network, clientSecurityGroupId }: DatabaseArgs,
    stateful: pulumi.CustomResourceOptions,
  ): GroupWithRules {
    const securityGroup = new ec2.SecurityGroup(
      name,
      {
        vpcId: network.vpcId,
        description: "Database: PostgreSQL from the services and the proxy",
        tags: { Name: name },
      },
      stateful,
    );
    const clients = new vpc.SecurityGroupIngressRule(
      `${name}-clients`,
      {
        securityGroupId: securityGroup.id,
        referencedSecurityGroupId: clientSecurityGroupId,
        ipProtocol: "tcp",
        fromPort: DATABASE.port,
        toPort: DATABASE.port,
        description: "PostgreSQL from the services",
      },
      // Not even with a database that stays: a group that a rule names cannot be deleted, and the clients' goes.
      { parent: securityGroup, retainOnDelete: false },
    );
    return { securityGroup, rules: [clients] };
  }

  private createCluster(
    name: string,
    args: DatabaseArgs,
    { subnets, groups }: ServerPlacement,
    securityGroup: ec2.SecurityGroup,
  ): rds.Cluster {
    const { environment, settings, keys } = args;
    const clusterIdentifier = nameOf(environment);
    const logs = EXPORTED_LOGS.map((log) =>
      this.createLogGroup(`${name}-${log}`, logGroupName.database(environment, log), args),
    );
    return new rds.Cluster(
      name,
      {
        clusterIdentifier,
        engine: ENGINE,
        engineVersion: settings.engineVersion,
        engineLifecycleSupport: "open-source-rds-extended-support-disabled",
        databaseName: settings.databaseName,
        port: DATABASE.port,
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [securityGroup.id],
        dbClusterParameterGroupName: groups.cluster.name,
        storageEncrypted: true,
        kmsKeyId: keys.arns.data,
        masterUsername: MASTER_USERNAME,
        manageMasterUserPassword: true,
        masterUserSecretKmsKeyId: keys.arns.secrets,
        iamDatabaseAuthenticationEnabled: true,
        backupRetentionPeriod: settings.backupRetentionDays,
        preferredBackupWindow: settings.backupWindowUtc,
        preferredMaintenanceWindow: settings.maintenanceWindowUtc,
        copyTagsToSnapshot: true,
        deleteAutomatedBackups: false,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: this.createSnapshotName(name, args, subnets),
        deletionProtection: true,
        // Changes wait for the maintenance window; a new major release is a change of the program, never of a number.
        applyImmediately: false,
        allowMajorVersionUpgrade: false,
        enabledCloudwatchLogsExports: [...EXPORTED_LOGS],
        ...insights(args),
        databaseInsightsMode: settings.insightsMode,
        tags: { Name: clusterIdentifier, [TAGS.backup]: TAGS.backupDaily },
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete: environment.retainStatefulResources,
        dependsOn: logs,
        // AWS raises the minor release: after a refresh the stack file's number would be a downgrade, which RDS refuses.
        ignoreChanges: ["engineVersion"],
      },
    );
  }

  /** Made before the cluster, which would otherwise make it without key and without end. */
  private createLogGroup(name: string, path: string, { settings, keys }: DatabaseArgs): cloudwatch.LogGroup {
    return new cloudwatch.LogGroup(
      name,
      { name: path, retentionInDays: settings.logRetentionDays, kmsKeyId: keys.arns.logs },
      { parent: this },
    );
  }

  /** A name that no earlier final snapshot has; it stays for as long as the cluster does, and what replaces that renews it. */
  private createSnapshotName(
    name: string,
    { environment, settings: { databaseName }, keys }: DatabaseArgs,
    subnets: rds.SubnetGroup,
  ): pulumi.Output<string> {
    const clusterIdentifier = nameOf(environment);
    const suffix = new RandomId(
      `${name}-final-snapshot`,
      { byteLength: 4, keepers: { clusterIdentifier, databaseName, key: keys.arns.data, subnets: subnets.name } },
      { parent: this },
    );
    return suffix.hex.apply((hex) => nameOf(environment, "final", hex));
  }

  /** Has RDS renew the master password at our pace instead of its own, and answers the secret's ARN. */
  private rotateMaster(
    name: string,
    settings: DatabaseSettings,
    cluster: rds.Cluster,
    instances: readonly pulumi.Resource[],
  ): pulumi.Output<string> {
    const secretArn = cluster.masterUserSecrets.apply(([secret]) => {
      if (secret === undefined) throw new Error(`${name}: RDS manages the master password but names no secret`);
      return secret.secretArn;
    });
    new secretsmanager.SecretRotation(
      `${name}-master`,
      {
        secretId: secretArn,
        rotateImmediately: false,
        rotationRules: { automaticallyAfterDays: settings.masterPasswordRotationDays },
      },
      { parent: cluster, dependsOn: [...instances] },
    );
    return secretArn;
  }
}
