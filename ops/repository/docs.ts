import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { defineCommand } from "../../cli/command.ts";
import { flag } from "../../cli/options.ts";
import type { Page } from "../docs/page.ts";

/** Every page as it should be. */
async function makePages(): Promise<readonly Page[]> {
  const { pages } = await import("../docs/pages.ts");
  return pages();
}

export const docs = defineCommand({
  name: "docs",
  group: "Keep the repository",
  summary: "Writes what is generated from the code",
  details: ["Documents, the pack's list of its rules, and its configurations by strictness."],
  script: "docs",
  options: { check: flag("write nothing; exit 1 and name the stale ones") },
  positionals: {},
  examples: [
    { command: "npm run docs", says: "after a change to rules or components" },
    { command: "npm run docs -- --check", says: "what CI runs" },
  ],
  exits: {
    0: "everything is up to date, or was written",
    1: "--check found something stale",
    2: "an option is wrong, the program fails, or a rule's file is wrong",
  },
  run: async ({ check }, { home, output, notes, progress }) => {
    const stopProgress = progress(() => "running the program");
    const all = await makePages().finally(stopProgress);
    const stale = all.filter(
      ({ file, content }) => !existsSync(join(home, file)) || readFileSync(join(home, file), "utf8") !== content,
    );
    if (check) {
      for (const { file } of stale) notes.write(`${file} is stale. Run npm run docs and commit the result.\n`);
      return stale.length === 0 ? 0 : 1;
    }
    for (const { file, content } of stale) {
      writeFileSync(join(home, file), content);
      output.write(`wrote ${file}\n`);
    }
    output.write(`${all.length - stale.length} of ${all.length} generated documents were up to date\n`);
    return 0;
  },
});
