#!/usr/bin/env node
// The one binary. It is JavaScript, and its syntax old, so that an older Node starts the pinned one instead of failing.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import * as nodeModule from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(fileURLToPath(import.meta.url));

async function runHere() {
  // Before anything large is loaded, so that it is compiled once only.
  nodeModule.enableCompileCache(join(home, "node_modules", ".cache", "preview"));
  const { main } = await import("./ops/main.ts");
  process.exitCode = await main(process.argv.slice(2), home);
}

/** Leaves everything to the pinned Node, signals too: a terminal interrupts both, others tell this process alone. */
function runOnPinnedNode() {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      if (signal === "SIGTERM" || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.on("error", (error) => {
    console.error(`The pinned Node (${pinned}) does not start: ${error.message}\nRun npm ci.`);
    process.exitCode = 2;
  });
  child.on("close", (code, signal) => {
    process.exitCode = signal === null ? code : 128 + constants.signals[signal];
  });
}

const pinned = join(home, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
if (process.features.typescript) {
  await runHere();
} else if (existsSync(pinned)) {
  runOnPinnedNode();
} else {
  console.error(
    `Preflight needs Node 22.18 or newer, which runs TypeScript; this is Node ${process.versions.node}, and the pinned one is not installed.\n` +
      "Run npm ci.",
  );
  process.exitCode = 2;
}
