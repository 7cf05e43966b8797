import { stackRule } from "../../lib/rule.ts";

/** The resource that carries the policy, and how it names its subject. */
const POLICIES: Readonly<Record<string, readonly [type: string, property: string]>> = {
  "aws:sns/topic:Topic": ["aws:sns/topicPolicy:TopicPolicy", "arn"],
  "aws:sqs/queue:Queue": ["aws:sqs/queuePolicy:QueuePolicy", "queueUrl"],
};

export const sqsSnsPolicyAttached = stackRule<object>({
  name: "sqs-sns-policy-attached",
  description: "Every queue and topic has a policy of its own: the default one lets calls without TLS in.",
  severity: "medium",
  checklist: ["EXT-01", "SEC-01"],
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
  remediation: "Add a QueuePolicy or TopicPolicy that refuses calls without TLS.",
  type: Object.keys(POLICIES),
  check(subject, stack, report) {
    if ("policy" in subject.props) return;
    const [type, property] = POLICIES[subject.type] ?? ["", ""];
    if (stack.referring(type, property, subject).length === 0) report({ property: "(policy)", found: "nothing", required: "a policy that refuses calls without TLS" });
  },
});
