import type { ReplicationGroupArgs } from "@pulumi/aws/elasticache/index.js";

import { show } from "../../../core/finding.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const elasticacheAtRest = resourceRule<ReplicationGroupArgs>({
  name: "elasticache-at-rest",
  description:
    "Caches and their snapshots are encrypted with a customer key. It can only be chosen when the cache is made.",
  severity: "high",
  checklist: ["SEC-14"],
  url: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/at-rest-encryption.html",
  remediation: "Set atRestEncryptionEnabled to true and kmsKeyId to the ARN of a customer key.",
  types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  check(cache, report) {
    // Absent means true for valkey and false for redis, which is also the engine when none is named.
    const enabled = cache.atRestEncryptionEnabled ?? cache.engine === "valkey";
    if (!enabled)
      report({ property: "atRestEncryptionEnabled", found: show(cache.atRestEncryptionEnabled), required: "true" });
    // Presence decides: a key that is made in the same deployment is unknown before it.
    if (!isSet(cache, "kmsKeyId")) {
      report({
        property: "kmsKeyId",
        found: "nothing, which AWS reads as its own key",
        required: "the ARN of a customer key",
      });
    }
  },
});
