/** Bounds for log groups. */
export const LOGS = {
  /** Shortest time in days for which any log is kept; DATA-15, LOG-05. */
  minRetentionDays: 30,
  /** Shortest time in days for which audit logs are kept; LOG-05, SEC-18. */
  minAuditRetentionDays: 365,
  /**
   * Beginnings of the names of log groups that are evidence: the control plane's, the databases', the network's flow logs.
   * In production they are kept as audit logs; LOG-05, SEC-18.
   */
  auditGroups: ["/aws/eks/", "/aws/rds/cluster/", "/aws/vpc/"],
  /** Longest time in days: what is kept longer belongs into a bucket; DATA-15. */
  maxRetentionDays: 3653,
  /**
   * The only retentions in days which CloudWatch Logs accepts.
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  awsRetentionDays: [
    1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
  ],
} as const;
