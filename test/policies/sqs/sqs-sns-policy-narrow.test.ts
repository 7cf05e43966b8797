import { describe, expect, it } from "vitest";

import { sqsSnsPolicyNarrow } from "../../../policies/rules/sqs/sqs-sns-policy-narrow.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const TOPIC_POLICY = "aws:sns/topicPolicy:TopicPolicy";

const tlsOnly = {
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const fromTopic = { Effect: "Allow", Principal: { Service: "sns.amazonaws.com" }, Action: "sqs:SendMessage" };
const policy = (...Statement: object[]) => ({ policy: JSON.stringify({ Version: "2012-10-17", Statement }) });

const open =
  "policy.Statement[0].Principal is everyone (*), required named principals, or a condition that names accounts";
const noTls = (action: string) =>
  `policy is no refusal of calls without TLS, required a Deny of ${action} for everybody when aws:SecureTransport is false`;

describe(sqsSnsPolicyNarrow.name, () => {
  it.each([
    {
      title: "accepts a named service and the refusal of calls without TLS",
      props: policy(fromTopic, tlsOnly),
      findings: [],
    },
    { title: "accepts a policy that only refuses", props: policy(tlsOnly), findings: [] },
    {
      title: "accepts everyone of one account",
      props: policy(
        { ...fromTopic, Principal: "*", Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } } },
        tlsOnly,
      ),
      findings: [],
    },
    { title: "rejects everyone", props: policy({ ...fromTopic, Principal: "*" }, tlsOnly), findings: [open] },
    {
      title: "rejects everyone with TLS, which is still everyone",
      props: policy(
        { ...fromTopic, Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": "true" } } },
        tlsOnly,
      ),
      findings: [open],
    },
    {
      title: "rejects every action",
      props: policy({ ...fromTopic, Action: "sqs:*" }, tlsOnly),
      findings: ["policy.Statement[0].Action is Action sqs:*, required the single actions that are needed"],
    },
    {
      title: "rejects a policy that lets calls without TLS in",
      props: policy(fromTopic),
      findings: [noTls("sqs:SendMessage")],
    },
    {
      title: "rejects a refusal that holds for one principal only",
      props: policy(fromTopic, { ...tlsOnly, Principal: { Service: "sns.amazonaws.com" } }),
      findings: [noTls("sqs:SendMessage")],
    },
    {
      title: "rejects a refusal of something else",
      props: policy(fromTopic, { ...tlsOnly, Action: "sqs:DeleteQueue" }),
      findings: [noTls("sqs:SendMessage")],
    },
    {
      title: "rejects a refusal with a further condition",
      props: policy(fromTopic, {
        ...tlsOnly,
        Condition: { ...tlsOnly.Condition, StringEquals: { "aws:SourceAccount": "1" } },
      }),
      findings: [noTls("sqs:SendMessage")],
    },
    {
      title: "is undetermined while the policy is unknown",
      props: { policy: UNKNOWN },
      findings: ["undetermined: policy"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(sqsSnsPolicyNarrow, QUEUE_POLICY, props)).toEqual(findings);
  });

  it("asks of a topic that publishing without TLS is refused", async () => {
    const deny = { ...tlsOnly, Action: "sns:Publish" };
    expect(await evaluate(sqsSnsPolicyNarrow, TOPIC_POLICY, policy(deny))).toEqual([]);
    expect(await evaluate(sqsSnsPolicyNarrow, TOPIC_POLICY, policy(tlsOnly))).toEqual([noTls("sns:Publish")]);
  });

  it("judges a policy inside a queue or topic, and leaves those without one alone", async () => {
    expect(
      await evaluate(sqsSnsPolicyNarrow, "aws:sqs/queue:Queue", policy({ ...fromTopic, Principal: "*" }, tlsOnly)),
    ).toEqual([open]);
    expect(await evaluate(sqsSnsPolicyNarrow, "aws:sns/topic:Topic", {})).toEqual([]);
  });

  it("leaves other resource types alone", async () => {
    expect(
      await evaluate(sqsSnsPolicyNarrow, "aws:s3/bucketPolicy:BucketPolicy", policy({ ...fromTopic, Principal: "*" })),
    ).toEqual([]);
  });
});
