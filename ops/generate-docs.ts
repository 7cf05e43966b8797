import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { killAll } from "../preview/engine/child.ts";
import { PreviewProblem } from "../preview/problem.ts";
import { pages } from "./docs/pages.ts";

const HELP = `Writes the documents that are generated from the code, and the policy pack's list of rules and configurations.

  npm run docs              write what changed
  npm run docs -- --check   write nothing; exit 1 and name the stale ones

Exit codes: 0 when everything is up to date (or was written), 1 when --check found something stale or the program or a rule's
file is wrong, 2 for a wrong argument.
`;

const root = join(import.meta.dirname, "..");

async function main(words: readonly string[]): Promise<number> {
  const [option, ...rest] = words;
  if (option === "--help") {
    process.stdout.write(HELP);
    return 0;
  }
  if (rest.length > 0 || (option !== undefined && option !== "--check")) {
    process.stderr.write(HELP);
    return 2;
  }
  const all = await pages();
  const stale = all.filter(
    ({ file, content }) => !existsSync(join(root, file)) || readFileSync(join(root, file), "utf8") !== content,
  );
  if (option === "--check") {
    for (const { file } of stale) process.stderr.write(`${file} is stale. Run npm run docs and commit the result.\n`);
    return stale.length === 0 ? 0 : 1;
  }
  for (const { file, content } of stale) {
    writeFileSync(join(root, file), content);
    process.stdout.write(`wrote ${file}\n`);
  }
  process.stdout.write(`${all.length - stale.length} of ${all.length} generated documents were up to date\n`);
  return 0;
}

for (const [signal, code] of [
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.on(signal, () => {
    killAll();
    process.exit(code);
  });
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof PreviewProblem)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
