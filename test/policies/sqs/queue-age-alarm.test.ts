import { describe, expect, it } from "vitest";

import { queueAgeAlarm } from "../../../policies/rules/sqs/queue-age-alarm.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const AGE = "ApproximateAgeOfOldestMessage";
const DEPTH = "ApproximateNumberOfMessagesVisible";
const queue = (name: string, refers = {}) => ({ type: "aws:sqs/queue:Queue", name, refers });
const alarm = (metricName: unknown, of: string, property = "dimensions") => ({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name: `alarm-of-${of}`,
  props: { metricName },
  refers: { [property]: [of] },
});

describe(queueAgeAlarm.name, () => {
  it.each([
    {
      title: "accepts a queue whose oldest message is watched",
      stack: [queue("orders"), alarm(AGE, "orders")],
      findings: [],
    },
    {
      title: "accepts dead letters that are watched by being there",
      stack: [queue("orders", { redrivePolicy: ["dead"] }), alarm(AGE, "orders"), queue("dead"), alarm(DEPTH, "dead")],
      findings: [],
    },
    {
      title: "rejects a queue without alarm",
      stack: [queue("orders")],
      findings: [`orders: (alarm) is nothing, required an alarm on ${AGE}`],
    },
    {
      title: "rejects depth alone, which does not see workers that stand still",
      stack: [queue("orders"), alarm(DEPTH, "orders")],
      findings: [`orders: (alarm) is nothing, required an alarm on ${AGE}`],
    },
    {
      title: "rejects dead letters that nobody watches",
      stack: [queue("orders", { redrivePolicy: ["dead"] }), alarm(AGE, "orders"), queue("dead")],
      findings: [`dead: (alarm) is nothing, required an alarm on ${DEPTH}`],
    },
    {
      title: "does not take the alarm of another queue",
      stack: [queue("orders"), queue("mails"), alarm(AGE, "mails")],
      findings: [`orders: (alarm) is nothing, required an alarm on ${AGE}`],
    },
    {
      title: "does not take an alarm that only tells the queue",
      stack: [queue("orders"), alarm(AGE, "orders", "alarmActions")],
      findings: [`orders: (alarm) is nothing, required an alarm on ${AGE}`],
    },
    {
      title: "is undetermined while the metric is unknown",
      stack: [queue("orders"), alarm(UNKNOWN, "orders")],
      findings: ["undetermined: metricName"],
    },
    { title: "is silent about a stack without queues", stack: [alarm(AGE, "nothing")], findings: [] },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(queueAgeAlarm, stack)).toEqual(findings);
  });
});
