import type { StackConfig } from "../../../../config/schema.ts";
import { goodAccount } from "./good.ts";
import type { Account, Answers } from "./recorded.ts";
import { refuse } from "./recorded.ts";

/** A good account with other answers to some questions. */
export function withAnswers(
  config: StackConfig,
  answers: Partial<Answers>,
  world: Partial<Account["world"]> = {},
): Account {
  const good = goodAccount(config);
  return { answers: { ...good.answers, ...answers }, world: { ...good.world, ...world } };
}

/** Before the first `up`: what was offered is offered, and nothing of the environment is there. */
export function beforeFirstUp(config: StackConfig, answers: Partial<Answers> = {}): Account {
  return withAnswers(
    config,
    {
      "ec2:DescribeVpcs": () => ({ Vpcs: [{ VpcId: "vpc-default", IsDefault: true }] }),
      "eks:DescribeCluster": () => refuse("ResourceNotFoundException"),
      "route53:ListHostedZonesByName": () => ({ HostedZones: [], IsTruncated: false, MaxItems: 10 }),
      ...answers,
    },
    { nameServers: () => Promise.resolve([]), issuers: () => Promise.resolve([]) },
  );
}

/** What AWS grants by itself of what is scarce: vCPUs, addresses, networks, gateways, builds. */
const STANDARD = new Map([
  ["L-1216C47A", 5],
  ["L-34B43A08", 5],
  ["L-0263D0A3", 5],
  ["L-F678F1CE", 5],
  ["L-A4707A72", 5],
  ["L-FE5A380F", 5],
  ["L-2DC20C30", 1],
]);

/** An account as it is on its first day: nothing by hand has been done, and AWS trusts it little. */
export function newAccount(config: StackConfig): Account {
  return beforeFirstUp(config, {
    "iam:GetRole": () => refuse("NoSuchEntityException"),
    "ecr:DescribeImages": () => refuse("RepositoryNotFoundException"),
    "iam:GetAccountSummary": () => ({
      SummaryMap: { AccountMFAEnabled: 0, AccountAccessKeysPresent: 1, Roles: 2, RolesQuota: 1000 },
    }),
    "iam:GetAccountPasswordPolicy": () => refuse("NoSuchEntityException"),
    "account:GetAlternateContact": () => refuse("ResourceNotFoundException"),
    "s3:GetAccountPublicAccessBlock": () => refuse("NoSuchPublicAccessBlockConfiguration"),
    "ssm:GetServiceSetting": () => ({ ServiceSetting: { SettingValue: "Enable" } }),
    "backup:DescribeRegionSettings": () => ({ ResourceTypeOptInPreference: { Aurora: false, EBS: true, S3: false } }),
    "inspector2:BatchGetAccountStatus": () => ({ accounts: [] }),
    "codeconnections:GetConnection": () => ({ Connection: { ConnectionStatus: "PENDING" } }),
    "chatbot:DescribeSlackWorkspaces": () => ({ SlackWorkspaces: [] }),
    "ce:GetCostAndUsage": () => refuse("AccessDeniedException", "User not enabled for cost explorer access"),
    "ce:GetAnomalyMonitors": () => ({
      AnomalyMonitors: [
        {
          MonitorName: "Default-Services-Monitor",
          MonitorType: "DIMENSIONAL",
          MonitorDimension: "SERVICE",
          MonitorArn: `arn:aws:ce::${config.environment.accountId}:anomalymonitor/0a1b`,
        },
      ],
    }),
    "sns:GetSMSSandboxAccountStatus": () => ({ IsInSandbox: true }),
    "sns:GetSMSAttributes": () => ({ attributes: { MonthlySpendLimit: "1" } }),
    "ec2:GetEbsEncryptionByDefault": () => ({ EbsEncryptionByDefault: false }),
    "ec2:GetSnapshotBlockPublicAccessState": () => ({ State: "unblocked" }),
    "ec2:GetImageBlockPublicAccessState": () => ({ ImageBlockPublicAccessState: "unblocked" }),
    "ec2:GetInstanceMetadataDefaults": () => ({ AccountLevel: {} }),
    "servicequotas:GetServiceQuota": ({ QuotaCode }) =>
      QuotaCode === "L-0EA8095F" ? { Quota: { QuotaCode, Value: 60 } } : refuse("NoSuchResourceException"),
    "servicequotas:GetAWSDefaultServiceQuota": ({ QuotaCode = "" }) => ({
      Quota: { QuotaCode, Value: STANDARD.get(QuotaCode) ?? 100 },
    }),
    "lambda:GetAccountSettings": () => ({
      AccountLimit: { ConcurrentExecutions: 10, UnreservedConcurrentExecutions: 10 },
    }),
  });
}
