import { RDS_AUTHORITIES } from "./facts/certificate-authorities.ts";

/** Bounds and fixed facts for relational databases. */
export const DATABASE = {
  /** Oldest Aurora PostgreSQL release that has pgvector with HNSW indexes: what bounds `majorVersions` from below; DATA-01. */
  minEngineVersion: { major: 15, minor: 4 },
  /**
   * Major versions that an environment may have: those for which the parameters were checked. Another one is never a change
   * of the stack file alone: docs/guides/raise-a-version.md.
   */
  majorVersions: ["17"],
  /** Port of every PostgreSQL server. */
  port: 5432,
  /** Databases which a server brings, and which no service may have. DATA-01 */
  reservedNames: ["postgres", "rdsadmin", "template0", "template1"],
  /** Beginning of roles which PostgreSQL keeps for itself. @see https://www.postgresql.org/docs/current/sql-createrole.html */
  reservedRolePrefix: "pg_",

  /** Fewest days for which a point in time can be restored in production; TGT-16, DATA-05. */
  minBackupRetentionDays: 30,
  /** Fewest days for which a point in time can be restored elsewhere; TGT-16. */
  minBackupRetentionDaysStandard: 14,
  /**
   * Longest retention in days which RDS accepts.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Managing.Backups.html
   */
  awsMaxBackupRetentionDays: 35,

  /** Fewest readers in production: one takes over when the writer fails; DATA-04. */
  minReaders: 1,
  /** Most readers of an Aurora cluster. @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Replication.html */
  awsMaxReaders: 15,

  /** Connections of one replica's pool in production, at least; DATA-03, PERF-20. */
  minConnectionsPerReplica: 20,
  /** Longest life in days of the master password in production; TGT-22, SECR-03. */
  maxMasterPasswordDays: 7,
  /** Longest life in days of the master password elsewhere; TGT-22. */
  maxMasterPasswordDaysStandard: 30,

  /** Slowest statement in milliseconds that may go unlogged; DATA-13, LOG-03. */
  maxSlowQueryMilliseconds: 5000,
  /** A statement that takes so many times as long as a slow one is logged with its plan: planning costs, so not every one. */
  planLogMultiple: 10,
  /**
   * Intervals in seconds which enhanced monitoring knows.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_Monitoring.OS.Enabling.html
   */
  awsMonitoringSeconds: [1, 5, 10, 15, 30, 60],
  /**
   * Days for which Database Insights keeps what it sees: each mode has its own; DATA-13.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/USER_DatabaseInsights.html
   */
  insightsRetentionDays: { standard: 7, advanced: 465 },

  /** Shortest backup or maintenance window in minutes which RDS accepts. */
  awsMinWindowMinutes: 30,
  /** The authority of our servers' certificates, which every client's bundle of RDS has. SEC-01 */
  certificateAuthority: "rds-ca-rsa2048-g1",
  /**
   * Authorities whose certificates are valid for long enough. SEC-01.
   * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.SSL.html
   */
  certificateAuthorities: RDS_AUTHORITIES,
} as const;

/**
 * Logs which a database must send to CloudWatch, by the beginning of its engine's name; LOG-01, LOG-03. Only what each
 * engine can export: Aurora PostgreSQL, for instance, has no `upgrade`. An engine of which nothing is said here has to
 * export something.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CloudwatchLogsExportConfiguration.html
 */
export const REQUIRED_LOG_EXPORTS = {
  cluster: {
    "aurora-postgresql": ["postgresql"],
    "aurora-mysql": ["error", "slowquery"],
    postgres: ["postgresql"],
    mysql: ["error", "slowquery"],
  },
  instance: {
    postgres: ["postgresql", "upgrade"],
    mysql: ["error", "slowquery"],
    mariadb: ["error", "slowquery"],
    oracle: ["alert", "audit", "listener"],
    sqlserver: ["error"],
  },
} as const satisfies Record<string, Readonly<Record<string, readonly string[]>>>;

/** The parameter that refuses connections without TLS, by what the engine's name contains; SEC-01. */
export const TLS_PARAMETERS = {
  postgres: "rds.force_ssl",
  sqlserver: "rds.force_ssl",
  mysql: "require_secure_transport",
  mariadb: "require_secure_transport",
} as const satisfies Readonly<Record<string, string>>;
