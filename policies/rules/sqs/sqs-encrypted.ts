import type { QueueArgs } from "@pulumi/aws/sqs/index.js";

import { show } from "../../../core/finding.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const sqsEncrypted = resourceRule<QueueArgs>({
  name: "sqs-encrypted",
  description:
    "Queues encrypt their messages, on purpose and visibly: messages hold what services tell each other of people.",
  severity: "high",
  checklist: ["EXT-01", "SEC-14"],
  url: "https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html",
  remediation: "Set kmsMasterKeyId to a customer key, or sqsManagedSseEnabled to true.",
  types: ["aws:sqs/queue:Queue"],
  check(queue, report) {
    // A key that is not known yet is a key all the same. AWS encrypts new queues by itself since 2022, but an older one or
    // one from a template stays as it was: what nobody says, nobody can rely on.
    if (isSet(queue, "kmsMasterKeyId") || queue.sqsManagedSseEnabled === true) return;
    report({
      property: "sqsManagedSseEnabled",
      found: show(queue.sqsManagedSseEnabled),
      required: "true, or a key in kmsMasterKeyId",
    });
  },
});
