import { defineCommand } from "../../cli/command.ts";
import { environment, flag, oneWord } from "../../cli/options.ts";

export const images = defineCommand({
  name: "images",
  group: "Deploy",
  summary: "Keeps the images that an environment runs from the registry's clean-up",
  details: [
    "keep gives every image of the stack file a tag of its own in the account's registry, deployed.<environment>.<12 digits of the digest>. The clean-up counts images with this tag by themselves: the one that runs, and the ways back to those before it, stay however much is pushed beside them.",
    "An up refuses to run an image without it. It uses the credentials of your surroundings (AWS_PROFILE), which need ecr:DescribeImages, ecr:BatchGetImage and ecr:PutImage.",
  ],
  script: "images",
  options: { json: flag("print the answer as JSON; problems are JSON too") },
  positionals: {
    action: oneWord(["keep"], "what to do: keep"),
    environment: environment("name of a stack file"),
  },
  changes: { what: "tags of images in the account's registry; nothing is asked", asks: "never" },
  examples: [
    { command: "npm run images -- keep staging", says: "after a new digest is in the stack file, before up" },
    { command: "npm run images -- keep production --dry-run", says: "which images are not kept yet" },
  ],
  exits: {
    0: "all are kept",
    1: "the registry does not have all of them; nothing was changed",
    2: "nobody could be asked: no credentials, another account, no right, a stack file that is not right",
  },
  // The clients of AWS take half a second to load.
  run: async ({ environment: name, json }, context) => (await import("./keep.ts")).keep(name, json, context),
});
