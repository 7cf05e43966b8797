import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import type { Command } from "../../cli/command.ts";
import { defineCommand } from "../../cli/command.ts";
import { flag } from "../../cli/options.ts";
import type { Page } from "../docs/page.ts";

/** The command that keeps these pages up to date, which are made as they should be. */
export const docsOf = (makePages: () => Promise<readonly Page[]>): Command =>
  defineCommand({
    name: "docs",
    group: "Keep the repository",
    summary: "Writes what is generated from the code",
    details: ["Documents, the pack's list of its rules, and its configurations by strictness."],
    script: "docs",
    options: {
      check: flag("write nothing; exit 1 and name the stale ones"),
      json: flag("print the names of the stale ones, and whether they were written, as JSON; problems are JSON too"),
    },
    positionals: {},
    changes: { what: "the generated documents that are stale, in this checkout; nothing is asked", asks: "never" },
    examples: [
      { command: "npm run docs", says: "after a change to rules or components" },
      { command: "npm run docs -- --check", says: "what CI runs" },
      { command: "npm run docs -- --dry-run", says: "which files would be written" },
    ],
    exits: {
      0: "everything is up to date, or was written",
      1: "--check found something stale",
      2: "an option is wrong, the program fails, or a rule's file is wrong",
    },
    run: async ({ check, json }, { home, output, notes, progress, act }) => {
      const stopProgress = progress(() => "running the program");
      const all = await makePages().finally(stopProgress);
      const stale = all.filter(
        ({ file, content }) => !existsSync(join(home, file)) || readFileSync(join(home, file), "utf8") !== content,
      );
      const answer = (written: boolean) => {
        output.write(`${JSON.stringify({ stale: stale.map(({ file }) => file), written })}\n`);
      };
      if (check) {
        if (json) answer(false);
        else for (const { file } of stale) notes.write(`${file} is stale. Run npm run docs and commit the result.\n`);
        return stale.length === 0 ? 0 : 1;
      }
      return act({ steps: stale.map(({ file }) => `write ${file}`), question: "Write them?" }, () => {
        for (const { file, content } of stale) {
          writeFileSync(join(home, file), content);
          if (!json) output.write(`wrote ${file}\n`);
        }
        if (json) answer(true);
        else output.write(`${all.length - stale.length} of ${all.length} generated documents were up to date\n`);
        return Promise.resolve(0);
      });
    },
  });

export const docs = docsOf(async () => (await import("../docs/pages.ts")).pages());
