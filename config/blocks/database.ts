import * as z from "zod";

import { DATABASE } from "../../standards/database.ts";
import { connectionBudget, DATABASE_INSTANCE_CLASSES } from "../../standards/database-instances.ts";
import { AURORA_POSTGRESQL } from "../../standards/facts/aurora-postgresql.ts";
import { LOGS } from "../../standards/logs.ts";
import type { Profile } from "../block.ts";
import { defineBlock } from "../block.ts";
import { judgeAurora } from "../checks/facts/engines.ts";
import { at, reportCertain } from "../checks/facts/objection.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { flag, logRetentionDays, text, wholeNumber } from "../types.ts";
import type { Windows } from "../windows.ts";
import { checkWindows, DAILY_WINDOW, WEEKLY_WINDOW } from "../windows.ts";

const MINUTE_SECONDS = 60;

/** A release that exists, for messages. */
const EXAMPLE = AURORA_POSTGRESQL.majors[DATABASE.majorVersions[0]]?.offered.at(-1) ?? "";

const pool = z.strictObject({
  connectionsPerReplica: wholeNumber(
    { min: 1, max: 500, unit: "connections" },
    "Connections which one replica of a service opens at most.",
  ),
  maxClientReplicas: wholeNumber(
    { min: 1, max: 1000, unit: "replicas" },
    "Replicas of all services that use the database, together, at full scale.",
  ),
  reservedConnections: wholeNumber(
    { min: 10, max: 500, unit: "connections" },
    "Connections kept free for RDS itself, migrations, exporters and people.",
  ),
});

const proxy = z.strictObject({
  enabled: flag("A connection pool between services and server; it keeps connections through a failover."),
  idleClientTimeoutSeconds: wholeNumber(
    { min: MINUTE_SECONDS, max: 480 * MINUTE_SECONDS, unit: "seconds" },
    "The proxy hangs up on clients that are silent for longer.",
  ),
  borrowTimeoutSeconds: wholeNumber(
    { min: 1, max: 5 * MINUTE_SECONDS, unit: "seconds" },
    "Longest time for which a client waits for a connection to the server.",
  ),
});

const schema = z.strictObject({
  engineVersion: text(
    /^\d{2}\.\d{1,2}$/,
    `an Aurora PostgreSQL release in quotes, for instance "${EXAMPLE}"`,
    "Release of Aurora PostgreSQL with which the database is made, major and minor; afterwards AWS raises the minor one.",
  ),
  instanceClass: z.enum(Object.keys(DATABASE_INSTANCE_CLASSES)).meta({
    description:
      "Size of writer and readers; db.serverless is not offered, because its number of connections follows its load.",
  }),
  readers: wholeNumber(
    { min: 0, max: DATABASE.awsMaxReaders, unit: "instances" },
    "Instances beside the writer; the first takes over when it fails.",
  ),
  databaseName: text(
    /^[a-z][a-z0-9_]{0,62}$/,
    'lower-case letters, digits and underscores, for instance "platform"',
    "Database that exists from the beginning.",
  ),
  backupRetentionDays: wholeNumber(
    { min: 1, max: DATABASE.awsMaxBackupRetentionDays, unit: "days" },
    "Days back to which any point in time can be restored.",
  ),
  backupWindowUtc: text(
    DAILY_WINDOW,
    'a time of day in UTC, for instance "01:00-02:00"',
    "When the daily snapshot is made.",
  ),
  maintenanceWindowUtc: text(
    WEEKLY_WINDOW,
    'a time of the week in UTC, for instance "sun:03:00-sun:04:00"',
    "When AWS may restart servers for patches.",
  ),
  masterPasswordRotationDays: wholeNumber(
    { min: 1, max: DATABASE.maxMasterPasswordDaysStandard, unit: "days" },
    "Days after which RDS renews the master password, which no workload reads.",
  ),
  slowQueryMilliseconds: wholeNumber(
    { min: 10, max: DATABASE.maxSlowQueryMilliseconds, unit: "milliseconds" },
    `Statements that take longer are logged, with their plan when they take ${DATABASE.planLogMultiple} times as long.`,
  ),
  auditedStatements: z
    .array(z.enum(["ddl", "function", "misc", "read", "role", "write"]))
    .min(1)
    .meta({
      description:
        "Kinds of statements which pgaudit logs for every session; read and write fill the log with every query.",
    }),
  logRetentionDays: logRetentionDays(
    "Days for which the server's and the proxy's logs are kept; they are part of the audit trail.",
  ),
  enhancedMonitoringSeconds: z.literal(DATABASE.awsMonitoringSeconds).meta({
    description: "Interval at which the operating system of each server is measured.",
    unit: "seconds",
  }),
  insightsMode: z.enum(["standard", "advanced"]).meta({
    description: `Database Insights: standard keeps ${DATABASE.insightsRetentionDays.standard} days of load, advanced ${DATABASE.insightsRetentionDays.advanced}, with plans and locks.`,
  }),
  pool,
  proxy,
});

export type DatabaseSettings = z.output<typeof schema>;

/** What RDS takes as windows. */
const WINDOWS: Windows = {
  daily: "backupWindowUtc",
  saved: "backup",
  minMinutes: DATABASE.awsMinWindowMinutes,
  service: "RDS",
  because: "; RDS refuses both at the same time.",
};

/** What must not be undercut, nor exceeded, with each profile; beyond what AWS itself refuses. */
const LIMITS = {
  production: [
    { key: "backupRetentionDays", min: DATABASE.minBackupRetentionDays, unit: "days" },
    { key: "readers", min: DATABASE.minReaders, unit: "instances" },
    { key: "logRetentionDays", min: LOGS.minAuditRetentionDays, unit: "days" },
    { key: "masterPasswordRotationDays", max: DATABASE.maxMasterPasswordDays, unit: "days" },
  ],
  standard: [{ key: "backupRetentionDays", min: DATABASE.minBackupRetentionDaysStandard, unit: "days" }],
} as const;

function checkLimits(settings: DatabaseSettings, report: ReportProblem, profile: Profile): void {
  for (const limit of LIMITS[profile]) {
    const value = settings[limit.key];
    const bound =
      "min" in limit
        ? { ok: value >= limit.min, words: `at least ${limit.min}` }
        : { ok: value <= limit.max, words: `at most ${limit.max}` };
    if (bound.ok) continue;
    report({
      path: [limit.key],
      found: String(value),
      allowed: `${bound.words} (${limit.unit}) with the profile ${profile}`,
      fix: "Change it; the bound is in standards/.",
    });
  }
}

/** What a busy server needs; only production is one. */
function checkCapacity({ instanceClass, pool: plan }: DatabaseSettings, report: ReportProblem): void {
  if (DATABASE_INSTANCE_CLASSES[instanceClass]?.burstable === true) {
    report({
      path: ["instanceClass"],
      found: instanceClass,
      allowed: "a class without CPU credits in production",
      fix: "Take an r class: a burstable one slows down when its credits are used up.",
    });
  }
  if (plan.connectionsPerReplica < DATABASE.minConnectionsPerReplica) {
    report({
      path: ["pool", "connectionsPerReplica"],
      found: String(plan.connectionsPerReplica),
      allowed: `at least ${DATABASE.minConnectionsPerReplica} (connections) in production`,
      fix: "Raise it to the baseline.",
    });
  }
}

function checkPool({ instanceClass, pool: plan }: DatabaseSettings, report: ReportProblem): void {
  const budget = connectionBudget(instanceClass, plan);
  if (budget.fits) return;
  report({
    path: ["pool"],
    found: `${plan.connectionsPerReplica} connections in each of ${plan.maxClientReplicas} replicas and ${plan.reservedConnections} reserved, together ${budget.pooledConnections + plan.reservedConnections}`,
    allowed: `at most ${budget.maxConnections} (connections), what ${instanceClass} accepts`,
    fix: "Lower the pool or the number of replicas, or take an instance class with more memory.",
  });
}

export const databaseBlock = defineBlock({
  schema,
  check(settings, report, profile) {
    reportCertain(at(["engineVersion"], judgeAurora(settings.engineVersion)), report);
    checkWindows(settings.backupWindowUtc, settings.maintenanceWindowUtc, WINDOWS, report);
    checkLimits(settings, report, profile);
    checkPool(settings, report);
    if (profile === "production") checkCapacity(settings, report);
  },
});
