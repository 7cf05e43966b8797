import type { DatabaseSettings } from "../../config/blocks/database.ts";

/** A database block that is right in every profile. */
export const DATABASE_SETTINGS: DatabaseSettings = {
  engineVersion: "17.11",
  instanceClass: "db.r7g.large",
  readers: 2,
  databaseName: "platform",
  backupRetentionDays: 30,
  backupWindowUtc: "01:00-02:00",
  maintenanceWindowUtc: "sun:03:00-sun:04:00",
  masterPasswordRotationDays: 7,
  slowQueryMilliseconds: 500,
  auditedStatements: ["role", "ddl"],
  logRetentionDays: 365,
  enhancedMonitoringSeconds: 15,
  insightsMode: "advanced",
  pool: { connectionsPerReplica: 20, maxClientReplicas: 40, reservedConnections: 100 },
  proxy: { enabled: true, idleClientTimeoutSeconds: 1800, borrowTimeoutSeconds: 30 },
};
