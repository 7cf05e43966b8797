import { Signer } from "@aws-sdk/rds-signer";
import pg from "pg";

function required(name) {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`${name} is not set`);
  return value;
}

/** A token in the place of a password, good for 15 minutes; made by the pod's own role for each new connection. */
export function loginToken({ host, port, user, region }) {
  return new Signer({ hostname: host, port, username: user, region }).getAuthToken();
}

/** How to connect, from the DATABASE_… variables that Preflight sets. */
export function connectionSettings() {
  const [host, user] = [required("DATABASE_HOST"), required("DATABASE_USER")];
  const port = Number(process.env.DATABASE_PORT ?? 5432);
  const settings = {
    host,
    port,
    user,
    database: required("DATABASE_NAME"),
    // The server's name is checked, against Node's authorities and those of NODE_EXTRA_CA_CERTS.
    ssl: process.env.DATABASE_SSLMODE === "disable" ? false : { rejectUnauthorized: true, servername: host },
    connectionTimeoutMillis: 3_000,
    application_name: process.env.OTEL_SERVICE_NAME ?? "sample-service",
  };
  if (process.env.DATABASE_AUTHENTICATION !== "iam") return settings;
  return { ...settings, password: () => loginToken({ host, port, user, region: required("DATABASE_REGION") }) };
}

/** Connections that are kept; one that dies is replaced, and never ends the process. */
export function createPool(onError) {
  const pool = new pg.Pool({
    ...connectionSettings(),
    max: Number(process.env.DATABASE_POOL_SIZE ?? 5),
    idleTimeoutMillis: 30_000,
    statement_timeout: 5_000,
  });
  pool.on("error", onError);
  return pool;
}

/** One connection, for a migration. */
export function createClient() {
  return new pg.Client(connectionSettings());
}
