import { defineCommand } from "../cli/command.ts";
import { environments } from "../cli/options.ts";
import { OPTIONS, settingsOf } from "./settings.ts";

export const preview = defineCommand({
  name: "preview",
  group: "See what would be",
  summary: "Judges environments without a Pulumi CLI, an account or a credential",
  details: [
    "Runs the real program against a fake cloud and has the policy pack judge what it registers.",
    "Without a name: all environments that have a stack file (Pulumi.<environment>.yaml).",
  ],
  script: "preview",
  options: OPTIONS,
  positionals: { environments: environments("names of stack files") },
  examples: [
    { command: "npm run preview", says: "all environments" },
    { command: "npm run preview -- staging --unknowns", says: "what a true first preview could not decide" },
    { command: "npm run preview -- --format markdown --output report.md", says: "a report for a pull request" },
    {
      command: 'npm run --silent preview -- production --json | jq ".environments[].summary"',
      says: "figures for a script",
    },
  ],
  exits: {
    0: "all mandatory rules are satisfied",
    1: "one is violated or undetermined",
    2: "the configuration, the program, the pack or an option is wrong",
  },
  run: async ({ environments: chosen, ...given }, context) => {
    const settings = settingsOf(given);
    // The engine is loaded last: a wrong word is answered without it.
    const { perform } = await import("./perform.ts");
    return perform({ ...settings, root: context.home, environments: chosen }, context);
  },
});
