import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { biome } from "../biome.ts";

const root = join(import.meta.dirname, "..", "..");

/** A generated file's text as `npm run format` would write it. `file` is its path below the root; its ending says what it is. */
export function formatted(file: string, text: string): string {
  const words = [biome(), "check", "--write", "--linter-enabled=false", `--stdin-file-path=${file}`];
  return execFileSync(process.execPath, words, { cwd: root, input: text, encoding: "utf8" });
}
