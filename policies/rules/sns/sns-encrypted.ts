import type { TopicArgs } from "@pulumi/aws/sns/index.js";

import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const snsEncrypted = resourceRule<TopicArgs>({
  name: "sns-encrypted",
  description:
    "Topics keep what they deliver encrypted under a key: notifications name systems, findings and sometimes people.",
  severity: "medium",
  checklist: ["EXT-01", "SEC-14"],
  url: "https://docs.aws.amazon.com/sns/latest/dg/sns-server-side-encryption.html",
  remediation: "Set kmsMasterKeyId to a customer key whose policy admits the services that publish.",
  types: ["aws:sns/topic:Topic"],
  check(topic, report) {
    // Absent means no encryption at rest. A key that is not known yet is a key all the same.
    if (!isSet(topic, "kmsMasterKeyId")) report({ property: "kmsMasterKeyId", found: "nothing", required: "a key" });
  },
});
