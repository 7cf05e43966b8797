import * as budgets from "@pulumi/aws/budgets/index.js";
import * as costexplorer from "@pulumi/aws/costexplorer/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { BudgetSettings } from "../config/blocks/budget.ts";
import type { Environment } from "../config/blocks/environment.ts";
import type { NotifySettings } from "../config/blocks/notify.ts";
import { nameOf } from "../core/names.ts";
import { BUDGET } from "../standards/budget.ts";
import type { Notify } from "./notify/notify.ts";
import { environmentTags } from "./shared/tags.ts";

export interface BudgetArgs {
  readonly environment: Environment;
  readonly settings: BudgetSettings;
  readonly notify: Pick<Notify, "usEast1TopicArns">;
  /** Told by AWS directly too: such mail needs no confirmation, so that it arrives from the first day. */
  readonly emailAddresses: NotifySettings["email"]["cost"];
}

/**
 * What the account may cost in a month, with a message at 80 % and 100 % of it and when the forecast reaches it; a watch
 * for unusual rises; and our tags in the bill. Nothing is stopped: a budget informs. Billing lives in us-east-1, so it
 * reports there.
 */
export class Budget extends pulumi.ComponentResource {
  /** Name of the budget, as it stands in its messages. */
  readonly budgetName: pulumi.Output<string>;

  constructor(name: string, args: BudgetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:operations:Budget", name, {}, opts);
    const budget = this.createBudget(name, args);
    this.watchAnomalies(name, args);
    if (args.settings.activateCostAllocationTags) this.activateTags(name, args.environment);
    this.budgetName = budget.name;
    this.registerOutputs({ budgetName: this.budgetName });
  }

  private createBudget(name: string, { environment, settings, notify, emailAddresses }: BudgetArgs): budgets.Budget {
    const notification = (notificationType: "ACTUAL" | "FORECASTED") => (threshold: number) => ({
      notificationType,
      threshold,
      thresholdType: "PERCENTAGE",
      comparisonOperator: "GREATER_THAN",
      subscriberSnsTopicArns: [notify.usEast1TopicArns.cost],
      subscriberEmailAddresses: [...emailAddresses],
    });
    return new budgets.Budget(
      name,
      {
        name: nameOf(environment, "monthly"),
        budgetType: "COST",
        timeUnit: "MONTHLY",
        limitAmount: String(settings.monthlyUsd),
        limitUnit: "USD",
        notifications: [
          ...BUDGET.actualPercent.map(notification("ACTUAL")),
          ...BUDGET.forecastPercent.map(notification("FORECASTED")),
        ],
      },
      { parent: this },
    );
  }

  private watchAnomalies(name: string, { environment, settings, notify }: BudgetArgs): void {
    const monitorArn = settings.anomalyMonitorArn ?? this.createMonitor(name, environment);
    new costexplorer.AnomalySubscription(
      name,
      {
        name: nameOf(environment, "anomalies"),
        // At once; AWS sends mail daily or weekly only, but topics without delay.
        frequency: "IMMEDIATE",
        monitorArnLists: [monitorArn],
        subscribers: [{ type: "SNS", address: notify.usEast1TopicArns.cost }],
        thresholdExpression: {
          dimension: {
            key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE",
            matchOptions: ["GREATER_THAN_OR_EQUAL"],
            values: [String(settings.anomalyUsd)],
          },
        },
      },
      { parent: this },
    );
  }

  private createMonitor(name: string, environment: Environment): pulumi.Output<string> {
    return new costexplorer.AnomalyMonitor(
      name,
      { name: nameOf(environment, "services"), monitorType: "DIMENSIONAL", monitorDimension: "SERVICE" },
      { parent: this },
    ).arn;
  }

  /** Each of the environment's tags becomes a column of the bill. */
  private activateTags(name: string, environment: Environment): void {
    for (const tagKey of Object.keys(environmentTags(environment)).toSorted()) {
      new costexplorer.CostAllocationTag(`${name}-${tagKey}`, { tagKey, status: "Active" }, { parent: this });
    }
  }
}
