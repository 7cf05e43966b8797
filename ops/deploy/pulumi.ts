import { defineCommand } from "../../cli/command.ts";
import { UserError } from "../../cli/errors.ts";
import { runPulumi } from "./run-pulumi.ts";

export const pulumi = defineCommand({
  name: "pulumi",
  group: "Deploy",
  summary: "Runs the installed Pulumi CLI with the policy pack and the pinned Node",
  details: [
    "Words are handed on as they are. The pack comes by the variable that .envrc sets (PULUMI_OPTION_POLICY_PACK), so that every command that judges has it, wherever its flags stand.",
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
    return runPulumi(context.rest, context);
  },
});
