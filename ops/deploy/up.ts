import { defineCommand } from "../../cli/command.ts";
import { environmentsOf } from "../../cli/environments.ts";
import { upArguments } from "./pulumi-arguments.ts";
import { lineOf, runPulumi } from "./run-pulumi.ts";

export const up = defineCommand({
  name: "up",
  group: "Deploy",
  summary: "Deploys an environment with the installed Pulumi CLI, the policy pack and the pinned Node",
  details: [
    "The same as a plain pulumi up where .envrc is loaded (direnv, or: . ./.envrc), for who has not loaded it.",
    "pulumi up shows the changes and asks before it makes them. Flags that are not listed here are its own, and are handed on; preflight pulumi up --help lists them.",
    "To see the changes alone: preflight pulumi preview --stack <environment>.",
  ],
  script: "up",
  options: {},
  positionals: {},
  passesOn: {
    usage: "<environment> [options] [flags of pulumi up]",
    says: "name of a stack file, and flags of pulumi up; without a name --stack or PULUMI_STACK says it",
    what: "unknown",
  },
  changes: {
    what: "the environment's resources in AWS and Kubernetes; --dry-run prints the line of the Pulumi CLI, and runs nothing",
    asks: "elsewhere",
  },
  examples: [
    { command: "npm run up -- staging", says: "deploy; Pulumi asks before it changes anything" },
    { command: "npm run up -- staging --dry-run", says: "what the Pulumi CLI would be told" },
    { command: "npm run up -- production --yes", says: "without a question, for a pipeline" },
  ],
  exits: {
    0: "the Pulumi CLI's own, as are all others",
    2: "it is not installed, or there is no such environment",
  },
  run: (_values, context) => {
    const words = upArguments(context.rest, {
      stackFromEnvironment: context.variables["PULUMI_STACK"],
      environments: environmentsOf(context.home),
    });
    return context.act({ steps: [lineOf(words)], question: "Deploy?" }, () => runPulumi(words, context));
  },
});
