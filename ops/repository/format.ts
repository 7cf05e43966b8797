import { defineCommand } from "../../cli/command.ts";
import { flag } from "../../cli/options.ts";
import { handOver } from "../../cli/process.ts";
import { biome } from "../biome.ts";

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
