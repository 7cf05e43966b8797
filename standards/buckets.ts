/** Bounds for S3 buckets. */
export const BUCKETS = {
  /** Days after which the parts of an upload that never ended are thrown away: they cost and nobody sees them; COST-06. */
  abortIncompleteUploadDays: 7,
  /** Longest time in days for which an incomplete upload may stay. */
  maxAbortIncompleteUploadDays: 30,
  /** Fewest days for which a replaced or deleted version can still be fetched back; DATA-06. */
  minNoncurrentDays: 7,
  /** Longest lifecycle period in days; what must stay longer says so with its own rule. */
  maxLifecycleDays: 3653,
} as const;
