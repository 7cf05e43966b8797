import { createRequire } from "node:module";

import { defineCommand } from "../../cli/command.ts";
import { UserError } from "../../cli/errors.ts";
import { flag } from "../../cli/options.ts";
import { handOver } from "../../cli/process.ts";

/** Biome's own launcher: it finds the binary of this machine. */
function biome(): string {
  try {
    return createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  } catch {
    throw new UserError("formatter-missing", "@biomejs/biome is not installed.", "Run npm ci.");
  }
}

export const format = defineCommand({
  name: "format",
  group: "Keep the repository",
  summary: "Formats all files and orders their imports",
  script: "format",
  options: { check: flag("write nothing; exit 1 and show what is not formatted") },
  positionals: {},
  examples: [
    { command: "npm run format", says: "before a commit" },
    { command: "npm run format -- --check", says: "what would be changed" },
  ],
  exits: {
    0: "everything is formatted",
    1: "something is not, or imports go round in a circle",
    2: "an option is wrong, or Biome is not installed",
  },
  run: ({ check }, { home, variables }) =>
    handOver(process.execPath, [biome(), "check", ...(check ? [] : ["--write"]), "."], { cwd: home, env: variables }),
});
