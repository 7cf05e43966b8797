import { SCHEMA_VERSION } from "./migrate.js";

/**
 * The two questions of Kubernetes, which must not be one. Ready: can it work now? If not (no database, an old schema, about
 * to stop) it gets no requests, and stays. Alive: is the process itself in order? If not it is replaced, so nothing outside of
 * it may count: else a database that is down restarts every pod.
 */
export function createHealth(pool) {
  let stopping = false;
  let fault;

  async function obstacle() {
    if (stopping) return "stopping";
    try {
      const { rows } = await pool.query("SELECT max(version) AS version FROM schema_migrations");
      const { version } = rows[0];
      return version >= SCHEMA_VERSION ? undefined : `schema ${version}, needed ${SCHEMA_VERSION}`;
    } catch {
      return "database";
    }
  }

  return {
    get stopping() {
      return stopping;
    },
    stop() {
      stopping = true;
    },
    /** An error that nobody caught: what the process holds in memory is not to be trusted any more. */
    fail(error) {
      fault = error;
    },
    async ready() {
      const reason = await obstacle();
      return reason === undefined
        ? { status: 200, body: { ready: true } }
        : { status: 503, body: { ready: false, reason } };
    },
    alive() {
      return fault === undefined ? { status: 200, body: { alive: true } } : { status: 500, body: { alive: false } };
    },
  };
}
