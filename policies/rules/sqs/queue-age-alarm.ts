import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/index.js";
import type { QueueArgs } from "@pulumi/aws/sqs/index.js";

import { holdsDeadLetters } from "../../lib/queues.ts";
import { stackRule } from "../../lib/rule.ts";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What must be watched: waiting work by its age, dead letters by being there at all. */
const AGE = "ApproximateAgeOfOldestMessage";
const DEPTH = "ApproximateNumberOfMessagesVisible";

export const queueAgeAlarm = stackRule<QueueArgs>({
  name: "queue-age-alarm",
  description:
    "An alarm watches how long the oldest message of every queue waits, and whether a dead-letter queue is empty: depth alone does not see workers that stand still.",
  severity: "medium",
  checklist: ["EXT-02"],
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html",
  remediation: `Add a MetricAlarm with the queue's name in dimensions.QueueName and metricName ${AGE} (for dead letters ${DEPTH}).`,
  type: "aws:sqs/queue:Queue",
  check(queue, stack, report) {
    const metric = holdsDeadLetters(queue, stack) ? DEPTH : AGE;
    const watched = stack
      .referring<MetricAlarmArgs>(ALARM, "dimensions", queue)
      .some(({ props }) => props.metricName === metric);
    if (!watched) report({ property: "(alarm)", found: "nothing", required: `an alarm on ${metric}` });
  },
});
