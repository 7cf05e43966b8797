import type { StackConfig } from "../../../../config/schema.ts";
import { goodOffers } from "./offers.ts";
import type { Account, Answers } from "./recorded.ts";
import { refuse } from "./recorded.ts";

const tags = (config: StackConfig) => [
  { Key: "environment", Value: config.environment.name },
  { Key: "managed-by", Value: "preflight" },
];

const SERVERS = ["ns-1.awsdns-01.com", "ns-2.awsdns-02.net", "ns-3.awsdns-03.org", "ns-4.awsdns-04.co.uk"];

/** An account in which everything is as it should be, before the first `up`. */
export function goodAccount(config: StackConfig): Account {
  const { accountId } = config.environment;
  const answers: Answers = {
    ...goodOffers(config),
    "sts:GetCallerIdentity": () => ({
      Account: accountId,
      Arn: `arn:aws:sts::${accountId}:assumed-role/preflight-deploy/ada`,
      UserId: "AROAEXAMPLE:ada",
    }),
    "iam:GetRole": ({ RoleName = "" }) => ({
      Role: {
        Path: "/",
        RoleName,
        RoleId: "AROAEXAMPLE",
        Arn: `arn:aws:iam::${accountId}:role/${RoleName}`,
        CreateDate: new Date("2026-11-01T00:00:00Z"),
        MaxSessionDuration: 14_400,
      },
    }),
    "iam:GetAccountSummary": () => ({
      SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: 0, Roles: 12, RolesQuota: 1000 },
    }),
    "iam:GetAccountPasswordPolicy": () => ({ PasswordPolicy: { MinimumPasswordLength: 16, ExpirePasswords: false } }),
    "account:GetAlternateContact": () => ({ AlternateContact: { AlternateContactType: "SECURITY" } }),
    "kms:ListAliases": () => ({ Aliases: [{ AliasName: "alias/aws/ebs", TargetKeyId: "aws" }] }),
    "kms:DescribeKey": ({ KeyId = "" }) => ({ KeyMetadata: { KeyId, KeyState: "Enabled" } }),
    "secretsmanager:ListSecrets": () => ({ SecretList: [] }),
    "s3:GetAccountPublicAccessBlock": () => ({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
    }),
    "ssm:DescribeDocument": () => refuse("InvalidDocument"),
    "ssm:GetServiceSetting": () => ({ ServiceSetting: { SettingValue: "Disable" } }),
    "backup:DescribeRegionSettings": () => ({ ResourceTypeOptInPreference: { Aurora: true, EBS: true, S3: true } }),
    "backup:ListBackupVaults": () => ({ BackupVaultList: [{ BackupVaultName: "Default" }] }),
    "config:DescribeConfigurationRecorders": () => ({ ConfigurationRecorders: [] }),
    "config:DescribeDeliveryChannels": () => ({ DeliveryChannels: [] }),
    "guardduty:ListDetectors": () => ({ DetectorIds: [] }),
    "guardduty:GetDetector": () => ({ ServiceRole: "role", Status: "ENABLED" }),
    "securityhub:DescribeHub": () => refuse("InvalidAccessException"),
    "access-analyzer:ListAnalyzers": () => ({ analyzers: [] }),
    "cloudtrail:DescribeTrails": () => ({ trailList: [] }),
    "inspector2:BatchGetAccountStatus": () => ({
      accounts: [
        {
          accountId,
          state: { status: "ENABLED", errorCode: undefined, errorMessage: undefined },
          resourceState: {
            ec2: { status: "ENABLED", errorCode: undefined, errorMessage: undefined },
            ecr: { status: "ENABLED", errorCode: undefined, errorMessage: undefined },
          },
        },
      ],
    }),
    "ecr:GetRegistryPolicy": () => refuse("RegistryPolicyNotFoundException"),
    "ecr:GetRegistryScanningConfiguration": () => ({ scanningConfiguration: { scanType: "BASIC", rules: [] } }),
    "ecr:DescribeRegistry": () => ({ replicationConfiguration: { rules: [] } }),
    "ecr:DescribeRepositories": () => ({ repositories: [] }),
    "ecr:DescribeImages": ({ imageIds = [] }) => ({
      imageDetails: imageIds.map(({ imageDigest = "" }) => ({
        imageDigest,
        imageTags: ["1.4.0", `deployed.${config.environment.name}.${imageDigest.slice(7, 19)}`],
      })),
    }),
    "codebuild:ListSourceCredentials": () => ({ sourceCredentialsInfos: [] }),
    "codeconnections:GetConnection": () => ({ Connection: { ConnectionStatus: "AVAILABLE" } }),
    "chatbot:DescribeSlackWorkspaces": () => ({ SlackWorkspaces: [{ SlackTeamId: "T0EXAMPLE01" }] }),
    "ce:GetCostAndUsage": () => ({ ResultsByTime: [] }),
    "ce:GetAnomalyMonitors": () => ({ AnomalyMonitors: [] }),
    "ce:ListCostAllocationTags": () => ({
      CostAllocationTags: [
        { TagKey: "environment", Type: "UserDefined", Status: "Inactive" },
        { TagKey: "managed-by", Type: "UserDefined", Status: "Inactive" },
      ],
    }),
    "route53:ListHostedZonesByName": () => ({
      HostedZones: [{ Id: "/hostedzone/Z1", Name: `${config.dns.zoneName}.`, CallerReference: "1" }],
      IsTruncated: false,
      MaxItems: 10,
    }),
    "route53:GetHostedZone": () => ({
      HostedZone: { Id: "/hostedzone/Z1", Name: `${config.dns.zoneName}.`, CallerReference: "1" },
      DelegationSet: { NameServers: SERVERS },
    }),
    "route53:GetAccountLimit": ({ Type }) => ({ Limit: { Type, Value: 500 }, Count: 3 }),
    "cloudfront:ListDistributions": () => ({ DistributionList: undefined }),
    "sns:GetSMSSandboxAccountStatus": () => ({ IsInSandbox: false }),
    "sns:GetSMSAttributes": () => ({ attributes: { MonthlySpendLimit: "100" } }),
    "logs:DescribeLogGroups": () => ({ logGroups: [] }),
    "logs:DescribeResourcePolicies": () => ({ resourcePolicies: [] }),
  };
  return {
    // The zone is there since an earlier up: its network is, too.
    answers: { ...answers, "ec2:DescribeVpcs": () => ({ Vpcs: [{ VpcId: "vpc-1", Tags: tags(config) }] }) },
    world: {
      nameServers: () => Promise.resolve(SERVERS),
      issuers: () => Promise.resolve(["amazon.com"]),
    },
  };
}
