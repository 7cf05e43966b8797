import { describe, expect, it } from "vitest";

import { budgetBlock } from "../../../config/blocks/budget.ts";

const right = { monthlyUsd: 4000, anomalyUsd: 100, anomalyMonitorArn: null, activateCostAllocationTags: false };
const problems = (change: object) =>
  budgetBlock
    .judge({ ...right, ...change }, "production")
    .map(({ path, found, allowed }) => `${path.join(".")}: ${found}, allowed ${allowed}`);

describe("the budget block", () => {
  it("accepts a budget with its own monitor or the account's", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ anomalyMonitorArn: "arn:aws:ce::111122223333:anomalymonitor/1234abcd-56ef" })).toEqual([]);
  });

  it("refuses no budget at all", () => {
    expect(problems({ monthlyUsd: 0 })).toEqual(["monthlyUsd: 0, allowed at least 1 (USD a month)"]);
    expect(problems({ monthlyUsd: undefined })).toEqual([
      "monthlyUsd: nothing, allowed a number without quotes or unit (USD a month)",
    ]);
  });

  it("refuses an anomaly that may cost a whole month", () => {
    expect(problems({ anomalyUsd: 4000 })).toEqual([
      "anomalyUsd: 4000, allowed less than the monthly budget of 4000 (USD)",
    ]);
  });

  it("refuses the ARN of something else as monitor", () => {
    expect(problems({ anomalyMonitorArn: "arn:aws:sns:eu-west-1:111122223333:cost" })[0]).toContain(
      "allowed a monitor's ARN",
    );
  });
});
