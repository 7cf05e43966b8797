import type { ReplicationGroupArgs } from "@pulumi/aws/elasticache/index.js";

import { show } from "../../../core/finding.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const elasticacheInTransitAuth = resourceRule<ReplicationGroupArgs>({
  name: "elasticache-in-transit-auth",
  description: "Caches talk TLS only and ask every client for its password: the network alone is no protection.",
  severity: "high",
  checklist: ["CACHE-03", "SEC-14"],
  url: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html",
  remediation:
    'Set transitEncryptionEnabled to true, transitEncryptionMode to "required", and userGroupIds (or an authToken).',
  types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  check(cache, report) {
    // Absent is no TLS for redis; for valkey AWS may choose it, which nobody should have to know.
    if (cache.transitEncryptionEnabled !== true) {
      report({ property: "transitEncryptionEnabled", found: show(cache.transitEncryptionEnabled), required: "true" });
    }
    // Absent means "required" for a new cache.
    if (cache.transitEncryptionMode === "preferred") {
      report({
        property: "transitEncryptionMode",
        found: "preferred, which also lets plain connections in",
        required: "required",
      });
    }
    // Presence decides for tokens, whose value is none of a rule's business.
    if (isSet(cache, "authToken") || isSet(cache, "authTokenWo")) return;
    if ((cache.userGroupIds ?? []).length === 0)
      report({
        property: "userGroupIds",
        found: show(cache.userGroupIds),
        required: "a group of users, or an authToken",
      });
  },
});
