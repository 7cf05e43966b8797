/** Bounds for customer managed keys. */
export const ENCRYPTION = {
  /**
   * Longest time, in days, for which a key keeps the same material; SEC-14.
   * AWS accepts 90 to 2560. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html
   */
  maxKeyRotationDays: 365,
  /** Shortest rotation period in days which AWS accepts. */
  awsMinKeyRotationDays: 90,
  /**
   * Shortest waiting time, in days, before a deleted key is gone for good; SEC-14. AWS accepts 7 to 30.
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html
   */
  minDeletionWindowDays: 14,
  /** Longest waiting time in days which AWS accepts, and what AWS uses when none is given. */
  awsMaxDeletionWindowDays: 30,
} as const;
