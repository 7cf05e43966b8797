import { refusesWithoutTls } from "../../lib/resource-policy.ts";
import { stackRule } from "../../lib/rule.ts";

/** The resource that carries the policy, how it names its subject, and what the policy must refuse. */
const POLICIES: Readonly<Record<string, readonly [type: string, property: string, action: string]>> = {
  "aws:sns/topic:Topic": ["aws:sns/topicPolicy:TopicPolicy", "arn", "sns:Publish"],
  "aws:sqs/queue:Queue": ["aws:sqs/queuePolicy:QueuePolicy", "queueUrl", "sqs:SendMessage"],
};

export const sqsSnsPolicyAttached = stackRule<{ readonly policy?: string }>({
  name: "sqs-sns-policy-attached",
  description: "Every queue and topic has a policy of its own: the default one lets calls without TLS in.",
  severity: "medium",
  checklist: ["EXT-01", "SEC-01"],
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-security-best-practices.html",
  remediation: "Add a QueuePolicy or TopicPolicy that refuses calls without TLS.",
  type: Object.keys(POLICIES),
  check(subject, stack, report) {
    const [type, property, action] = POLICIES[subject.type] ?? ["", "", ""];
    // What stands beside the subject is judged by sqs-sns-policy-narrow.
    if (stack.referring(type, property, subject).length > 0) return;
    // AWS answers a policy for everything: the default one where nobody wrote any, and that one lets plain calls in.
    if (refusesWithoutTls(subject.props.policy, action)) return;
    report({ property: "(policy)", found: "nothing", required: "a policy that refuses calls without TLS" });
  },
});
