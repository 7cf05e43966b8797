import * as z from "zod";

import { defineBlock } from "../block.ts";
import { flag, text, wholeNumber } from "../types.ts";

const schema = z.strictObject({
  monthlyUsd: wholeNumber(
    { min: 1, max: 10_000_000, unit: "USD a month" },
    "What the account may cost in a month, before tax; 80 % and 100 % of it are reported.",
  ),
  anomalyUsd: wholeNumber(
    { min: 1, max: 1_000_000, unit: "USD" },
    "What an unusual rise must cost in all to be reported.",
  ),
  anomalyMonitorArn: text(
    /^arn:aws:ce::\d{12}:anomalymonitor\/[\w-]+$/,
    'a monitor\'s ARN, for instance "arn:aws:ce::111122223333:anomalymonitor/12345678-abcd"',
    "The account's monitor by service if it has one: AWS allows one an account, and makes it for newer ones; null to make it.",
  ).nullable(),
  activateCostAllocationTags: flag(
    "Costs can be read by our tags. Only the payer's account may do it, and only a day after the tags were first used.",
  ),
});

export const budgetBlock = defineBlock({
  schema,
  check({ monthlyUsd, anomalyUsd }, report) {
    if (anomalyUsd >= monthlyUsd) {
      report({
        path: ["anomalyUsd"],
        found: String(anomalyUsd),
        allowed: `less than the monthly budget of ${monthlyUsd} (USD)`,
        fix: "An anomaly that may cost a whole month is found too late: lower it to some percent of the budget.",
      });
    }
  },
});

export type BudgetSettings = z.output<typeof schema>;
