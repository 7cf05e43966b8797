import type { StackResource, StackView } from "./rule.ts";

/** Where a resource says which queue takes what it could not deliver or work on. */
const DEAD_LETTER_REFERENCES = [
  ["aws:sqs/queue:Queue", "redrivePolicy"],
  ["aws:sqs/redrivePolicy:RedrivePolicy", "redrivePolicy"],
  ["aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "queueUrl"],
  ["aws:sns/topicSubscription:TopicSubscription", "redrivePolicy"],
  ["aws:cloudwatch/eventTarget:EventTarget", "deadLetterConfig"],
  ["aws:scheduler/schedule:Schedule", "target"],
  ["aws:lambda/function:Function", "deadLetterConfig"],
] as const;

/**
 * Whether the queue takes what others could not work on. Its own `redriveAllowPolicy` does not tell: AWS answers one for
 * every queue, so it is present where nobody set it.
 */
export function holdsDeadLetters(queue: StackResource<object>, stack: StackView): boolean {
  return DEAD_LETTER_REFERENCES.some(([type, property]) => stack.referring(type, property, queue).length > 0);
}
