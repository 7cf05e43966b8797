import { readdirSync, readFileSync } from "node:fs";

import { createClient } from "./database.js";
import { log } from "./log.js";

const FOLDER = new URL("../migrations/", import.meta.url);

/** Any number that no other program takes: two migrations at once would fall over each other. */
const ONE_AT_A_TIME = 4_219_337_001;

/** The migrations of this version, by number. */
export function migrations() {
  return readdirSync(FOLDER)
    .flatMap((file) => {
      const version = /^(\d{3})-.+\.sql$/.exec(file)?.[1];
      return version === undefined ? [] : [{ version: Number(version), file }];
    })
    .toSorted((a, b) => a.version - b.version);
}

/** The schema that this version needs; a database may be ahead of it after a roll back. */
export const SCHEMA_VERSION = Math.max(...migrations().map(({ version }) => version));

async function applied(client) {
  await client.query(
    "CREATE TABLE IF NOT EXISTS schema_migrations (version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())",
  );
  const { rows } = await client.query("SELECT version FROM schema_migrations");
  return new Set(rows.map(({ version }) => version));
}

/**
 * Brings the database forward, all or nothing. It never waits longer for a lock than MIGRATION_LOCK_TIMEOUT_SECONDS: behind
 * a waiting migration every user would wait too. What it finds done already, or newer than it knows, it leaves alone, so it
 * may run again, and the former version's migration after the newer one's.
 */
export async function migrate() {
  const seconds = Number(process.env.MIGRATION_LOCK_TIMEOUT_SECONDS ?? 5);
  if (!(seconds > 0)) throw new Error("MIGRATION_LOCK_TIMEOUT_SECONDS is no number above 0");
  const client = createClient();
  await client.connect();
  try {
    await client.query("BEGIN");
    await client.query(`SET LOCAL lock_timeout = '${Math.round(seconds * 1000)}ms'`);
    await client.query("SELECT pg_advisory_xact_lock($1)", [ONE_AT_A_TIME]);
    const done = await applied(client);
    const open = migrations().filter(({ version }) => !done.has(version));
    for (const { version, file } of open) {
      await client.query(readFileSync(new URL(file, FOLDER), "utf8"));
      await client.query("INSERT INTO schema_migrations (version) VALUES ($1)", [version]);
      log("info", "migrated", { file });
    }
    await client.query("COMMIT");
    log("info", "the schema is up to date", { version: SCHEMA_VERSION, applied: open.length });
  } finally {
    await client.end();
  }
}
