/** Bounds for log groups in CloudWatch. */
export const LOGS = {
  /**
   * Days of retention which CloudWatch accepts. Without one it keeps everything for ever.
   * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
   */
  awsRetentionDays: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
} as const;
