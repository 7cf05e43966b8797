import * as rds from "@pulumi/aws/rds/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { DatabaseSettings } from "../../config/blocks/database.ts";
import { DATABASE, TLS_PARAMETERS } from "../../standards/database.ts";
import { AURORA_POSTGRESQL } from "../../standards/facts/aurora-postgresql.ts";
import { DATABASE_PARAMETERS } from "../../standards/facts/database-parameters.ts";

/**
 * One server parameter. Static ones are read when a server starts, and RDS refuses to set them at once. One that says what
 * servers do anyway is reported by RDS as waiting for a start, whatever was asked: anything else would be a change at each run.
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/39252
 */
interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly applyMethod: "immediate" | "pending-reboot";
}

const fixed = (name: string, value: string): Parameter => ({ name, value, applyMethod: "pending-reboot" });

/** How parameters of a major release that need no start are set. */
const dynamicIn =
  (major: string) =>
  (name: string, value: string): Parameter => ({
    name,
    value,
    applyMethod: DATABASE_PARAMETERS.defaults[name]?.[major] === value ? "pending-reboot" : "immediate",
  });
type Dynamic = ReturnType<typeof dynamicIn>;

/** Libraries a server loads as it starts: statistics of statements, the audit log, plans of slow statements. */
const PRELOADED = ["auto_explain", "pg_stat_statements", "pgaudit"];

/** Major release from which log_connections is a list of stages instead of a switch. */
const LIST_OF_STAGES = 18;

/** What holds for the whole cluster: who may connect and what is logged. */
function clusterParameters(
  { slowQueryMilliseconds, auditedStatements }: DatabaseSettings,
  major: string,
  dynamic: Dynamic,
): Parameter[] {
  return [
    // Connections: TLS 1.2 or newer, and passwords only as SCRAM proofs. Applications use IAM tokens anyway.
    dynamic(TLS_PARAMETERS.postgres, "1"),
    dynamic("ssl_min_protocol_version", "TLSv1.2"),
    dynamic("password_encryption", "scram-sha-256"),
    dynamic("rds.accepted_password_auth_method", "scram"),
    // Logs: who came and went, what was slow, who waited for whom, and what files a query spilled to.
    dynamic("log_connections", Number(major) < LIST_OF_STAGES ? "1" : "all"),
    dynamic("log_disconnections", "1"),
    dynamic("log_lock_waits", "1"),
    dynamic("log_min_duration_statement", String(slowQueryMilliseconds)),
    dynamic("log_temp_files", "0"),
    // Audit: every session's statements of these kinds, and objects that were granted to the audit role.
    dynamic("pgaudit.log", [...auditedStatements].toSorted().join(",")),
    fixed("pgaudit.role", "rds_pgaudit"),
    fixed("shared_preload_libraries", PRELOADED.join(",")),
    dynamic("timezone", "UTC"),
  ];
}

/** What each server does for itself: it measures and explains its own statements. */
function instanceParameters({ slowQueryMilliseconds }: DatabaseSettings, dynamic: Dynamic): Parameter[] {
  return [
    dynamic("auto_explain.log_analyze", "0"), // Timing every node of every plan would cost more than it tells.
    dynamic("auto_explain.log_format", "json"),
    dynamic("auto_explain.log_min_duration", String(slowQueryMilliseconds * DATABASE.planLogMultiple)),
    dynamic("auto_explain.log_nested_statements", "1"),
    dynamic("pg_stat_statements.track", "all"),
    fixed("track_activity_query_size", "8192"), // Long statements stay whole in statistics and Database Insights.
    dynamic("track_io_timing", "1"),
  ];
}

/** The group of the cluster and the group of each of its servers. */
export interface ParameterGroups {
  readonly cluster: rds.ClusterParameterGroup;
  readonly instance: rds.ParameterGroup;
}

/**
 * Makes both parameter groups. Their names are left to Pulumi: a new major release needs groups of another family,
 * which must exist before the cluster lets go of the old ones.
 */
export function createParameterGroups(
  name: string,
  settings: DatabaseSettings,
  opts: pulumi.CustomResourceOptions,
): ParameterGroups {
  const [major = ""] = settings.engineVersion.split(".");
  const family = AURORA_POSTGRESQL.majors[major]?.family;
  if (family === undefined) throw new Error(`No family of parameters is known for Aurora PostgreSQL ${major}`);
  const dynamic = dynamicIn(major);
  return {
    cluster: new rds.ClusterParameterGroup(
      name,
      {
        family,
        description: "TLS, logs and audit of the cluster",
        parameters: clusterParameters(settings, major, dynamic),
      },
      opts,
    ),
    instance: new rds.ParameterGroup(
      name,
      { family, description: "Statistics and plans of each server", parameters: instanceParameters(settings, dynamic) },
      opts,
    ),
  };
}
