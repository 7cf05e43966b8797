import { defineCommand } from "../../cli/command.ts";
import { flag } from "../../cli/options.ts";
import { handOver } from "../../cli/process.ts";
import { biome } from "../biome.ts";
import { findings } from "./biome-findings.ts";

export const format = defineCommand({
  name: "format",
  group: "Keep the repository",
  summary: "Formats all files and orders their imports",
  script: "format",
  options: {
    check: flag("write nothing; exit 1 and show what is not formatted"),
    json: flag("print the names of files that are not formatted, and whether they were written, as JSON"),
  },
  positionals: {},
  changes: { what: "files of this checkout that are not formatted; nothing is asked", asks: "never" },
  examples: [
    { command: "npm run format", says: "before a commit" },
    { command: "npm run format -- --check", says: "what would be changed" },
    { command: "npm run format -- --dry-run", says: "in which files" },
  ],
  exits: {
    0: "everything is formatted",
    1: "something is not, or imports go round in a circle",
    2: "an option is wrong, or Biome is not installed",
  },
  run: async ({ check, json }, { home, variables, output, dryRun, act }) => {
    const where = { cwd: home, env: variables };
    if (check && !json) return handOver(process.execPath, [biome(), "check", "."], where);
    // The names cost a run of their own: only where they are asked for.
    const found = dryRun || json ? await findings([], where) : { unformatted: [], refused: [] };
    const { unformatted } = found;
    const answer = (written: boolean, refused: typeof found.refused) => {
      output.write(`${JSON.stringify({ unformatted, written, refused })}\n`);
      return refused.length > 0 || (unformatted.length > 0 && !written) ? 1 : 0;
    };
    if (check) return answer(false, found.refused);
    return act({ steps: unformatted.map((file) => `format ${file}`), question: "Format them?" }, async () => {
      if (!json) return handOver(process.execPath, [biome(), "check", "--write", "."], where);
      return answer(true, (await findings(["--write"], where)).refused);
    });
  },
});
