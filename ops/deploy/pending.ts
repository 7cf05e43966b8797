import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { defineCommand } from "../../cli/command.ts";
import { messageOf, UserError } from "../../cli/errors.ts";
import { environment, flag } from "../../cli/options.ts";
import type { PendingCreate } from "./pending-operations.ts";
import { importFile, pendingCreates } from "./pending-operations.ts";
import { readPulumi } from "./run-pulumi.ts";

const line = ({ type, name, knownAs }: PendingCreate) =>
  `  ${type}  ${name}${knownAs === undefined ? "" : `  (${knownAs})`}\n`;

/** The way on, as it is typed. */
const wayOn = (file: string, stack: string): string =>
  `Look for each in the account. Write the ID of what exists into ${file}, and take the entries out of what does not: what an\n` +
  "ID is made of says the section Import of the type's page (https://www.pulumi.com/registry/). Then:\n\n" +
  `  pulumi import --file ${file} --protect=false --generate-code=false --stack ${stack}\n` +
  `  pulumi refresh --clear-pending-creates --stack ${stack}\n` +
  `  pulumi up --stack ${stack}\n`;

export const pending = defineCommand({
  name: "pending",
  group: "Deploy",
  summary: "Lists what a killed run was making, and prepares the way on",
  details: [
    "A killed run leaves creations of which the state does not know whether they came to be. The next up would make them again: AWS refuses, or makes a second one.",
    "Reads the state with the installed Pulumi CLI, and writes pending.<environment>.json, a file for pulumi import with the IDs left open. Nothing else is changed.",
  ],
  script: "pending",
  options: { json: flag("print the creations as JSON; problems are JSON too") },
  positionals: { environment: environment("name of a stack file") },
  changes: { what: "pending.<environment>.json in this folder; nothing is asked", asks: "never" },
  examples: [
    { command: "npm run pending -- staging", says: "after pulumi cancel, before the next up" },
    { command: "npm run pending -- staging --dry-run", says: "whether there is anything to write" },
  ],
  exits: {
    0: "nothing is pending",
    1: "there are creations to look for",
    2: "the Pulumi CLI is not installed, or cannot read the state",
  },
  run: async ({ environment: stack, json }, context) => {
    const text = await readPulumi(["stack", "export", "--stack", stack, "--non-interactive"], context);
    let creations: PendingCreate[];
    try {
      creations = pendingCreates(JSON.parse(text));
    } catch (error) {
      throw new UserError("state-unreadable", `pulumi stack export printed no state: ${messageOf(error)}`);
    }
    const file = `pending.${stack}.json`;
    if (json && !context.dryRun) context.output.write(`${JSON.stringify({ pending: creations })}\n`);
    if (creations.length === 0) {
      if (!json) context.output.write(`Nothing is pending in ${stack}: pulumi up goes on.\n`);
      return 0;
    }
    return context.act({ steps: [`write ${file}`], question: "Write it?" }, () => {
      writeFileSync(join(context.home, file), `${JSON.stringify(importFile(creations), undefined, 2)}\n`);
      if (!json) {
        const many = creations.length === 1 ? "One creation was" : `${creations.length} creations were`;
        context.output.write(`${many} cut off in ${stack}:\n\n${creations.map(line).join("")}\n${wayOn(file, stack)}`);
      }
      return Promise.resolve(1);
    });
  },
});
