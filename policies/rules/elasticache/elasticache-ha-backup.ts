import type { ReplicationGroupArgs } from "@pulumi/aws/elasticache/index.js";

import { show } from "../../../core/finding.ts";
import { CACHE } from "../../../standards/cache.ts";
import { resourceRule } from "../../lib/rule.ts";

export const elasticacheHaBackup = resourceRule<ReplicationGroupArgs>({
  name: "elasticache-ha-backup",
  description:
    "A cache has a replica in another zone that takes over by itself, and snapshots: AWS Backup does not know caches.",
  severity: "high",
  checklist: ["CACHE-01"],
  url: "https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/AutoFailover.html",
  remediation: `Set automaticFailoverEnabled and multiAzEnabled to true, numCacheClusters to ${CACHE.minNodes} or more, and snapshotRetentionLimit.`,
  types: ["aws:elasticache/replicationGroup:ReplicationGroup"],
  check(cache, report) {
    // Absent means off for both.
    for (const property of ["automaticFailoverEnabled", "multiAzEnabled"] as const) {
      if (cache[property] !== true) report({ property, found: show(cache[property]), required: "true" });
    }
    // A sharded cache counts replicas of each shard, any other its nodes; absent means one node without a replica.
    const { numCacheClusters, replicasPerNodeGroup, snapshotRetentionLimit } = cache;
    if ((numCacheClusters ?? 1) < CACHE.minNodes && (replicasPerNodeGroup ?? 0) < CACHE.minNodes - 1) {
      report({
        property: "numCacheClusters",
        found: show(numCacheClusters),
        required: `at least ${CACHE.minNodes} (nodes), or replicasPerNodeGroup of at least ${CACHE.minNodes - 1}`,
      });
    }
    // Absent and 0 mean that there are no snapshots.
    if ((snapshotRetentionLimit ?? 0) < CACHE.minSnapshotRetentionDays) {
      report({
        property: "snapshotRetentionLimit",
        found: show(snapshotRetentionLimit),
        required: `at least ${CACHE.minSnapshotRetentionDays} (days)`,
      });
    }
  },
});
