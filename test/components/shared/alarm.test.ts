import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import type { AlarmArgs } from "../../../components/shared/alarm.ts";
import { createAlarm } from "../../../components/shared/alarm.ts";
import { RUNBOOKS } from "../../../standards/runbooks.ts";
import { deploy, only } from "../../support/cloud.ts";
import { FAKE_NOTIFY } from "../../support/notify.ts";

const args: AlarmArgs = {
  notify: FAKE_NOTIFY,
  audience: "page",
  summary: "Users wait.",
  runbook: "queue-stalled",
  metric: {
    namespace: "AWS/SQS",
    name: "ApproximateAgeOfOldestMessage",
    dimensions: { QueueName: "orders" },
    statistic: "Maximum",
    periodSeconds: 60,
  },
  comparison: "GreaterThanThreshold",
  threshold: 600,
  periods: 5,
  whenDataIsMissing: "breaching",
};

async function inputsOf(change: Partial<AlarmArgs>) {
  const resources = await deploy(() => createAlarm("alarm", { ...args, ...change }, {}));
  return only(resources, "aws:cloudwatch/metricAlarm:MetricAlarm").inputs;
}

describe("createAlarm", () => {
  it("tells the audience's topic when the alarm starts and when it ends", async () => {
    const inputs = await inputsOf({});
    const topic = ["arn:aws:sns:eu-west-1:111122223333:page"];
    expect(inputs).toMatchObject({
      actionsEnabled: true,
      alarmActions: topic,
      okActions: topic,
      treatMissingData: "breaching",
      datapointsToAlarm: 5,
    });
    expect(inputs["region"]).toBeUndefined();
  });

  it("puts the alarm of a global service and its topic into us-east-1", async () => {
    expect(await inputsOf({ global: true })).toMatchObject({
      region: "us-east-1",
      alarmActions: ["arn:aws:sns:us-east-1:111122223333:page"],
    });
  });

  it("says what it means and where to read on", async () => {
    expect((await inputsOf({}))["alarmDescription"]).toBe(
      "Users wait. Runbook: https://github.com/example-org/preflight/blob/main/docs/runbooks/queue-stalled.md",
    );
  });

  it("takes a percentile as CloudWatch wants it", async () => {
    const inputs = await inputsOf({ metric: { ...args.metric, statistic: "p95" }, badPeriods: 3 });
    expect(inputs).toMatchObject({ extendedStatistic: "p95", datapointsToAlarm: 3 });
    expect(inputs["statistic"]).toBeUndefined();
  });

  it("refuses a summary that CloudWatch would refuse", async () => {
    await expect(inputsOf({ summary: "x".repeat(1024) })).rejects.toThrow("the alarm's summary is too long");
  });
});

describe("the runbooks of alarms", () => {
  const folder = join(import.meta.dirname, "..", "..", "..", "docs", "runbooks");

  it.each(RUNBOOKS)("%s says meaning, first look, mitigation and escalation", (name) => {
    const page = readFileSync(join(folder, `${name}.md`), "utf8");
    const headings = page
      .split("\n")
      .filter((line) => line.startsWith("## "))
      .map((line) => line.slice(3));
    expect(headings).toEqual(expect.arrayContaining(["Meaning", "First look", "Mitigation", "Escalation"]));
  });

  it("are listed in alphabetical order, each once", () => {
    expect([...RUNBOOKS]).toEqual([...new Set(RUNBOOKS)].toSorted());
    expect(readdirSync(folder).length).toBeGreaterThanOrEqual(RUNBOOKS.length);
  });
});
