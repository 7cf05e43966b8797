import * as z from "zod";

import { AUDIENCES } from "../../standards/notify.ts";
import { defineBlock } from "../block.ts";
import { emailAddress, logRetentionDays, slug, text } from "../types.ts";

const addresses = (description: string) =>
  z.array(emailAddress("Each address gets a mail with a link that confirms the subscription.")).meta({ description });

const schema = z.strictObject({
  runbookBaseUrl: text(
    /^https:\/\/\S+[^/\s]$/,
    'an https address without a slash at the end, for instance "https://github.com/example-org/platform/blob/main/docs/runbooks"',
    "Where docs/runbooks is read; every alarm links to its page there.",
  ),
  email: z.strictObject({
    page: addresses("Who is on call; beside the pager, in case it fails."),
    ticket: addresses("Who takes up what can wait for working hours."),
    security: addresses("Who judges findings and unusual changes."),
    cost: addresses("Who watches spending."),
  }),
  slack: z
    .strictObject({
      workspaceId: text(
        /^T[A-Z0-9]{8,}$/,
        'a workspace id, for instance "T0123456789"',
        "Workspace that an administrator has authorised in this account's AWS Chatbot once.",
      ),
      channels: z
        .array(
          z.strictObject({
            name: slug("The channel's name; names the configuration in AWS."),
            id: text(
              /^[CG][A-Z0-9]{8,}$/,
              'a channel id, for instance "C0123456789"',
              "The channel's id, from its link.",
            ),
            audiences: z
              .array(z.enum(AUDIENCES))
              .min(1)
              .meta({ description: "Whose notifications the channel shows." }),
          }),
        )
        .min(1),
      webhookSecret: slug(
        "Entry of the secrets block with the webhook through which the cluster's alerts reach Slack.",
        60,
      ).nullable(),
    })
    .nullable()
    .meta({ description: "Slack; null if it is not used." }),
  pagerDuty: z
    .strictObject({
      serviceRegion: z.enum(["us", "eu"]).meta({ description: "Where the PagerDuty account lives." }),
      integrationKeySecret: slug(
        "Entry of the secrets block with the key of an Events API v2 integration; never the key itself.",
        60,
      ),
      logRetentionDays: logRetentionDays("Days for which the log of the function that calls PagerDuty is kept."),
    })
    .nullable()
    .meta({ description: "The pager; production does not start without one." }),
  smsNumbers: z.array(
    text(
      /^\+[1-9]\d{6,14}$/,
      'a number with country code, for instance "+441632960001"',
      "Gets the audience page as text messages.",
    ),
  ),
});

export type NotifySettings = z.output<typeof schema>;

function duplicates(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}

export const notifyBlock = defineBlock({
  schema,
  check(notify, report, profile) {
    for (const audience of AUDIENCES) {
      const found = notify.email[audience];
      if (found.length === 0) {
        report({
          path: ["email", audience],
          found: "no address",
          allowed: "at least one e-mail address",
          fix: `Name who reads ${audience} notifications; mail works without any other service, so every audience has it.`,
        });
      }
      for (const address of duplicates(found)) {
        report({
          path: ["email", audience],
          found: `"${address}" twice`,
          allowed: "each address once",
          fix: "Remove one of the two.",
        });
      }
    }
    if (profile === "production" && notify.pagerDuty === null) {
      report({
        path: ["pagerDuty"],
        found: "no pager",
        allowed: "a pager in production",
        fix: "Add the integration's key to the secrets block (kind manual) and name that entry in pagerDuty.integrationKeySecret.",
      });
    }
    const channels = notify.slack?.channels ?? [];
    for (const key of ["name", "id"] as const) {
      for (const value of duplicates(channels.map((channel) => channel[key]))) {
        report({
          path: ["slack", "channels"],
          found: `two channels with the ${key} "${value}"`,
          allowed: "each channel once",
          fix: "List all audiences of a channel in one entry: AWS Chatbot takes a channel once an account.",
        });
      }
    }
    for (const number of duplicates(notify.smsNumbers)) {
      report({
        path: ["smsNumbers"],
        found: `"${number}" twice`,
        allowed: "each number once",
        fix: "Remove one of the two.",
      });
    }
  },
});
