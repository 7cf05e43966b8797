/** Tags that other parts of the system read. */
export const TAGS = {
  /** The environment that something belongs to; beside `managedBy` it tells what an earlier `up` made. */
  environment: "environment",
  /** What looks after something; ours says `managedByUs`. */
  managedBy: "managed-by",
  managedByUs: "preflight",
  /**
   * Whether AWS Backup takes a resource: the plan selects by this tag; DATA-05. Every database, bucket and volume carries
   * it, either with `backupDaily` or with `backupNone` and a reason in the tag `backupReason`.
   */
  backup: "backup",
  backupDaily: "daily",
  backupNone: "none",
  /** Why a resource is in no backup, in words; required beside `backupNone`. */
  backupReason: "backup-reason",
} as const;
