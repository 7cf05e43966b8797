#!/usr/bin/env node
// The one binary. It is JavaScript, and its syntax old, so that an older Node starts the pinned one instead of failing.
import { spawn } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import * as nodeModule from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = dirname(fileURLToPath(import.meta.url));

async function runHere() {
  // Before anything large is loaded, so that it is compiled once only.
  nodeModule.enableCompileCache(join(home, "node_modules", ".cache", "preview"));
  let main;
  try {
    ({ main } = await import("./ops/main.ts"));
  } catch (error) {
    if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
    console.error(`The packages are not installed: ${error.message.split(" imported from ")[0]}\nRun npm ci.`);
    process.exitCode = 2;
    return;
  }
  process.exitCode = await main(process.argv.slice(2), home);
}

/** Leaves everything to the pinned Node, signals too: a terminal interrupts both, others tell this process alone. */
function runOnPinnedNode() {
  const words = [fileURLToPath(import.meta.url), ...process.argv.slice(2)];
  const child = spawn(pinned, words, { stdio: "inherit", env: { ...process.env, [STARTED]: "1" } });
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
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
/** Set for the process that this one starts, so that no setting of Node makes them start each other for ever. */
const STARTED = "PREFLIGHT_ON_PINNED_NODE";
const isPinned = existsSync(pinned) && realpathSync(process.execPath) === realpathSync(pinned);
if (process.features.typescript && (isPinned || !existsSync(pinned))) {
  await runHere();
} else if (existsSync(pinned) && process.env[STARTED] === undefined) {
  runOnPinnedNode();
} else {
  console.error(
    `Preflight needs Node 22.18 or newer, which runs TypeScript; this is Node ${process.versions.node}, and the pinned one is not installed or kept from it.\n` +
      "Run npm ci.",
  );
  process.exitCode = 2;
}
