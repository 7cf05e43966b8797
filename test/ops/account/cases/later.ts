import { refuse } from "../support/recorded.ts";
import type { Case } from "./case.ts";
import { OURS } from "./case.ts";

/** Images as a registry has them that an environment runs. */
const tagged = (ids: readonly { readonly imageDigest?: string | undefined }[], environment: string) =>
  ids.map(({ imageDigest = "" }) => ({
    imageDigest,
    imageTags: [`deployed.${environment}.${imageDigest.slice(7, 19)}`],
  }));

/** What an earlier up made is right before any later one. */
export const LATER: readonly Case[] = [
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
    title: "an image that the registry's clean-up has taken",
    answers: {
      "ecr:DescribeImages": ({ imageIds = [], repositoryName }) =>
        repositoryName === "preflight/orders"
          ? refuse("ImageNotFoundException")
          : { imageDetails: tagged(imageIds, "production") },
    },
    what: "Images that run",
    verdict: "blocks",
    found: "not there: preflight/orders@sha256:951be393066e",
    todo: "Push them again",
  },
  {
    title: "an image of which the clean-up knows only that the other environment runs it",
    answers: {
      "ecr:DescribeImages": ({ imageIds = [], repositoryName }) => ({
        imageDetails: tagged(imageIds, repositoryName === "preflight/orders" ? "staging" : "production"),
      }),
    },
    what: "Images that run",
    verdict: "blocks",
    found: "without the tag: preflight/orders@sha256:951be393066e",
    todo: "npm run images -- keep production",
  },
  {
    title: "backups that leave out what is off",
    answers: {
      "backup:DescribeRegionSettings": () => ({ ResourceTypeOptInPreference: { Aurora: true, EBS: true, S3: false } }),
    },
    what: "Types that AWS Backup takes in eu-west-1",
    verdict: "blocks",
    found: "off: S3",
    todo: "--region eu-west-1 --resource-type-opt-in-preference S3=true",
  },
  {
    title: "copies in a region that takes no database",
    answers: {
      "backup:DescribeRegionSettings": (_input, region) => ({
        ResourceTypeOptInPreference: { Aurora: region !== "eu-central-1", EBS: true, S3: true },
      }),
    },
    what: "Types that AWS Backup takes in eu-central-1",
    verdict: "blocks",
    found: "off: Aurora",
    todo: "--region eu-central-1 --resource-type-opt-in-preference Aurora=true",
  },
  {
    title: "somebody else's reservation of concurrency",
    answers: {
      "lambda:GetAccountSettings": () => ({
        AccountLimit: { ConcurrentExecutions: 102, UnreservedConcurrentExecutions: 9 },
      }),
    },
    what: "Concurrent executions of Lambda",
    verdict: "advice",
    found: "102 in all, 9 unreserved",
    todo: "L-B99A9384",
  },
];
