import type { TopicArgs } from "@pulumi/aws/sns/index.js";
import type { QueueArgs } from "@pulumi/aws/sqs/index.js";

import { allowedBy, includes, showElement } from "../../lib/iam-document.ts";
import { refusesWithoutTls, reportOpenStatements } from "../../lib/resource-policy.ts";
import { resourceRule } from "../../lib/rule.ts";

const SEND = "sqs:SendMessage";
const PUBLISH = "sns:Publish";

/** What puts a message in, by the type that carries the policy. */
const ACTIONS: Readonly<Record<string, string>> = {
  "aws:sns/topic:Topic": PUBLISH,
  "aws:sns/topicPolicy:TopicPolicy": PUBLISH,
  "aws:sqs/queue:Queue": SEND,
  "aws:sqs/queuePolicy:QueuePolicy": SEND,
};

export const sqsSnsPolicyNarrow = resourceRule<Pick<QueueArgs, "policy"> | Pick<TopicArgs, "policy">>({
  name: "sqs-sns-policy-narrow",
  description:
    "Policies of queues and topics let in whom they name, for what they need, and refuse everybody without TLS.",
  severity: "high",
  checklist: ["EXT-01", "SEC-01"],
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-security-best-practices.html",
  remediation: "Name principals and single actions, and add a Deny for everybody when aws:SecureTransport is false.",
  types: [
    "aws:sns/topic:Topic",
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:sqs/queue:Queue",
    "aws:sqs/queuePolicy:QueuePolicy",
  ],
  check(subject, report, { type }) {
    // Queues and topics mostly have their policy beside them, as a resource of its own.
    if (!("policy" in subject)) return;
    reportOpenStatements(subject.policy, "policy", report);
    for (const { path, action } of allowedBy(subject.policy, "policy", "trust", () => undefined)) {
      const everything = action.patterns.some((pattern) => includes(pattern, "sqs:*") || includes(pattern, "sns:*"));
      if (everything)
        report({
          property: `${path}.Action`,
          found: showElement(action),
          required: "the single actions that are needed",
        });
    }
    const action = ACTIONS[type] ?? SEND;
    if (!refusesWithoutTls(subject.policy, action)) {
      report({
        property: "policy",
        found: "no refusal of calls without TLS",
        required: `a Deny of ${action} for everybody when aws:SecureTransport is false`,
      });
    }
  },
});
