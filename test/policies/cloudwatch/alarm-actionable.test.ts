import { describe, expect, it } from "vitest";

import { alarmActionable } from "../../../policies/rules/cloudwatch/alarm-actionable.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const right = {
  alarmActions: ["arn:aws:sns:eu-west-1:111122223333:page"],
  alarmDescription: "Users wait. Runbook: https://example.com/runbooks/queue-stalled.md",
  treatMissingData: "notBreaching",
};
const { treatMissingData, ...undecided } = right;

describe(alarmActionable.name, () => {
  it.each([
    { title: "accepts an alarm that tells somebody, links and decides", props: right, findings: [] },
    { title: "accepts a topic that is not known yet", props: { ...right, alarmActions: [UNKNOWN] }, findings: [] },
    {
      title: "rejects actions switched off",
      props: { ...right, actionsEnabled: false },
      findings: ["actionsEnabled is false, required true"],
    },
    {
      title: "rejects an empty list of actions",
      props: { ...right, alarmActions: [] },
      findings: ["alarmActions is nothing, required at least one topic"],
    },
    {
      title: "rejects missing data left to AWS, which then tells nobody",
      props: undecided,
      findings: [
        "treatMissingData is nothing, required breaching, notBreaching, ignore or missing, decided on purpose",
      ],
    },
    {
      title: "rejects a description without a link",
      props: { ...right, alarmDescription: "Users wait." },
      findings: ["alarmDescription is Users wait., required a text with an https link to a runbook"],
    },
    {
      title: "rejects a link to no page",
      props: { ...right, alarmDescription: "See https://example.com" },
      findings: ["alarmDescription is See https://example.com, required a text with an https link to a runbook"],
    },
    {
      title: "rejects an absent description",
      props: { alarmActions: right.alarmActions, treatMissingData },
      findings: ["alarmDescription is nothing, required a text with an https link to a runbook"],
    },
    {
      title: "is undetermined while the description is unknown",
      props: { ...right, alarmDescription: UNKNOWN },
      findings: ["undetermined: alarmDescription"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(alarmActionable, ALARM, props)).toEqual(findings);
  });

  it("asks of a composite alarm everything but missing data, which it has none of", async () => {
    const type = "aws:cloudwatch/compositeAlarm:CompositeAlarm";
    expect(await evaluate(alarmActionable, type, undecided)).toEqual([]);
    expect(await evaluate(alarmActionable, type, { alarmDescription: right.alarmDescription })).toEqual([
      "alarmActions is nothing, required at least one topic",
    ]);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(alarmActionable, "aws:cloudwatch/dashboard:Dashboard", {})).toEqual([]);
  });
});
