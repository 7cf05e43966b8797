const LEVELS = ["debug", "info", "warn", "error"];

// Who read the log and has gone is no reason to stop working.
process.stdout.on("error", () => undefined);

/** Writes one JSON object a line; below LOG_LEVEL (info) nothing. Values of secrets are never handed to it. */
export function log(level, message, details = {}) {
  const least = LEVELS.indexOf(process.env.LOG_LEVEL ?? "info");
  if (LEVELS.indexOf(level) < Math.max(least, 0)) return;
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...details })}\n`);
}
