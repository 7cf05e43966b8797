/** Bounds for backups that AWS Backup makes; the databases' own point-in-time recovery stands in `database.ts`. */
export const BACKUP = {
  /** Fewest days for which daily backups are kept in production; DATA-05, TGT-16. */
  minDailyRetentionDays: 30,
  /** Fewest days for which daily backups are kept elsewhere; TGT-16. */
  minDailyRetentionDaysStandard: 14,
  /** Longest retention in days which AWS Backup accepts. @see https://docs.aws.amazon.com/aws-backup/latest/devguide/API_Lifecycle.html */
  awsMaxRetentionDays: 36500,
  /**
   * Shortest time in days in which a compliance lock can still be taken back; afterwards nobody can, AWS included.
   * @see https://docs.aws.amazon.com/aws-backup/latest/devguide/vault-lock.html
   */
  awsMinCoolingOffDays: 3,
  /** Types of what carries the tag of daily backups, as AWS Backup calls them. */
  types: ["Aurora", "EBS", "S3"],
  /** Hours after the last finished backup of a type at which somebody is told; DATA-06. */
  maxHoursBetweenBackups: 26,
  /** Longest time in days between two restore tests; DATA-08. */
  maxRestoreTestIntervalDays: 31,
} as const;

/** A type of resources, as AWS Backup calls it. */
export type BackupType = (typeof BACKUP.types)[number];
