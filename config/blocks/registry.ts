import * as z from "zod";

import { REGISTRY } from "../../standards/registry.ts";
import { defineBlock } from "../block.ts";
import { flag, text, wholeNumber } from "../types.ts";

const accountId = (description: string) =>
  text(/^\d{12}$/, 'a quoted account id of 12 digits, for instance "111122223333"', description);

const schema = z.strictObject({
  owner: flag(
    "Images are pushed to this account's repositories; the others get copies, so that each runs the very same digest.",
  ),
  peerAccountId: accountId(
    "The account that gets copies when this one owns the repositories, or that owns them when this one does not.",
  ),
  repositories: z
    .array(
      text(
        /^[a-z][a-z0-9-]{0,39}(?:\/[a-z0-9-]{1,40}){0,2}$/,
        'small letters, digits and hyphens, with slashes between parts, for instance "api" or "mirror/postgres"',
        "Images kept as <prefix>/<name>.",
      ),
    )
    .min(1)
    .meta({
      description:
        "One repository for each service, and for each image from elsewhere that we keep a copy of; the same list in both accounts.",
    }),
  keptImages: wholeNumber(
    { min: REGISTRY.minKeptImages, max: REGISTRY.awsMaxImages, unit: "images" },
    "Images kept of each repository; older ones vanish, and with them the way back to them.",
  ),
  enhancedScanning: flag(
    "Amazon Inspector looks at operating system and libraries, again whenever a new weakness is known; costs per image.",
  ),
});

export const registryBlock = defineBlock({
  schema,
  check({ repositories }, report) {
    for (const [position, name] of repositories.entries()) {
      if (repositories.indexOf(name) === position) continue;
      report({
        path: ["repositories", position],
        found: `"${name}" a second time`,
        allowed: "each repository once",
        fix: "Remove one of the two.",
      });
    }
  },
});

export type RegistrySettings = z.output<typeof schema>;
