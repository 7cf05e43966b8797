import type { QueueArgs } from "@pulumi/aws/sqs/index.js";

import { QUEUE } from "../../../standards/queue.ts";
import { given } from "../../lib/is-set.ts";
import { holdsDeadLetters } from "../../lib/queues.ts";
import { stackRule } from "../../lib/rule.ts";

const REDRIVE_POLICY = "aws:sqs/redrivePolicy:RedrivePolicy";

export const sqsDlq = stackRule<QueueArgs>({
  name: "sqs-dlq",
  description:
    "Every queue hands messages that nobody can work on to a dead-letter queue; otherwise one bad message is tried for ever and then lost.",
  severity: "medium",
  checklist: ["EXT-01"],
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html",
  remediation: "Set redrivePolicy with deadLetterTargetArn and maxReceiveCount.",
  type: "aws:sqs/queue:Queue",
  check(queue, stack, report) {
    const refersToOne = (queue.propertyDependencies["redrivePolicy"] ?? []).length > 0;
    if (refersToOne || stack.referring(REDRIVE_POLICY, "queueUrl", queue).length > 0 || holdsDeadLetters(queue, stack))
      return;
    // News that spoils within minutes is worth nothing in a dead-letter queue. Absent means four days.
    const seconds = given(queue.props.messageRetentionSeconds);
    if (seconds !== undefined && seconds <= QUEUE.maxEphemeralRetentionSeconds) return;
    // AWS answers a policy for every queue, so only one that names a target counts.
    if (queue.props.redrivePolicy?.includes("deadLetterTargetArn") === true) return;
    report({ property: "redrivePolicy", found: "nothing", required: "a dead-letter queue, or to be one" });
  },
});
