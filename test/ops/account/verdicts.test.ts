import { describe, expect, it } from "vitest";

import { parseStack } from "../../../config/parse.ts";
import type { Verdict } from "../../../ops/account/check.ts";
import { parsedStack, rawStack, withSetting } from "../../support/stack-files.ts";
import { beforeFirstUp, withAnswers } from "./support/others.ts";
import type { Account, Answers } from "./support/recorded.ts";
import { ask, refuse } from "./support/recorded.ts";

const config = parsedStack("production");
const OURS = [
  { Key: "environment", Value: "production" },
  { Key: "managed-by", Value: "preflight" },
];

interface Case {
  readonly title: string;
  readonly answers: Partial<Answers>;
  readonly what: string;
  readonly verdict: Verdict;
  readonly found: string;
  readonly todo?: string;
}

/** The line of that name, as the account's check has it. */
async function lineOf(account: Account, what: string) {
  const { findings } = await ask(config, account);
  return findings.find((line) => line.what === what);
}

function check({ what, verdict, found, todo }: Case, line: Awaited<ReturnType<typeof lineOf>>) {
  expect(line).toMatchObject({ what, verdict, found });
  if (todo !== undefined) expect(line?.todo).toContain(todo);
}

/** What stands in the way before a first up, one case for each kind of answer. */
const BEFORE: readonly Case[] = [
  {
    title: "a region that is off",
    answers: {
      "ec2:DescribeRegions": () => ({ Regions: [{ RegionName: "eu-central-1", OptInStatus: "not-opted-in" }] }),
    },
    what: "Region eu-central-1",
    verdict: "blocks",
    found: "not-opted-in",
    todo: "aws account enable-region --region-name eu-central-1",
  },
  {
    title: "a zone in which EKS makes no cluster",
    answers: {
      "ec2:DescribeAvailabilityZones": () => ({
        AvailabilityZones: [
          { ZoneName: "eu-west-1a", ZoneId: "use1-az3", State: "available", ZoneType: "availability-zone" },
        ],
      }),
    },
    what: "Zone eu-west-1a",
    verdict: "blocks",
    found: "use1-az3, in which EKS makes no cluster",
  },
  {
    title: "an image of another Kubernetes patch",
    answers: {
      "ec2:DescribeImages": () => ({
        Images: [{ ImageId: "ami-1", Description: "Amazon Linux 2023, (k8s: 1.35.99, containerd: 2.*)" }],
      }),
    },
    what: "Image of node group system",
    verdict: "blocks",
    found: "the image of that day has Kubernetes 1.35.99",
  },
  {
    title: "an image that was never made",
    answers: {
      "ec2:DescribeImages": () => ({ Images: [] }),
      "ssm:GetParameter": ({ Name = "" }) =>
        Name.includes("recommended") ? { Parameter: { Value: "1.35.9-20261201" } } : refuse("ParameterNotFound"),
    },
    what: "Image of node pool general",
    verdict: "blocks",
    found: "no such image in this region",
    todo: "Take 1.35.9-20261201, which EKS recommends now",
  },
  {
    title: "an add-on's build that EKS has withdrawn",
    answers: {
      "eks:DescribeAddonVersions": () => ({
        addons: [
          {
            addonVersions: [
              { addonVersion: "v9.0.0-eksbuild.1" },
              { addonVersion: "v8.0.0-eksbuild.2", compatibilities: [{ defaultVersion: true }] },
            ],
          },
        ],
      }),
    },
    what: "Add-on coredns",
    verdict: "blocks",
    found: "not among the builds that EKS offers",
    todo: "Set cluster.addons.coredns to v8.0.0-eksbuild.2, EKS' own choice",
  },
  {
    title: "a Kubernetes version that EKS sells for six times the price",
    answers: {
      "eks:DescribeClusterVersions": () => ({
        clusterVersions: [{ clusterVersion: config.cluster.kubernetesVersion, versionStatus: "EXTENDED_SUPPORT" }],
      }),
    },
    what: `Kubernetes ${config.cluster.kubernetesVersion}`,
    verdict: "advice",
    found: "extended support, at six times the price",
  },
  {
    title: "a type of instance that a zone lacks",
    answers: {
      "ec2:DescribeInstanceTypeOfferings": () => ({
        InstanceTypeOfferings: [
          { InstanceType: "m7g.xlarge", Location: "eu-west-1a" },
          { InstanceType: "m7g.xlarge", Location: "eu-west-1b" },
        ],
      }),
    },
    what: "Instances of node group system",
    verdict: "blocks",
    found: "no m7g.xlarge in eu-west-1c",
  },
  {
    title: "a class of the database that a zone lacks",
    answers: {
      "rds:DescribeOrderableDBInstanceOptions": () => ({
        OrderableDBInstanceOptions: [{ AvailabilityZones: [{ Name: "eu-west-1a" }, { Name: "eu-west-1c" }] }],
      }),
    },
    what: "Class of the database",
    verdict: "blocks",
    found: "not in eu-west-1b",
  },
  {
    title: "a release that Aurora never had",
    answers: {
      "rds:DescribeDBEngineVersions": () => ({ DBEngineVersions: [{ EngineVersion: "17.99", Status: "available" }] }),
    },
    what: "Release of the database",
    verdict: "blocks",
    found: "not offered",
    todo: "17.99",
  },
  {
    title: "a release of the cache that the region lacks",
    answers: {
      "elasticache:DescribeCacheEngineVersions": () => ({ CacheEngineVersions: [{ EngineVersion: "7.2.6" }] }),
    },
    what: "Release of the cache",
    verdict: "blocks",
    found: "not offered",
  },
  {
    title: "an endpoint that takes no policy",
    answers: {
      "ec2:DescribeVpcEndpointServices": () => ({
        ServiceDetails: [
          {
            ServiceName: "com.amazonaws.eu-west-1.kms",
            AvailabilityZones: [...config.network.zones],
            VpcEndpointPolicySupported: false,
          },
        ],
      }),
    },
    what: "Endpoint kms",
    verdict: "blocks",
    found: "takes no policy here",
  },
  {
    title: "networks kept from the internet",
    answers: {
      "ec2:DescribeVpcBlockPublicAccessOptions": () => ({
        VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: "block-ingress", ManagedBy: "declarative-policy" },
      }),
    },
    what: "VPC block public access",
    verdict: "blocks",
    found: "block-ingress",
    todo: "the organisation's policy decides it",
  },
  {
    title: "images of AWS not allowed",
    answers: {
      "ec2:GetAllowedImagesSettings": () => ({
        State: "enabled",
        ImageCriteria: [{ ImageProviders: ["111122223333"] }],
      }),
    },
    what: "Allowed images",
    verdict: "blocks",
    found: "enabled, for 111122223333",
  },
  {
    title: "addresses that others have taken",
    answers: {
      "servicequotas:GetServiceQuota": () => ({ Quota: { Value: 5 } }),
      "ec2:DescribeAddresses": () => ({ Addresses: [{}, {}, { Tags: OURS }] }),
    },
    what: "Elastic IP addresses",
    verdict: "ok",
    found: "5, 2 taken by others",
  },
  {
    title: "addresses that others have taken, with too few left",
    answers: {
      "servicequotas:GetServiceQuota": () => ({ Quota: { Value: 5 } }),
      "ec2:DescribeAddresses": () => ({ Addresses: [{}, {}, {}] }),
    },
    what: "Elastic IP addresses",
    verdict: "blocks",
    found: "5, 3 taken by others",
    todo: "--desired-value 6",
  },
  {
    title: "vCPUs for the start, and not for growth",
    answers: { "servicequotas:GetServiceQuota": () => ({ Quota: { Value: 64 } }) },
    what: "vCPUs of running on-demand instances (standard families)",
    verdict: "advice",
    found: "64",
  },
  {
    title: "a hosted zone of the name",
    answers: {
      "route53:ListHostedZonesByName": () => ({
        HostedZones: [{ Id: "/hostedzone/Z9", Name: "example.com.", CallerReference: "1" }],
        IsTruncated: false,
        MaxItems: 10,
      }),
    },
    what: "Hosted zone",
    verdict: "blocks",
    found: "Z9",
    todo: "Set dns.existingZoneId to Z9",
  },
  {
    title: "somebody else's recorder",
    answers: {
      "config:DescribeConfigurationRecorders": () => ({
        ConfigurationRecorders: [{ name: "default", roleARN: "arn:aws:iam::444455556666:role/theirs" }],
      }),
    },
    what: "AWS Config's recorder",
    verdict: "blocks",
    found: "recorder default",
    todo: "audit.configRecorder.managedBy: organisation",
  },
  {
    title: "somebody else's detector",
    answers: { "guardduty:ListDetectors": () => ({ DetectorIds: ["d1"] }) },
    what: "GuardDuty's detector",
    verdict: "blocks",
    found: "detector d1",
  },
  {
    title: "saved preferences of Session Manager",
    answers: { "ssm:DescribeDocument": () => ({ Document: { Name: "SSM-SessionManagerRunShell" } }) },
    what: "Session Manager's preferences",
    verdict: "blocks",
    found: "SSM-SessionManagerRunShell",
  },
  {
    title: "repositories that replication made",
    answers: {
      "ecr:DescribeRepositories": () => ({
        repositories: [{ repositoryName: "preflight/gateway" }, { repositoryName: "other" }],
      }),
    },
    what: "Repositories",
    verdict: "blocks",
    found: "taken: preflight/gateway",
  },
  {
    title: "a secret in its recovery window",
    answers: {
      "secretsmanager:ListSecrets": () => ({
        SecretList: [{ Name: "preflight-production/_platform/origin-header", DeletedDate: new Date("2026-11-20") }],
      }),
    },
    what: "Names of secrets",
    verdict: "blocks",
    found: "in their recovery window: preflight-production/_platform/origin-header",
  },
  {
    title: "the log group that EKS makes again after a teardown",
    answers: {
      "logs:DescribeLogGroups": ({ logGroupNamePrefix = "" }) => ({
        logGroups: logGroupNamePrefix.startsWith("/aws/eks/")
          ? [{ logGroupName: "/aws/eks/preflight-production/cluster" }]
          : [],
      }),
    },
    what: "Names of log groups",
    verdict: "blocks",
    found: "taken: /aws/eks/preflight-production/cluster (eu-west-1)",
  },
  {
    title: "a key that waits for its deletion",
    answers: {
      "kms:ListAliases": (_input, region) => ({
        Aliases: region === "eu-west-1" ? [{ AliasName: "alias/preflight-production-data", TargetKeyId: "k" }] : [],
      }),
      "kms:DescribeKey": () => ({ KeyMetadata: { KeyId: "k", KeyState: "PendingDeletion" } }),
    },
    what: "Aliases of keys",
    verdict: "blocks",
    found: "keys that wait for their deletion: alias/preflight-production-data (eu-west-1)",
  },
  {
    title: "a vault that was kept",
    answers: {
      "backup:ListBackupVaults": (_input, region) => ({
        BackupVaultList: region === "eu-central-1" ? [{ BackupVaultName: "preflight-production" }] : [],
      }),
    },
    what: "Backup vault in eu-central-1",
    verdict: "blocks",
    found: "taken",
  },
  {
    title: "a trail of the same name",
    answers: {
      "cloudtrail:DescribeTrails": () => ({
        trailList: [
          {
            Name: "preflight-production",
            TrailARN: "arn:aws:cloudtrail:eu-west-1:444455556666:trail/preflight-production",
          },
        ],
      }),
    },
    what: "Trails",
    verdict: "blocks",
    found: "preflight-production",
  },
];

/** What an earlier up made is right before any later one. */
const LATER: readonly Case[] = [
  {
    title: "our own recorder, by its role's tags",
    answers: {
      "config:DescribeConfigurationRecorders": () => ({
        ConfigurationRecorders: [{ name: "default", roleARN: "arn:aws:iam::444455556666:role/audit-recorder-1" }],
      }),
      "iam:GetRole": ({ RoleName = "" }) => ({
        Role: {
          Path: "/",
          RoleName,
          RoleId: "A",
          Arn: `arn:aws:iam::444455556666:role/${RoleName}`,
          CreateDate: new Date(0),
          Tags: OURS,
        },
      }),
    },
    what: "AWS Config's recorder",
    verdict: "ok",
    found: "recorder default, this environment's",
  },
  {
    title: "our own detector, by its tags",
    answers: {
      "guardduty:ListDetectors": () => ({ DetectorIds: ["d1"] }),
      "guardduty:GetDetector": () => ({
        ServiceRole: "r",
        Status: "ENABLED",
        Tags: { environment: "production", "managed-by": "preflight" },
      }),
    },
    what: "GuardDuty's detector",
    verdict: "ok",
    found: "detector d1, this environment's",
  },
  {
    title: "another environment's detector",
    answers: {
      "guardduty:ListDetectors": () => ({ DetectorIds: ["d1"] }),
      "guardduty:GetDetector": () => ({
        ServiceRole: "r",
        Status: "ENABLED",
        Tags: { environment: "staging", "managed-by": "preflight" },
      }),
    },
    what: "GuardDuty's detector",
    verdict: "blocks",
    found: "detector d1",
  },
  {
    title: "our own trail",
    answers: {
      "cloudtrail:DescribeTrails": () => ({
        trailList: [
          {
            Name: "preflight-production",
            TrailARN: "arn:aws:cloudtrail:eu-west-1:444455556666:trail/preflight-production",
          },
        ],
      }),
    },
    what: "Trails",
    verdict: "ok",
    found: "preflight-production, with this environment's",
  },
  {
    title: "our own secrets, and one of them deleted since",
    answers: {
      "secretsmanager:ListSecrets": () => ({
        SecretList: [{ Name: "preflight-production/_platform/origin-header", DeletedDate: new Date(0) }],
      }),
    },
    what: "Names of secrets",
    verdict: "blocks",
    found: "in their recovery window: preflight-production/_platform/origin-header",
  },
  {
    title: "a database that AWS has upgraded",
    answers: {
      "rds:DescribeDBClusters": () => ({
        DBClusters: [{ DBClusterIdentifier: "preflight-production", EngineVersion: "99.1" }],
      }),
    },
    what: "The running database",
    verdict: "blocks",
    found: "99.1",
    todo: "set database.engineVersion to 99.1",
  },
  {
    title: "a cache that AWS has upgraded",
    answers: {
      "elasticache:DescribeReplicationGroups": () => ({
        ReplicationGroups: [{ ReplicationGroupId: "cache-1", UserGroupIds: ["preflight-production"] }],
      }),
      "elasticache:DescribeCacheClusters": () => ({
        CacheClusters: [{ ReplicationGroupId: "cache-1", EngineVersion: "99.2.3" }],
      }),
    },
    what: "The running cache",
    verdict: "blocks",
    found: "99.2.3",
    todo: "set cache.engineVersion to 99.2",
  },
  {
    title: "a cluster that runs two minors behind",
    answers: { "eks:DescribeCluster": () => ({ cluster: { version: "1.33" } }) },
    what: "The running cluster",
    verdict: "blocks",
    found: "1.33",
    todo: "set cluster.kubernetesVersion to 1.34 first",
  },
  {
    title: "backups that leave out what is off",
    answers: {
      "backup:DescribeRegionSettings": () => ({ ResourceTypeOptInPreference: { Aurora: true, EBS: true, S3: false } }),
    },
    what: "Types that AWS Backup takes",
    verdict: "blocks",
    found: "off: S3",
    todo: "S3=true",
  },
  {
    title: "our own reservation of concurrency",
    answers: {
      "lambda:GetAccountSettings": () => ({
        AccountLimit: { ConcurrentExecutions: 102, UnreservedConcurrentExecutions: 100 },
      }),
      "lambda:GetFunctionConcurrency": () => ({ ReservedConcurrentExecutions: 2 }),
    },
    what: "Concurrent executions of Lambda",
    verdict: "ok",
    found: "102 in all, 100 unreserved",
  },
];

describe("before a first up", () => {
  it.each(BEFORE)("$title", async ({ answers, ...expected }) => {
    check({ answers, ...expected }, await lineOf(beforeFirstUp(config, answers), expected.what));
  });
});

describe("before a later up", () => {
  it.each(LATER)("$title", async ({ answers, ...expected }) => {
    check({ answers, ...expected }, await lineOf(withAnswers(config, answers), expected.what));
  });
});

describe("the world", () => {
  it.each([
    { servers: ["ns1.elsewhere.example"], verdict: config.certificate.waitForValidation ? "blocks" : "advice" },
    { servers: undefined, verdict: "unknown" },
  ])("that asks $servers is told apart", async ({ servers, verdict }) => {
    const account = withAnswers(config, {}, { nameServers: () => Promise.resolve(servers) });
    expect(await lineOf(account, "Delegation of the zone")).toMatchObject({ verdict });
  });

  it("that lets others issue certificates only is refused", async () => {
    const account = withAnswers(config, {}, { issuers: () => Promise.resolve(["letsencrypt.org"]) });
    expect(await lineOf(account, "CAA as the world sees it")).toMatchObject({
      verdict: "blocks",
      found: "letsencrypt.org",
    });
  });
});

describe("what an organisation has", () => {
  const parsed = parseStack(
    withSetting(rawStack("production"), "audit.guardDuty", {
      managedBy: "organisation",
      owner: "security@example.com",
    }),
  );

  it.each([
    { ids: ["d1"], verdict: "ok" },
    { ids: [], verdict: "blocks" },
  ])("must be there: $ids", async ({ ids, verdict }) => {
    if (!parsed.ok) throw new Error("the stack file is not right");
    const { findings } = await ask(
      parsed.config,
      withAnswers(parsed.config, { "guardduty:ListDetectors": () => ({ DetectorIds: ids }) }),
    );
    expect(findings.find(({ what }) => what === "GuardDuty's detector")).toMatchObject({ verdict });
  });
});
