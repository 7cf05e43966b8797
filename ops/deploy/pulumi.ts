import { defineCommand } from "../../cli/command.ts";
import { UserError } from "../../cli/errors.ts";
import { lineOf, planPulumi, runPulumi } from "./run-pulumi.ts";

export const pulumi = defineCommand({
  name: "pulumi",
  group: "Deploy",
  summary: "Runs the installed Pulumi CLI on the pinned Node, with the pack where it judges",
  details: [
    "Words are handed on as they are; commands that judge (up, preview, watch) also get the policy pack and its configuration.",
    "For the CLI's own help, put -- or a command before --help: preflight pulumi -- --help, preflight pulumi stack --help.",
  ],
  script: "pulumi",
  options: {},
  positionals: {},
  passesOn: {
    usage: "<command> [flags]",
    says: "a command of the Pulumi CLI with its flags",
    what: "all",
  },
  examples: [
    { command: "npm run pulumi -- preview --stack production --diff", says: "what the real engine would do" },
    { command: "npm run pulumi -- stack output --stack staging", says: "what the environment is known by" },
  ],
  exits: {
    0: "the CLI's own, as are all others",
    2: "it is not installed, or the command is not complete",
  },
  run: async (_values, context) => {
    if (context.rest.length === 0) {
      throw new UserError("missing-word", "Say which command of the Pulumi CLI.", "--help shows examples.");
    }
    const invocation = planPulumi(context.rest, context);
    // Words of the other commands are as they were typed, and may hold a secret: pulumi config set --secret.
    if (invocation.judges) context.notes.write(`${lineOf(invocation)}\n`);
    return runPulumi(invocation, context);
  },
});
