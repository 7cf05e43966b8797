import type { Case } from "./case.ts";
import { OURS } from "./case.ts";

/** What others, or an earlier environment, hold before a first up. */
export const HELD: readonly Case[] = [
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
