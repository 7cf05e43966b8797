import { defineCommand } from "../../cli/command.ts";
import { environment, flag } from "../../cli/options.ts";

export const account = defineCommand({
  name: "account",
  group: "Deploy",
  summary: "Asks the real AWS account, read-only, whether an environment can come up in it",
  details: [
    "Everything that only AWS knows: whether the releases, classes and zones of the stack file exist and can be ordered, quotas at the environment's least and at full size, what an account has once, switches, roles and connections, the zone's delegation, names that an earlier environment still holds.",
    "It uses the credentials of your surroundings (AWS_PROFILE) and changes nothing. What it may not ask it names, with the right that is missing. Cost Explorer charges three cents for it.",
  ],
  script: "account",
  options: {
    json: flag("the report as JSON; problems are JSON too"),
    policy: flag("print the IAM policy that it needs, and ask nothing"),
  },
  positionals: { environment: environment("name of a stack file") },
  examples: [
    { command: "npm run account -- production", says: "before the first up, and before any later one" },
    { command: "npm run --silent account -- production --policy", says: "the rights for whoever asks" },
    {
      command: 'npm run --silent account -- staging --json | jq ".findings[] | select(.verdict == \\"blocks\\")"',
      says: "what blocks, for a script",
    },
  ],
  exits: {
    0: "nothing that was asked blocks",
    1: "something blocks: up would fail, or what it makes would not work",
    2: "nobody could be asked: no credentials, another account, a stack file that is not right",
  },
  // The clients of AWS take half a second to load.
  run: async (options, context) => (await import("./run.ts")).run(options, context),
});
