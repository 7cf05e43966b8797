import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Cache } from "../../../components/cache/cache.ts";
import type { CacheSettings } from "../../../config/blocks/cache.ts";
import { CACHE_NODE_TYPES, nodeTypeFor, usableMiB } from "../../../standards/cache.ts";
import { CACHE_SETTINGS } from "../../support/cache-settings.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";

const GROUP = "aws:elasticache/replicationGroup:ReplicationGroup";
const USER = "aws:elasticache/user:User";
const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";

const login = (name: string) => ({
  userId: `preflight-staging-${name}`,
  username: name,
  password: pulumi.secret(`first password of ${name}`),
});

const deployCache = (change: Partial<CacheSettings> = {}) =>
  deploy(() => {
    new Cache("cache", {
      environment: ENVIRONMENT,
      settings: { ...CACHE_SETTINGS, ...change },
      keys: { arns: { data: pulumi.output("arn:key/data"), logs: pulumi.output("arn:key/logs") } },
      network: {
        vpcId: pulumi.output("vpc-1"),
        isolatedSubnetIds: [pulumi.output("subnet-1"), pulumi.output("subnet-2")],
      },
      secrets: { cacheLogins: { "cache-api": login("cache-api") } },
      clientSecurityGroupId: "sg-clients",
    });
  });

let resources: Registered[];
let group: Registered;
beforeAll(async () => {
  resources = await deployCache();
  group = only(resources, GROUP);
});

describe("Cache", () => {
  it("makes one group, its users and nobody else, and two logs", () => {
    expect(ofType(resources, GROUP)).toHaveLength(1);
    expect(ofType(resources, USER)).toHaveLength(2);
    expect(ofType(resources, LOG_GROUP)).toHaveLength(2);
  });

  it("fails over to another zone", () => {
    expect(group.inputs).toMatchObject({ numCacheClusters: 2, automaticFailoverEnabled: true, multiAzEnabled: true });
    expect(only(resources, "aws:elasticache/subnetGroup:SubnetGroup").inputs["subnetIds"]).toEqual([
      "subnet-1",
      "subnet-2",
    ]);
  });

  it("encrypts at rest and on the way, without exception", () => {
    expect(group.inputs).toMatchObject({
      atRestEncryptionEnabled: true,
      kmsKeyId: "arn:key/data",
      transitEncryptionEnabled: true,
      transitEncryptionMode: "required",
    });
  });

  it("keeps snapshots, a last one too, and is protected", () => {
    expect(group.inputs).toMatchObject({
      snapshotRetentionLimit: 7,
      // A name of its own each time: a second one of the same name would keep the cache from going.
      finalSnapshotIdentifier: expect.stringMatching(/^preflight-staging-cache-final-ref~.*~hex~$/),
    });
    // All that makes AWS replace the group: the one before would keep the name.
    expect(only(resources, "random:index/randomId:RandomId").inputs["keepers"]).toEqual({
      replicationGroup: "preflight-staging",
      key: group.inputs["kmsKeyId"],
      subnets: group.inputs["subnetGroupName"],
    });
    expect(group).toMatchObject({ protect: true, retainOnDelete: true });
  });

  it("is made with the stack file's release, and never set back to it once AWS has raised it", () => {
    expect(group.inputs).toMatchObject({ engineVersion: "8.1", autoMinorVersionUpgrade: true });
    // A lower release than the running one would replace the cache by an empty one.
    expect(group.ignoreChanges).toEqual(["engineVersion"]);
  });

  it.each([
    { engineVersion: "8.2", family: "valkey8" },
    { engineVersion: "9.0", family: "valkey9" },
    { engineVersion: "9.2", family: "valkey9" },
  ])("has parameters of the release's family: $engineVersion", async ({ engineVersion, family }) => {
    const made = await deployCache({ engineVersion });
    expect(only(made, "aws:elasticache/parameterGroup:ParameterGroup").inputs["family"]).toBe(family);
  });

  it("admits the clients' group on one port and nobody else", () => {
    expect(group.inputs["securityGroupIds"]).toHaveLength(1);
    const [rule, ...others] = ofType(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(others).toEqual([]);
    expect(rule?.inputs).toMatchObject({
      ipProtocol: "tcp",
      fromPort: 6379,
      toPort: 6379,
      referencedSecurityGroupId: "sg-clients",
    });
    expect(only(resources, "aws:ec2/securityGroup:SecurityGroup").inputs).not.toHaveProperty("egress");
  });

  it("lets a program in with its own password, which rotation may change", () => {
    const user = only(resources, USER, "cache-cache-api");
    expect(user.inputs).toMatchObject({
      userId: "preflight-staging-cache-api",
      userName: "cache-api",
      accessString: "on ~api:* -@all +@read +@write -@dangerous -@scripting",
      passwords: ["first password of cache-api"],
    });
    expect(user.secretInputs).toEqual(["passwords"]);
    expect(user.ignoreChanges).toEqual(["passwords"]);
  });

  it("switches the default user off, with a password that nobody has", () => {
    const user = only(resources, USER, "cache-default");
    expect(user.inputs).toMatchObject({ userName: "default", accessString: "off ~keys* -@all" });
    expect(user.inputs).not.toHaveProperty("noPasswordRequired");
    expect(user.secretInputs).toEqual(["passwords"]);
  });

  it("knows every user of the group", () => {
    expect(only(resources, "aws:elasticache/userGroup:UserGroup").inputs["userIds"]).toEqual([
      "preflight-staging-default",
      "preflight-staging-cache-api",
    ]);
    expect(group.inputs["userGroupIds"]).toEqual(["preflight-staging"]);
  });

  it("writes the engine's log and slow commands to encrypted groups as JSON", () => {
    for (const log of ofType(resources, LOG_GROUP))
      expect(log.inputs).toMatchObject({ kmsKeyId: "arn:key/logs", retentionInDays: 90 });
    expect(group.inputs["logDeliveryConfigurations"]).toEqual([
      {
        logType: "slow-log",
        destinationType: "cloudwatch-logs",
        destination: "/aws/elasticache/preflight-staging/slow",
        logFormat: "json",
      },
      {
        logType: "engine-log",
        destinationType: "cloudwatch-logs",
        destination: "/aws/elasticache/preflight-staging/engine",
        logFormat: "json",
      },
    ]);
  });

  it("says what goes when memory is full, and keeps the reserve that the node needs", async () => {
    const burstable = await deployCache({ allowBurstableNodes: true, evictionPolicy: "noeviction" });
    expect(only(burstable, GROUP).inputs["nodeType"]).toBe("cache.t4g.small");
    expect(only(burstable, "aws:elasticache/parameterGroup:ParameterGroup").inputs["parameters"]).toEqual([
      { name: "maxmemory-policy", value: "noeviction" },
      { name: "reserved-memory-percent", value: "30" },
      { name: "slowlog-log-slower-than", value: "10000" },
    ]);
    expect(group.inputs["nodeType"]).toBe("cache.m7g.large");
  });
});

describe("nodeTypeFor", () => {
  const choose = (usableMemoryMiB: number, allowBurstableNodes = true) =>
    nodeTypeFor({ usableMemoryMiB, allowBurstableNodes })?.name;

  it("takes the smallest node whose memory after the reserve is enough", () => {
    // 1402 MiB less 30 % are 981.
    expect(choose(981)).toBe("cache.t4g.small");
    expect(choose(982)).toBe("cache.t4g.medium");
    expect(choose(512, false)).toBe("cache.m7g.large");
    expect(choose(81_259)).toBe("cache.r7g.4xlarge");
    expect(choose(81_260)).toBeUndefined();
  });

  it("lists the nodes by the memory they offer", () => {
    const offered = CACHE_NODE_TYPES.map(usableMiB);
    expect(offered).toEqual(offered.toSorted((a, b) => a - b));
  });
});
