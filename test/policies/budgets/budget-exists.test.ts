import { describe, expect, it } from "vitest";

import { budgetExists } from "../../../policies/rules/budgets/budget-exists.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const provider = { type: "pulumi:providers:aws", name: "aws", props: { region: "eu-west-1" } };
const budget = (...notifications: object[]) => ({
  type: "aws:budgets/budget:Budget",
  name: "budget",
  props: { notifications },
});
const actual = { notificationType: "ACTUAL", subscriberEmailAddresses: ["finance@example.com"] };
const forecast = { notificationType: "FORECASTED", subscriberSnsTopicArns: [UNKNOWN] };

const silent = (kind: string) =>
  `aws: (budget).notifications is nobody told of ${kind} spending, required a notification of the type ${kind} with subscribers`;

describe(budgetExists.name, () => {
  it.each([
    {
      title: "accepts a budget that tells of spending and forecast, to a topic not known yet",
      stack: [provider, budget(actual, forecast)],
      findings: [],
    },
    {
      title: "accepts two budgets that tell of one each",
      stack: [provider, budget(actual), { ...budget(forecast), name: "other" }],
      findings: [],
    },
    {
      title: "rejects a stack without budget",
      stack: [provider],
      findings: ["aws: (budget) is nothing, required a budget with notifications"],
    },
    { title: "rejects a budget without forecast", stack: [provider, budget(actual)], findings: [silent("FORECASTED")] },
    {
      title: "rejects notifications that nobody gets",
      stack: [provider, budget(forecast, { ...actual, subscriberEmailAddresses: [] })],
      findings: [silent("ACTUAL")],
    },
    {
      title: "rejects a budget without notifications",
      stack: [provider, { ...budget(), props: {} }],
      findings: [silent("ACTUAL"), silent("FORECASTED")],
    },
    {
      title: "is undetermined while the kind is unknown",
      stack: [provider, budget({ ...actual, notificationType: UNKNOWN })],
      findings: ["undetermined: notifications.0.notificationType"],
    },
    {
      title: "is silent about a stack that uses no AWS",
      stack: [{ type: "kubernetes:core/v1:Namespace", name: "shop" }],
      findings: [],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(budgetExists, stack)).toEqual(findings);
  });
});
