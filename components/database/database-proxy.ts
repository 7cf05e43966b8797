import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as ec2 from "@pulumi/aws/ec2/index.js";
import * as iam from "@pulumi/aws/iam/index.js";
import * as rds from "@pulumi/aws/rds/index.js";
import * as vpc from "@pulumi/aws/vpc/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { DatabaseSettings } from "../../config/blocks/database.ts";
import type { Place, Scope } from "../../core/names.ts";
import { arnOf, logGroupName, nameOf } from "../../core/names.ts";
import { DATABASE } from "../../standards/database.ts";
import { connectionBudget } from "../../standards/database-instances.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import { arnWithRights, policyDocumentOutput, serviceTrust } from "../shared/iam.ts";

export interface DatabaseProxyArgs {
  readonly environment: Scope & Place;
  readonly settings: DatabaseSettings;
  readonly network: Pick<Network, "vpcId" | "isolatedSubnetIds">;
  readonly keys: Pick<Keys<"logs">, "arns">;
  /** Security group of the only workloads that may connect. */
  readonly clientSecurityGroupId: pulumi.Input<string>;
  /** Security group of the servers; it gets a rule that admits the proxy. */
  readonly databaseSecurityGroupId: pulumi.Input<string>;
  readonly cluster: rds.Cluster;
  /** The cluster's servers: a proxy cannot register a cluster that has none. */
  readonly instances: readonly rds.ClusterInstance[];
  /** The one user as whom nobody may come through the proxy. */
  readonly masterUsername: string;
}

/** A security group, and the rules in it that its clients and servers need. */
export interface GroupWithRules {
  readonly securityGroup: ec2.SecurityGroup;
  readonly rules: readonly pulumi.Resource[];
}

/**
 * A pool of connections in front of the cluster. Clients come with TLS and an IAM token, and the proxy goes on to the
 * server as the same database user with a token of its own: it knows no password and reads no secret. It may not
 * become the master user. What it opens leaves the configured reserve on the server free.
 * Cost: an hourly price for each vCPU of the cluster's servers.
 */
export class DatabaseProxy extends pulumi.ComponentResource {
  /** Host name for reading and writing; it follows a failover without dropping clients. */
  readonly endpoint: pulumi.Output<string>;
  /** Host name for reading only; undefined in a cluster without readers. */
  readonly readerEndpoint: pulumi.Output<string> | undefined;
  /** The proxy's resource id (`prx-…`), which clients' permissions to connect name. */
  readonly resourceId: pulumi.Output<string>;
  /** What must exist before a client gets through: the servers behind it, and the ways in and out. */
  readonly ready: readonly pulumi.Resource[];

  constructor(name: string, args: DatabaseProxyArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:data:DatabaseProxy", name, {}, opts);
    const child = { parent: this };
    const physicalName = nameOf(args.environment);
    const { securityGroup, rules } = this.createSecurityGroup(name, args);
    const logs = new cloudwatch.LogGroup(
      name,
      {
        name: logGroupName.databaseProxy(args.environment),
        retentionInDays: args.settings.logRetentionDays,
        kmsKeyId: args.keys.arns.logs,
      },
      child,
    );
    const place = { vpcSubnetIds: [...args.network.isolatedSubnetIds], vpcSecurityGroupIds: [securityGroup.id] };
    const proxy = new rds.Proxy(
      name,
      {
        ...place,
        name: physicalName,
        engineFamily: "POSTGRESQL",
        requireTls: true,
        // The token scheme on both legs; without it every database user would need a secret which the proxy reads.
        defaultAuthScheme: "IAM_AUTH",
        roleArn: this.createRole(name, args),
        idleClientTimeout: args.settings.proxy.idleClientTimeoutSeconds,
        debugLogging: false, // It would log the statements, values included.
        tags: { Name: physicalName },
      },
      { ...child, dependsOn: logs },
    );
    this.ready = [this.connectTarget(name, args, proxy), ...rules];

    this.endpoint = proxy.endpoint;
    this.readerEndpoint =
      args.settings.readers === 0
        ? undefined
        : new rds.ProxyEndpoint(
            `${name}-readers`,
            {
              ...place,
              dbProxyName: proxy.name,
              dbProxyEndpointName: nameOf(args.environment, "readers"),
              targetRole: "READ_ONLY",
            },
            { parent: proxy },
          ).endpoint;
    this.resourceId = proxy.arn.apply((arn) => arn.split(":").at(-1) ?? arn);
    this.registerOutputs({ endpoint: this.endpoint, readerEndpoint: this.readerEndpoint, resourceId: this.resourceId });
  }

  /** From the clients to the proxy, and from the proxy to the servers; nothing else. */
  private createSecurityGroup(name: string, args: DatabaseProxyArgs): GroupWithRules {
    const securityGroup = new ec2.SecurityGroup(
      name,
      {
        vpcId: args.network.vpcId,
        description: "Database proxy: PostgreSQL between its clients and the servers",
        tags: { Name: name },
      },
      { parent: this },
    );
    const postgres = { ipProtocol: "tcp", fromPort: DATABASE.port, toPort: DATABASE.port };
    const rule = { parent: securityGroup };
    const rules = [
      new vpc.SecurityGroupIngressRule(
        `${name}-clients`,
        {
          ...postgres,
          description: "PostgreSQL from the services",
          securityGroupId: securityGroup.id,
          referencedSecurityGroupId: args.clientSecurityGroupId,
        },
        rule,
      ),
      new vpc.SecurityGroupEgressRule(
        `${name}-servers`,
        {
          ...postgres,
          description: "PostgreSQL to the servers",
          securityGroupId: securityGroup.id,
          referencedSecurityGroupId: args.databaseSecurityGroupId,
        },
        rule,
      ),
      new vpc.SecurityGroupIngressRule(
        `${name}-to-servers`,
        {
          ...postgres,
          description: "PostgreSQL from the proxy",
          securityGroupId: args.databaseSecurityGroupId,
          referencedSecurityGroupId: securityGroup.id,
        },
        rule,
      ),
    ];
    return { securityGroup, rules };
  }

  /** Lets the proxy log in as any user of this cluster but the master. */
  private createRole(name: string, { environment, cluster, masterUsername }: DatabaseProxyArgs): pulumi.Output<string> {
    const role = new iam.Role(
      name,
      {
        description: "Taken on by the database proxy to log in to its cluster",
        assumeRolePolicy: serviceTrust("rds", { accountId: environment.accountId }),
      },
      { parent: this },
    );
    const users = cluster.clusterResourceId.apply((id) => arnOf(environment, "rds-db", `dbuser:${id}`));
    const connecting = new iam.RolePolicy(
      name,
      {
        role: role.name,
        policy: policyDocumentOutput([
          { Sid: "Users", Effect: "Allow", Action: "rds-db:connect", Resource: pulumi.interpolate`${users}/*` },
          {
            Sid: "NeverTheMaster",
            Effect: "Deny",
            Action: "rds-db:connect",
            Resource: pulumi.interpolate`${users}/${masterUsername}`,
          },
        ]),
      },
      { parent: role },
    );
    return arnWithRights(role, [connecting]);
  }

  /** Registers the cluster behind the proxy, with a share of its connections that follows from the pools. */
  private connectTarget(
    name: string,
    { settings, cluster, instances }: DatabaseProxyArgs,
    proxy: rds.Proxy,
  ): pulumi.Resource {
    const budget = connectionBudget(settings.instanceClass, settings.pool);
    const group = new rds.ProxyDefaultTargetGroup(
      name,
      {
        dbProxyName: proxy.name,
        connectionPoolConfig: {
          maxConnectionsPercent: budget.proxyMaxPercent,
          maxIdleConnectionsPercent: budget.proxyIdlePercent,
          connectionBorrowTimeout: settings.proxy.borrowTimeoutSeconds,
        },
      },
      { parent: proxy },
    );
    return new rds.ProxyTarget(
      name,
      { dbProxyName: proxy.name, targetGroupName: group.name, dbClusterIdentifier: cluster.clusterIdentifier },
      { parent: proxy, dependsOn: [...instances] },
    );
  }
}
