import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { bootstrapSql } from "../../../components/workloads/bootstrap-sql.ts";
import { POSTGRES, ThrowawayPostgres } from "../../support/postgres.ts";
import { describeWith } from "../../support/requirements.ts";

const SCRIPT = bootstrapSql("order-api", { name: "orders", poolSize: 10, extensions: ["vector", "pg_trgm"] });

describe("the script that makes a service's database", () => {
  it("grants the service rows, and never the schema or the owner's role", () => {
    const toService = SCRIPT.split("\n").filter((line) => /\bTO\b.*"order_api_app"/.test(line));
    expect(toService).toEqual([
      'GRANT rds_iam TO "order_api_app", "order_api_migrator";',
      'GRANT CONNECT ON DATABASE "orders" TO "order_api_app", "order_api_migrator";',
      'GRANT USAGE ON SCHEMA public TO "order_api_app";',
      'ALTER DEFAULT PRIVILEGES FOR ROLE "order_api_owner" IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "order_api_app";',
      'ALTER DEFAULT PRIVILEGES FOR ROLE "order_api_owner" IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO "order_api_app";',
    ]);
  });

  it("sets no password: who logs in does so by IAM", () => {
    expect(SCRIPT).not.toMatch(/password/i);
  });

  it("makes the extensions of the row in a fixed order, in the service's database only", () => {
    const made = SCRIPT.split("\n").filter((line) => line.startsWith("CREATE EXTENSION"));
    expect(made).toEqual(['CREATE EXTENSION IF NOT EXISTS "pg_trgm";', 'CREATE EXTENSION IF NOT EXISTS "vector";']);
    expect(SCRIPT.indexOf('\\connect "orders"')).toBeLessThan(SCRIPT.indexOf("CREATE EXTENSION"));
  });
});

/** What RDS brings: a role for IAM, and a master that may do much but is no superuser. Granting needs ADMIN from 16 on. */
const AS_RDS = `CREATE ROLE rds_iam; CREATE ROLE master LOGIN CREATEDB CREATEROLE; GRANT rds_iam TO master WITH ADMIN OPTION;`;

/** Extensions that a plain server lacks are left out here; the text above has them. */
const scriptOf = (service: string, database: string) =>
  bootstrapSql(service, { name: database, poolSize: 10, extensions: [] });

describeWith(POSTGRES, "on a real server", () => {
  let server: ThrowawayPostgres;
  const asService = (sql: string) => server.query("order_api_app", "orders", sql);
  const asMigrator = (sql: string) => server.query("order_api_migrator", "orders", sql);

  beforeAll(() => {
    server = new ThrowawayPostgres();
    server.query("superuser", "postgres", AS_RDS);
    server.query("superuser", "postgres", "CREATE ROLE stranger LOGIN");
    for (const [service, database] of [
      ["order-api", "orders"],
      ["billing", "user"],
    ] as const) {
      // Words of the language are names too.
      server.script("master", "postgres", scriptOf(service, database));
      // A job that was interrupted, or whose extensions changed, runs again.
      server.script("master", "postgres", scriptOf(service, database));
    }
    asMigrator("CREATE TABLE lines (id serial PRIMARY KEY, text text)");
  });

  afterAll(() => {
    server.stop();
  });

  it("gives the tables to an owner who cannot log in", () => {
    expect(server.query("superuser", "orders", "SELECT tableowner FROM pg_tables WHERE tablename = 'lines'")).toBe(
      "order_api_owner",
    );
    expect(() => server.query("order_api_owner", "orders", "SELECT 1")).toThrow("is not permitted to log in");
  });

  it("makes migrations act as the owner from their first statement", () => {
    expect(asMigrator("SELECT current_user || ' for ' || session_user")).toBe("order_api_owner for order_api_migrator");
  });

  it("lets the service read and write rows of tables that migrations make later", () => {
    expect(asService("INSERT INTO lines (text) VALUES ('one') RETURNING id")).toBe("1");
    expect(asService("UPDATE lines SET text = 'two'; SELECT text FROM lines")).toBe("two");
    expect(asService("DELETE FROM lines; SELECT count(*) FROM lines")).toBe("0");
  });

  it.each([
    ["make a table", "CREATE TABLE own (id int)", "permission denied for schema public"],
    ["make a temporary table", "CREATE TEMPORARY TABLE own (id int)", "permission denied to create temporary tables"],
    ["drop a table", "DROP TABLE lines", "must be owner of table lines"],
    ["change a table", "ALTER TABLE lines ADD COLUMN more text", "must be owner of table lines"],
    ["empty a table at once", "TRUNCATE lines", "permission denied for table lines"],
    ["make a schema", "CREATE SCHEMA own", "permission denied for database orders"],
    ["become the owner", "SET ROLE order_api_owner", "permission denied to set role"],
    ["become the role of migrations", "SET ROLE order_api_migrator", "permission denied to set role"],
  ])("does not let the service %s", (_, sql, refusal) => {
    expect(() => asService(sql)).toThrow(refusal);
  });

  it("admits nobody to a service's database but its own roles", () => {
    for (const role of ["stranger", "billing_app", "billing_migrator"]) {
      expect(() => server.query(role, "orders", "SELECT 1")).toThrow('permission denied for database "orders"');
    }
  });

  it("makes the service and its migrations log in by IAM, and nobody else", () => {
    const members =
      "SELECT string_agg(pg_get_userbyid(member), ' ' ORDER BY pg_get_userbyid(member)) FROM pg_auth_members WHERE roleid = 'rds_iam'::regrole AND NOT admin_option";
    expect(server.query("superuser", "postgres", members)).toBe(
      "billing_app billing_migrator order_api_app order_api_migrator",
    );
  });
});
