import type { RunningSettings } from "../../config/blocks/services/service.ts";
import { databaseRoles } from "./context.ts";

type DatabaseNeed = NonNullable<RunningSettings["needs"]["database"]>;

/** A name as an identifier: without quotes `order` and `user` are words of the language. */
const quoted = (name: string) => `"${name}"`;

/** A role that exists, with these attributes, however often it is asked for. */
function role(name: string, attributes: string): string {
  return `SELECT 'CREATE ROLE ${quoted(name)}' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${name}')\\gexec
ALTER ROLE ${quoted(name)} ${attributes};`;
}

/**
 * The script for psql that gives a service its database. The owner has the tables and cannot log in; migrations log in as a
 * role that acts as the owner; the service itself may read and write rows and nothing else. Both log in by IAM.
 * Names come from the stack file's schema, which allows letters, digits and underscores only.
 */
export function bootstrapSql(serviceName: string, need: DatabaseNeed): string {
  const roles = databaseRoles(serviceName);
  const [owner, runtime, migrator, database] = [roles.owner, roles.runtime, roles.migrator, need.name].map(quoted);
  return [
    "-- Made by Preflight. Each statement may run again.",
    role(roles.owner, "NOLOGIN"),
    role(roles.runtime, "LOGIN CONNECTION LIMIT -1"),
    role(roles.migrator, "LOGIN CONNECTION LIMIT 5"),
    `GRANT rds_iam TO ${runtime}, ${migrator};`,
    // From PostgreSQL 16 on, who makes a role may grant it but does not act as it; a database is made for roles one can be.
    `GRANT ${owner} TO ${migrator}, CURRENT_USER;`,
    `SELECT 'CREATE DATABASE ${database} OWNER ${owner}' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '${need.name}')\\gexec`,
    `REVOKE ALL ON DATABASE ${database} FROM PUBLIC;`,
    `GRANT CONNECT ON DATABASE ${database} TO ${runtime}, ${migrator};`,
    `ALTER ROLE ${migrator} IN DATABASE ${database} SET role = '${roles.owner}';`,
    `\\connect ${database}`,
    ...need.extensions.toSorted().map((extension) => `CREATE EXTENSION IF NOT EXISTS ${quoted(extension)};`),
    "REVOKE ALL ON SCHEMA public FROM PUBLIC;",
    `GRANT USAGE, CREATE ON SCHEMA public TO ${owner};`,
    `GRANT USAGE ON SCHEMA public TO ${runtime};`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${runtime};`,
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${owner} IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${runtime};`,
    "",
  ].join("\n");
}
