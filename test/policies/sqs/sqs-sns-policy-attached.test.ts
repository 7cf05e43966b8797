import { describe, expect, it } from "vitest";

import { sqsSnsPolicyAttached } from "../../../policies/rules/sqs/sqs-sns-policy-attached.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const queue = { type: "aws:sqs/queue:Queue", name: "orders", props: {} };
const topic = { type: "aws:sns/topic:Topic", name: "news", props: {} };
const queuePolicy = (of: string) => ({
  type: "aws:sqs/queuePolicy:QueuePolicy",
  name: "queue-policy",
  refers: { queueUrl: [of] },
});
const topicPolicy = (of: string) => ({
  type: "aws:sns/topicPolicy:TopicPolicy",
  name: "topic-policy",
  refers: { arn: [of] },
});
const refusal = (Action: string) =>
  JSON.stringify({
    Statement: [{ Effect: "Deny", Principal: "*", Action, Condition: { Bool: { "aws:SecureTransport": "false" } } }],
  });
const byDefault = JSON.stringify({
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: "SNS:Publish",
      Condition: { StringEquals: { "AWS:SourceOwner": "111122223333" } },
    },
  ],
});
const finding = (name: string) => `${name}: (policy) is nothing, required a policy that refuses calls without TLS`;

describe(sqsSnsPolicyAttached.name, () => {
  it.each([
    {
      title: "accepts a queue and a topic with their policies",
      stack: [queue, topic, queuePolicy("orders"), topicPolicy("news")],
      findings: [],
    },
    {
      title: "accepts a policy inside that refuses plain calls",
      stack: [{ ...queue, props: { policy: refusal("sqs:*") } }],
      findings: [],
    },
    {
      title: "rejects the default policy that AWS answers where nobody wrote one",
      stack: [{ ...topic, props: { policy: byDefault } }],
      findings: [finding("news")],
    },
    {
      title: "rejects a refusal of something else",
      stack: [{ ...topic, props: { policy: refusal("sqs:*") } }],
      findings: [finding("news")],
    },
    {
      title: "is undetermined while a policy inside is unknown",
      stack: [{ ...queue, props: { policy: UNKNOWN } }],
      findings: ["undetermined: policy"],
    },
    { title: "rejects a queue without policy", stack: [queue], findings: [finding("orders")] },
    { title: "rejects a topic without policy", stack: [topic], findings: [finding("news")] },
    {
      title: "does not take the policy of another queue",
      stack: [queue, { ...queue, name: "mails" }, queuePolicy("mails")],
      findings: [finding("orders")],
    },
    { title: "is silent about a stack without queues and topics", stack: [queuePolicy("orders")], findings: [] },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(sqsSnsPolicyAttached, stack)).toEqual(findings);
  });
});
