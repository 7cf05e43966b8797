import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

import { pulumiArguments } from "./pulumi-arguments.ts";

const HELP = `Runs the installed Pulumi CLI on the pinned Node, with the policy pack and its configuration where a command judges.

  npm run up -- <environment> [flags of pulumi up]
  npm run pulumi -- <command> [flags]

Examples
  npm run up -- staging
  npm run up -- production --yes
  npm run pulumi -- preview --stack production --diff
  npm run pulumi -- stack output --stack staging

Exit codes are the CLI's own; 2 when it is not installed or the command is not complete.
`;

const INSTALL = `The Pulumi CLI is not on PATH. It is needed for real previews and deployments (npm run preview works without it).
Install it from https://www.pulumi.com/docs/install/ (version 3.259 or newer), then run the command again.
`;

const root = join(import.meta.dirname, "..");

function main(words: readonly string[]): number {
  if (words.length === 0 || words[0] === "--help" || words[0] === "-h") {
    process.stdout.write(HELP);
    return words.length === 0 ? 2 : 0;
  }
  const plan = pulumiArguments(words, {
    stackFromEnvironment: process.env["PULUMI_STACK"],
    exists: (path) => existsSync(join(root, path)),
  });
  if ("problem" in plan) {
    process.stderr.write(`${plan.problem}\n`);
    return 2;
  }
  // The language host takes the first `node` of PATH: the one that npm ci installed.
  const path = [join(root, "node_modules", ".bin"), process.env["PATH"] ?? ""].join(delimiter);
  if (plan.note !== undefined) process.stderr.write(`${plan.note}\n`);
  process.stderr.write(`pulumi ${plan.arguments.join(" ")}\n`);
  const result = spawnSync("pulumi", plan.arguments, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, PATH: path },
  });
  if (result.error !== undefined) {
    process.stderr.write(
      "code" in result.error && result.error.code === "ENOENT"
        ? INSTALL
        : `pulumi did not start: ${result.error.message}\n`,
    );
    return 2;
  }
  return result.status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
