import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

/** Biome's own launcher: it finds the binary of this machine. */
const BIOME = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

const check = process.argv.includes("--check");
const result = spawnSync(process.execPath, [BIOME, "check", ...(check ? [] : ["--write"]), "."], { stdio: "inherit" });
process.exitCode = result.status ?? 1;
