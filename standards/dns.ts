/** Facts and bounds of names and of the checks from outside. */
export const DNS = {
  /** Fewest regions from which an address is checked; NET-07. Route 53 accepts no fewer either. */
  minHealthCheckRegions: 3,
  /** Regions from which Route 53 checks. @see https://docs.aws.amazon.com/Route53/latest/APIReference/API_HealthCheckConfig.html */
  awsHealthCheckRegions: [
    "ap-northeast-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-west-1",
    "sa-east-1",
    "us-east-1",
    "us-west-1",
    "us-west-2",
  ],
  /** Seconds between two checks from one place which Route 53 offers; 10 costs more. */
  awsHealthCheckIntervalSeconds: [10, 30],
  /** Most checks in a row that may fail before the address counts as down. */
  awsMaxFailureThreshold: 10,
  /** Names of which ACM accepts any in a CAA record. @see https://docs.aws.amazon.com/acm/latest/userguide/setup-caa.html */
  amazonIssuers: ["amazon.com", "amazonaws.com", "amazontrust.com", "awstrust.com"],
  /** How long resolvers keep records that never change on their own, in seconds. */
  stableTtlSeconds: 3600,
} as const;
