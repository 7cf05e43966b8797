import { describe, expect, it } from "vitest";

import { sqsDlq } from "../../../policies/rules/sqs/sqs-dlq.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const QUEUE = "aws:sqs/queue:Queue";
const queue = (name: string, props: Record<string, unknown> = {}, refers = {}) => ({
  type: QUEUE,
  name,
  props,
  refers,
});
const withDeadLetters = queue("orders", { redrivePolicy: UNKNOWN }, { redrivePolicy: ["dead"] });
const finding = "orders: redrivePolicy is nothing, required a dead-letter queue, or to be one";

describe(sqsDlq.name, () => {
  it.each([
    {
      title: "accepts a queue with dead letters, and the queue that takes them",
      stack: [withDeadLetters, queue("dead")],
      findings: [],
    },
    {
      title: "accepts a redrive policy beside the queue",
      stack: [
        queue("orders"),
        queue("dead"),
        {
          type: "aws:sqs/redrivePolicy:RedrivePolicy",
          name: "redrive",
          refers: { queueUrl: ["orders"], redrivePolicy: ["dead"] },
        },
      ],
      findings: [],
    },
    {
      title: "accepts the dead letters of a subscription",
      stack: [
        queue("dead"),
        { type: "aws:sns/topicSubscription:TopicSubscription", name: "mail", refers: { redrivePolicy: ["dead"] } },
      ],
      findings: [],
    },
    {
      title: "is not deceived by the policy that AWS answers for every queue",
      stack: [queue("plain", { redriveAllowPolicy: "" })],
      findings: ["plain: redrivePolicy is nothing, required a dead-letter queue, or to be one"],
    },
    {
      title: "accepts a target outside the stack",
      stack: [queue("orders", { redrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:111122223333:dead"}' })],
      findings: [],
    },
    {
      title: "is not deceived by the empty policy that AWS answers for every queue",
      stack: [queue("orders", { redrivePolicy: "" })],
      findings: [finding],
    },
    {
      title: "is undetermined while the policy may still be one",
      stack: [queue("orders", { redrivePolicy: UNKNOWN })],
      findings: ["undetermined: redrivePolicy"],
    },
    {
      title: "accepts news that spoils within 300 seconds",
      stack: [queue("orders", { messageRetentionSeconds: 300 })],
      findings: [],
    },
    {
      title: "rejects a queue that keeps messages for 301 seconds",
      stack: [queue("orders", { messageRetentionSeconds: 301 })],
      findings: [finding],
    },
    {
      title: "rejects a queue without retention, which AWS reads as four days",
      stack: [queue("orders")],
      findings: [finding],
    },
    {
      title: "does not take the dead letters of another queue",
      stack: [queue("orders"), queue("mails", { redrivePolicy: "{}" }, { redrivePolicy: ["dead"] }), queue("dead")],
      findings: [finding],
    },
    {
      title: "is undetermined while the retention is unknown",
      stack: [queue("orders", { messageRetentionSeconds: UNKNOWN })],
      findings: ["undetermined: messageRetentionSeconds"],
    },
    {
      title: "is silent about a stack without queues",
      stack: [{ type: "aws:sns/topic:Topic", name: "topic" }],
      findings: [],
    },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(sqsDlq, stack)).toEqual(findings);
  });
});
