import { spawnSync } from "node:child_process";

import { BIOME } from "./biome.ts";

const check = process.argv.includes("--check");
const result = spawnSync(process.execPath, [BIOME, "check", ...(check ? [] : ["--write"]), "."], { stdio: "inherit" });
process.exitCode = result.status ?? 1;
