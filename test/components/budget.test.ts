import { beforeAll, describe, expect, it } from "vitest";

import { Budget } from "../../components/budget.ts";
import type { BudgetSettings } from "../../config/blocks/budget.ts";
import type { Registered } from "../support/cloud.ts";
import { deploy, ofType, only } from "../support/cloud.ts";
import { ENVIRONMENT } from "../support/environment.ts";
import { FAKE_NOTIFY } from "../support/notify.ts";

const BUDGET = "aws:budgets/budget:Budget";
const MONITOR = "aws:costexplorer/anomalyMonitor:AnomalyMonitor";
const SUBSCRIPTION = "aws:costexplorer/anomalySubscription:AnomalySubscription";
const TAG = "aws:costexplorer/costAllocationTag:CostAllocationTag";
const COST_TOPIC = "arn:aws:sns:us-east-1:111122223333:cost";

const settings: BudgetSettings = {
  monthlyUsd: 4000,
  anomalyUsd: 100,
  anomalyMonitorArn: null,
  activateCostAllocationTags: true,
};
const deployWith = (change: Partial<BudgetSettings>) =>
  deploy(
    () =>
      new Budget("budget", {
        environment: ENVIRONMENT,
        settings: { ...settings, ...change },
        notify: FAKE_NOTIFY,
        emailAddresses: ["finance@example.com"],
      }),
  );

let resources: Registered[];
beforeAll(async () => {
  resources = await deployWith({});
});

describe("Budget", () => {
  it("reports 80 % and 100 % of the month's spending, and a forecast above it", () => {
    const notifications = only(resources, BUDGET).inputs["notifications"];
    const common = {
      thresholdType: "PERCENTAGE",
      subscriberSnsTopicArns: [COST_TOPIC],
      subscriberEmailAddresses: ["finance@example.com"],
    };
    expect(notifications).toEqual([
      expect.objectContaining({ ...common, notificationType: "ACTUAL", threshold: 80 }),
      expect.objectContaining({ ...common, notificationType: "ACTUAL", threshold: 100 }),
      expect.objectContaining({ ...common, notificationType: "FORECASTED", threshold: 100 }),
    ]);
  });

  it("is a monthly budget of the whole account, in dollars", () => {
    expect(only(resources, BUDGET).inputs).toMatchObject({
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: "4000",
      limitUnit: "USD",
    });
    expect(only(resources, BUDGET).inputs["costFilters"]).toBeUndefined();
  });

  it("reports an unusual rise at once, to the topic where billing lives", () => {
    expect(only(resources, SUBSCRIPTION).inputs).toMatchObject({
      frequency: "IMMEDIATE",
      subscribers: [{ type: "SNS", address: COST_TOPIC }],
      thresholdExpression: { dimension: { key: "ANOMALY_TOTAL_IMPACT_ABSOLUTE", values: ["100"] } },
    });
    expect(only(resources, SUBSCRIPTION).dependsOn).toContain("budget");
  });

  it("makes the environment's tags columns of the bill", () => {
    expect(ofType(resources, TAG).map(({ inputs }) => inputs["tagKey"])).toEqual([
      "cost-center",
      "environment",
      "managed-by",
      "owner",
    ]);
  });

  it("uses the account's monitor where there is one, and leaves tags to the payer where asked", async () => {
    const anomalyMonitorArn = "arn:aws:ce::111122223333:anomalymonitor/1234";
    const others = await deployWith({ anomalyMonitorArn, activateCostAllocationTags: false });
    expect(ofType(others, MONITOR)).toEqual([]);
    expect(ofType(others, TAG)).toEqual([]);
    expect(only(others, SUBSCRIPTION).inputs["monitorArnLists"]).toEqual([anomalyMonitorArn]);
  });
});
