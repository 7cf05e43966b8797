import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Database } from "../../../components/database/database.ts";
import type { DatabaseSettings } from "../../../config/blocks/database.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { DATABASE_SETTINGS } from "../../support/database-settings.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const CLUSTER = "aws:rds/cluster:Cluster";
const INSTANCE = "aws:rds/clusterInstance:ClusterInstance";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const INGRESS = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const NETWORK = {
  vpcId: pulumi.output("vpc-1"),
  zones: ["eu-west-1a", "eu-west-1b"],
  isolatedSubnetIds: [pulumi.output("subnet-1"), pulumi.output("subnet-2")],
};
const KEYS = {
  arns: {
    data: pulumi.output("arn:key/data"),
    logs: pulumi.output("arn:key/logs"),
    secrets: pulumi.output("arn:key/secrets"),
  },
};

interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: string;
}

let made: Database | undefined;

function deployDatabase(change: Partial<DatabaseSettings> = {}): Promise<Registered[]> {
  return deploy(() => {
    made = new Database("database", {
      eventsTopicArn: "arn:aws:sns:eu-west-1:111122223333:ticket",
      environment: ENVIRONMENT,
      settings: { ...DATABASE_SETTINGS, ...change },
      network: NETWORK,
      keys: KEYS,
      clientSecurityGroupId: "sg-clients",
    });
  });
}

const parametersOf = (group: Registered) =>
  new Map((group.inputs["parameters"] as Parameter[]).map((parameter) => [parameter.name, parameter]));

describe("Database", () => {
  let resources: Registered[];
  beforeAll(async () => {
    resources = await deployDatabase();
  });

  it("is one cluster with a writer and two readers, one zone after the other", () => {
    expect(ofType(resources, CLUSTER)).toHaveLength(1);
    expect(ofType(resources, INSTANCE).map(({ name, inputs }) => [name, inputs["availabilityZone"]])).toEqual([
      ["database-1", "eu-west-1a"],
      ["database-2", "eu-west-1b"],
      ["database-3", "eu-west-1a"],
    ]);
  });

  it("never moves a server to another zone when zones are added", () => {
    for (const instance of ofType(resources, INSTANCE)) expect(instance.ignoreChanges).toEqual(["availabilityZone"]);
  });

  it("hides every server from the internet and lets AWS patch it", () => {
    for (const { inputs } of ofType(resources, INSTANCE)) {
      expect(inputs).toMatchObject({
        publiclyAccessible: false,
        autoMinorVersionUpgrade: true,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        applyImmediately: false,
      });
    }
  });

  it("encrypts storage, insights and master secret under the keys of their purposes", () => {
    expect(only(resources, CLUSTER).inputs).toMatchObject({
      storageEncrypted: true,
      kmsKeyId: "arn:key/data",
      performanceInsightsKmsKeyId: "arn:key/data",
      masterUserSecretKmsKeyId: "arn:key/secrets",
    });
  });

  it("knows no password, and has RDS renew its own every seven days", () => {
    const { inputs, secretInputs } = only(resources, CLUSTER);
    expect(inputs).toMatchObject({ manageMasterUserPassword: true, iamDatabaseAuthenticationEnabled: true });
    expect(Object.keys(inputs).filter((key) => /^masterPassword/.test(key))).toEqual([]);
    expect(secretInputs).toEqual([]);
    expect(only(resources, "aws:secretsmanager/secretRotation:SecretRotation").inputs).toMatchObject({
      rotationRules: { automaticallyAfterDays: 7 },
    });
  });

  it("cannot be deleted by mistake, and leaves snapshot and backups behind when it is", () => {
    const cluster = only(resources, CLUSTER);
    expect(cluster).toMatchObject({ protect: true, retainOnDelete: true });
    expect(cluster.inputs).toMatchObject({
      deletionProtection: true,
      skipFinalSnapshot: false,
      deleteAutomatedBackups: false,
      copyTagsToSnapshot: true,
    });
    expect(cluster.inputs["finalSnapshotIdentifier"]).toMatch(/^preflight-staging-final-ref~\w+~hex~$/);
    // All that makes AWS replace the cluster: the one before would keep the name.
    expect(only(resources, "random:index/randomId:RandomId", "database-final-snapshot").inputs["keepers"]).toEqual({
      clusterIdentifier: cluster.inputs["clusterIdentifier"],
      databaseName: cluster.inputs["databaseName"],
      key: cluster.inputs["kmsKeyId"],
      subnets: cluster.inputs["dbSubnetGroupName"],
    });
  });

  it("keeps what a retained cluster hangs on", () => {
    for (const type of [
      "aws:rds/subnetGroup:SubnetGroup",
      "aws:rds/clusterParameterGroup:ClusterParameterGroup",
      "aws:rds/parameterGroup:ParameterGroup",
    ]) {
      expect(only(resources, type).retainOnDelete).toBe(true);
    }
    expect(only(resources, "aws:ec2/securityGroup:SecurityGroup", "database").retainOnDelete).toBe(true);
  });

  it("is taken by the daily backup plan", () => {
    expect(only(resources, CLUSTER).inputs["tags"]).toMatchObject({ backup: "daily" });
  });

  it("makes the log groups before what writes to them, with key and end", () => {
    const groups = ofType(resources, LOG_GROUP);
    expect(groups.map(({ inputs }) => inputs["name"])).toEqual([
      "/aws/rds/cluster/preflight-staging/postgresql",
      "/aws/rds/proxy/preflight-staging",
    ]);
    for (const { inputs } of groups) expect(inputs).toMatchObject({ retentionInDays: 365, kmsKeyId: "arn:key/logs" });
    expect(only(resources, CLUSTER).dependsOn).toContain("database-postgresql");
    expect(only(resources, "aws:rds/proxy:Proxy").dependsOn).toContain("database-proxy");
  });

  it("forces TLS, SCRAM, slow-query and audit logs on the whole cluster", () => {
    const group = only(resources, "aws:rds/clusterParameterGroup:ClusterParameterGroup");
    const parameters = parametersOf(group);
    expect(group.inputs["family"]).toBe("aurora-postgresql17");
    expect([...parameters.values()].map(({ name, value }) => `${name}=${value}`)).toEqual(
      expect.arrayContaining([
        "rds.force_ssl=1",
        "ssl_min_protocol_version=TLSv1.2",
        "rds.accepted_password_auth_method=scram",
        "log_min_duration_statement=500",
        "log_lock_waits=1",
        "log_connections=1",
        "pgaudit.log=ddl,role",
        "pgaudit.role=rds_pgaudit",
      ]),
    );
  });

  it("is made with the stack file's release, and never set back to it once AWS has raised it", () => {
    const cluster = only(resources, CLUSTER);
    expect(cluster.inputs["engineVersion"]).toBe("17.11");
    expect(cluster.ignoreChanges).toEqual(["engineVersion"]);
    for (const { inputs } of ofType(resources, INSTANCE)) expect(inputs).not.toHaveProperty("engineVersion");
  });

  it("sets static parameters, and those that servers have anyway, for the next start, and all others at once", () => {
    const groups = [
      only(resources, "aws:rds/clusterParameterGroup:ClusterParameterGroup"),
      only(resources, "aws:rds/parameterGroup:ParameterGroup"),
    ];
    const late = groups
      .flatMap((group) => [...parametersOf(group).values()])
      .filter(({ applyMethod }) => applyMethod === "pending-reboot");
    expect(late.map(({ name }) => name)).toEqual([
      "rds.force_ssl",
      "ssl_min_protocol_version",
      "password_encryption",
      "pgaudit.role",
      "shared_preload_libraries",
      "timezone",
      "auto_explain.log_analyze",
      "track_activity_query_size",
      "track_io_timing",
    ]);
  });

  it("keeps 15 months of insights in advanced mode, alike on cluster and servers", () => {
    expect(only(resources, CLUSTER).inputs).toMatchObject({
      databaseInsightsMode: "advanced",
      performanceInsightsRetentionPeriod: 465,
    });
    for (const { inputs } of ofType(resources, INSTANCE)) {
      expect(inputs).toMatchObject({
        performanceInsightsEnabled: true,
        performanceInsightsRetentionPeriod: 465,
        monitoringInterval: 15,
      });
    }
  });

  it("admits the clients and the proxy on one port, from security groups only", () => {
    const rules = ofType(resources, INGRESS).map(({ inputs }) => inputs);
    expect(rules).toHaveLength(3);
    for (const rule of rules) {
      expect(rule).toMatchObject({ ipProtocol: "tcp", fromPort: 5432, toPort: 5432 });
      expect(rule).not.toHaveProperty("cidrIpv4");
    }
    expect(rules.filter((rule) => rule["referencedSecurityGroupId"] === "sg-clients")).toHaveLength(2);
  });

  it("puts a proxy in front that demands TLS and IAM and may not become the master", () => {
    expect(only(resources, "aws:rds/proxy:Proxy").inputs).toMatchObject({
      requireTls: true,
      defaultAuthScheme: "IAM_AUTH",
      debugLogging: false,
    });
    const policy = JSON.parse(String(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs["policy"]));
    expect(policy.Statement).toEqual([
      expect.objectContaining({
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: expect.stringMatching(/:dbuser:\S+\/\*$/),
      }),
      expect.objectContaining({
        Effect: "Deny",
        Action: "rds-db:connect",
        Resource: expect.stringMatching(/:dbuser:\S+\/platform_admin$/),
      }),
    ]);
  });

  it("sizes the proxy from the pools: the reserve stays free", () => {
    expect(
      only(resources, "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup").inputs["connectionPoolConfig"],
    ).toEqual({
      maxConnectionsPercent: 93,
      maxIdleConnectionsPercent: 49,
      connectionBorrowTimeout: 30,
    });
  });

  it("tells its clients where to go", () => {
    expect(made).toMatchObject({ port: 5432, databaseName: "platform" });
    expect(made?.proxyEndpoint).toBeDefined();
    expect(made?.proxyReaderEndpoint).toBeDefined();
  });
});

describe("Database without proxy and readers", () => {
  it("is a cluster with a writer, and nothing of the proxy", async () => {
    const resources = await deployDatabase({
      readers: 0,
      proxy: { ...DATABASE_SETTINGS.proxy, enabled: false },
      insightsMode: "standard",
    });
    expect(ofType(resources, INSTANCE)).toHaveLength(1);
    expect(resources.filter(({ type }) => type.startsWith("aws:rds/proxy"))).toEqual([]);
    expect(only(resources, INGRESS).inputs["referencedSecurityGroupId"]).toBe("sg-clients");
    expect(only(resources, CLUSTER).inputs).toMatchObject({
      databaseInsightsMode: "standard",
      performanceInsightsRetentionPeriod: 7,
    });
    expect(made?.proxyEndpoint).toBeUndefined();
  });
});
