import { createServer } from "node:http";

import { createPool } from "./database.js";
import { createHealth } from "./health.js";
import { log } from "./log.js";
import { createMetrics } from "./metrics.js";
import { createNotes } from "./notes.js";

/** How long it answers "not ready" before it takes no more connections, and how long the last requests have, in milliseconds. */
const LEAVE_MILLISECONDS = Number(process.env.STOP_LEAVE_SECONDS ?? 3) * 1000;
const FINISH_MILLISECONDS = Number(process.env.STOP_FINISH_SECONDS ?? 20) * 1000;

const pause = (milliseconds) =>
  new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });

function respond(response, { status, body, type = "application/json" }) {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** What answers which request; everything else is 404. */
function routesOf(health, metrics, notes) {
  const { registry } = metrics;
  return {
    "GET /ready": () => health.ready(),
    "GET /live": () => health.alive(),
    "GET /metrics": async () => ({ status: 200, body: await registry.metrics(), type: registry.contentType }),
    "GET /api/notes": () => notes.list(),
    "POST /api/notes": (request) => notes.write(request),
  };
}

async function answer({ routes, metrics, health }, request, response) {
  const path = new URL(request.url, "http://service").pathname;
  const route = `${request.method} ${path}`;
  const known = Object.hasOwn(routes, route);
  const took = metrics.seconds.startTimer({ method: request.method, route: known ? path : "other" });
  let outcome = { status: 404, body: { error: "there is no such thing" } };
  try {
    if (known) outcome = await routes[route](request);
  } catch (error) {
    log("error", "a request failed", { route, error: error.message });
    outcome = { status: 500, body: { error: "it failed" } };
  }
  // A connection that is kept would be waited for until the end.
  if (health.stopping) response.shouldKeepAlive = false;
  respond(response, outcome);
  took({ status: outcome.status });
}

/** Runs until SIGTERM; then it says that it is not ready, finishes what was begun, and ends. */
export async function serve() {
  const pool = createPool((error) => {
    log("warn", "a connection was lost", { error: error.message });
  });
  const health = createHealth(pool);
  const metrics = createMetrics(pool);
  const parts = { routes: routesOf(health, metrics, createNotes(pool, metrics)), metrics, health };
  const server = createServer((request, response) => {
    void answer(parts, request, response);
  });
  // Longer than the balancer keeps a silent connection (60 s): else it would send requests into closed ones.
  server.keepAliveTimeout = 65_000;

  for (const event of ["uncaughtException", "unhandledRejection"]) {
    process.on(event, (error) => {
      log("error", "nobody caught this", { error: String(error) });
      health.fail(error);
    });
  }
  const stop = async (signal) => {
    log("info", "stopping", { signal });
    health.stop();
    await pause(LEAVE_MILLISECONDS);
    const closed = new Promise((resolve) => {
      server.close(resolve);
    });
    const finished = await Promise.race([closed.then(() => true), pause(FINISH_MILLISECONDS).then(() => false)]);
    if (!finished) log("warn", "requests were cut off");
    await pool.end();
    process.exit(finished ? 0 : 1);
  };
  process.once("SIGTERM", (signal) => void stop(signal));
  process.once("SIGINT", (signal) => void stop(signal));

  const port = Number(process.env.PORT ?? 8080);
  await new Promise((resolve) => {
    server.listen(port, resolve);
  });
  log("info", "listening", { port: server.address().port });
}
