import type { BudgetArgs } from "@pulumi/aws/budgets/index.js";
import type { Unwrap } from "@pulumi/pulumi";

import { stackRule } from "../../lib/rule.ts";

type Notification = NonNullable<Unwrap<BudgetArgs>["notifications"]>[number];

/** Whether anybody is told. Addresses and topics that are not known yet count: they are there. */
function tells({ subscriberEmailAddresses, subscriberSnsTopicArns }: Notification): boolean {
  return (subscriberEmailAddresses?.length ?? 0) + (subscriberSnsTopicArns?.length ?? 0) > 0;
}

export const budgetExists = stackRule<object>({
  name: "budget-exists",
  description:
    "A budget tells somebody what is spent and, by its forecast, what will be: costs that nobody watches are found on the invoice.",
  severity: "low",
  checklist: ["COST-02"],
  url: "https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-managing-costs.html",
  remediation: "Add a Budget with notifications for actual and forecast spending that have subscribers.",
  type: "pulumi:providers:aws",
  check(_provider, stack, report) {
    const budgets = stack.ofType<BudgetArgs>("aws:budgets/budget:Budget");
    if (budgets.length === 0) {
      report({ property: "(budget)", found: "nothing", required: "a budget with notifications" });
      return;
    }
    const told = budgets.flatMap(({ props }) => props.notifications ?? []).filter(tells);
    for (const kind of ["ACTUAL", "FORECASTED"]) {
      if (told.some(({ notificationType }) => notificationType === kind)) continue;
      report({
        property: "(budget).notifications",
        found: `nobody told of ${kind} spending`,
        required: `a notification of the type ${kind} with subscribers`,
      });
    }
  },
});
