import type { RunningSettings } from "../../config/services/service.ts";
import { databaseRoles } from "./context.ts";

type DatabaseNeed = NonNullable<RunningSettings["needs"]["database"]>;

/** A role that exists, with these attributes, however often it is asked for. */
function role(name: string, attributes: string): string {
  return `SELECT 'CREATE ROLE ${name}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}')\\gexec
ALTER ROLE ${name} ${attributes};`;
}

/**
 * The script for psql that gives a service its database. The owner has the tables and cannot log in; migrations log in as a
 * role that acts as the owner; the service itself may read and write rows and nothing else. Both log in by IAM.
 * Names come from the stack file's schema, which allows letters, digits and underscores only.
 */
export function bootstrapSql(serviceName: string, { name, extensions }: DatabaseNeed): string {
  const { owner, runtime, migrator } = databaseRoles(serviceName);
  return [
    "-- Made by Preflight. Each statement may run again.",
    role(owner, "NOLOGIN"),
    role(runtime, "LOGIN CONNECTION LIMIT -1"),
    role(migrator, "LOGIN CONNECTION LIMIT 5"),
    `GRANT rds_iam TO ${runtime}, ${migrator};`,
    `GRANT ${owner} TO ${migrator}, CURRENT_USER;`,
    `SELECT 'CREATE DATABASE ${name} OWNER ${owner}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${name}')\\gexec`,
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC;`,
    `GRANT CONNECT ON DATABASE ${name} TO ${runtime}, ${migrator};`,
    `ALTER ROLE ${migrator} IN DATABASE ${name} SET role = '${owner}';`,
    `\\connect ${name}`,
    ...extensions.toSorted().map((extension) => `CREATE EXTENSION IF NOT EXISTS "${extension}";`),
    "REVOKE ALL ON SCHEMA public FROM PUBLIC;",
    `GRANT USAGE, CREATE ON SCHEMA public TO ${owner};`,
    `GRANT USAGE ON SCHEMA public TO ${runtime};`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${runtime};`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${runtime};`,
    "",
  ].join("\n");
}
