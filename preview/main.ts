import { enableCompileCache } from "node:module";
import { join } from "node:path";

const home = join(import.meta.dirname, "..");
// Before anything large is loaded, so that it is compiled once only.
enableCompileCache(join(home, "node_modules", ".cache", "preview"));
const [{ command }, { killAll }] = await Promise.all([import("./command.ts"), import("./engine/child.ts")]);

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    killAll();
    process.exit(code);
  });
}

// Whoever reads the report may stop reading, as `head` does.
process.stdout.on("error", () => {
  process.exit();
});

process.exitCode = await command(process.argv.slice(2), home);
