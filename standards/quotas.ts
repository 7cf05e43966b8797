/** A limit of an account, as Service Quotas names it. */
export interface Quota {
  /** Codes by which `servicequotas:GetServiceQuota` is asked. */
  readonly service: string;
  readonly code: string;
  /** Of what, with its unit. */
  readonly name: string;
  /** What AWS grants by itself, for readers; the account's own value is asked. */
  readonly standard: number;
  /** What new accounts were really given, where that is known to be less. */
  readonly newAccount?: string;
}

/**
 * Limits that an environment can meet, with their codes. Values are of 2026-10-07.
 * Codes: an account's public list of quotas of 2023, aws-quota-checker 1.12.0 (2022-01-14), and public scripts of 2026 for
 * the nodes of ElastiCache and CodeBuild's large builds. Values of networks: moto 5.2.5 (2026-10-27); all others: the
 * services' own pages of quotas; of new accounts: public reports of 2026-02-22 (CodeBuild) and 2026-10-07 (EC2, Lambda).
 * @see https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
export const QUOTAS = {
  onDemandVcpus: {
    service: "ec2",
    code: "L-1216C47A",
    name: "vCPUs of running on-demand instances (standard families)",
    standard: 5,
    newAccount: "5 or 16",
  },
  spotVcpus: {
    service: "ec2",
    code: "L-34B43A08",
    name: "vCPUs of spot instances (standard families)",
    standard: 5,
    newAccount: "5",
  },
  addresses: { service: "ec2", code: "L-0263D0A3", name: "Elastic IP addresses", standard: 5 },
  networks: { service: "vpc", code: "L-F678F1CE", name: "VPCs in the region", standard: 5 },
  internetGateways: { service: "vpc", code: "L-A4707A72", name: "Internet gateways in the region", standard: 5 },
  natGateways: { service: "vpc", code: "L-FE5A380F", name: "NAT gateways in a zone", standard: 5 },
  interfaceEndpoints: { service: "vpc", code: "L-29B6F2EB", name: "Interface endpoints of a VPC", standard: 50 },
  gatewayEndpoints: { service: "vpc", code: "L-1B52E74A", name: "Gateway endpoints in the region", standard: 20 },
  securityGroupRules: { service: "vpc", code: "L-0EA8095F", name: "Rules of a security group", standard: 60 },
  clusters: { service: "eks", code: "L-1194D53C", name: "EKS clusters", standard: 100 },
  nodeGroups: { service: "eks", code: "L-6D54EA21", name: "Node groups of a cluster", standard: 30 },
  nodesPerGroup: { service: "eks", code: "L-BD136A63", name: "Nodes of a group", standard: 450 },
  databaseInstances: { service: "rds", code: "L-7B6409FD", name: "RDS instances", standard: 40 },
  databaseClusters: { service: "rds", code: "L-952B80B8", name: "RDS clusters", standard: 40 },
  cacheNodes: { service: "elasticache", code: "L-DFE45DF3", name: "ElastiCache nodes in the region", standard: 300 },
  balancers: {
    service: "elasticloadbalancing",
    code: "L-53DA6B97",
    name: "Application Load Balancers in the region",
    standard: 50,
  },
  eventRules: { service: "events", code: "L-244521F2", name: "Rules of an event bus", standard: 300 },
  smallBuilds: {
    service: "codebuild",
    code: "L-9D07B6EF",
    name: "Concurrent builds, Linux/Small",
    standard: 1,
    newAccount: "1, or 0",
  },
  mediumBuilds: {
    service: "codebuild",
    code: "L-2DC20C30",
    name: "Concurrent builds, Linux/Medium",
    standard: 1,
    newAccount: "1, or 0",
  },
  largeBuilds: {
    service: "codebuild",
    code: "L-4DDC4A99",
    name: "Concurrent builds, Linux/Large",
    standard: 1,
    newAccount: "1, or 0",
  },
} as const satisfies Readonly<Record<string, Quota>>;

export type QuotaName = keyof typeof QUOTAS;

/**
 * What CloudFront's list of addresses counts as in a security group, in rules.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html#aws-managed-prefix-list-weights
 */
export const CLOUDFRONT_LIST_RULES = 55;

/**
 * Runs of our functions that may fall together: rotations of the secrets, their ages, the pager. New accounts have as many.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export const EXECUTIONS_AT_ONCE = 10;
