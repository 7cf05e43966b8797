import type { CompositeAlarmArgs, MetricAlarmArgs } from "@pulumi/aws/cloudwatch/index.js";

import { show } from "../../../core/finding.ts";
import { resourceRule } from "../../lib/rule.ts";

const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** What both kinds of alarm have; only a metric's data can be missing. */
type AlarmArgs = Pick<CompositeAlarmArgs, "actionsEnabled" | "alarmActions" | "alarmDescription"> &
  Pick<MetricAlarmArgs, "treatMissingData">;

export const alarmActionable = resourceRule<AlarmArgs>({
  name: "alarm-actionable",
  description: "An alarm tells somebody, links to a page that says what to do, and decides what missing data means.",
  severity: "medium",
  checklist: ["MON-22", "MON-28"],
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html",
  remediation: "Set alarmActions to a topic, alarmDescription with a link to the runbook, and treatMissingData.",
  types: ["aws:cloudwatch/metricAlarm:MetricAlarm", COMPOSITE],
  check(alarm, report, { type }) {
    // Absent means enabled.
    if (alarm.actionsEnabled === false) report({ property: "actionsEnabled", found: "false", required: "true" });
    if ((alarm.alarmActions?.length ?? 0) === 0)
      report({ property: "alarmActions", found: "nothing", required: "at least one topic" });
    // Absent means that the alarm turns to "insufficient data", which tells nobody.
    if (type !== COMPOSITE && alarm.treatMissingData === undefined) {
      report({
        property: "treatMissingData",
        found: "nothing",
        required: "breaching, notBreaching, ignore or missing, decided on purpose",
      });
    }
    if (!/https:\/\/[^\s/]+\/\S+/.test(alarm.alarmDescription ?? "")) {
      report({
        property: "alarmDescription",
        found: show(alarm.alarmDescription),
        required: "a text with an https link to a runbook",
      });
    }
  },
});
