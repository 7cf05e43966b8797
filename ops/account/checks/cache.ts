import type { StackConfig } from "../../../config/schema.ts";
import { nameOf } from "../../../core/names.ts";
import { nodeTypeFor } from "../../../standards/cache.ts";
import type { OutcomeOf } from "../ask.ts";
import type { Line } from "../check.ts";
import { blocks, defineCheck, ok, unasked } from "../check.ts";
import { isRefusal, refusalOf, valueOf } from "../outcome.ts";
import { compareVersions } from "../versions.ts";

const ENGINE = "valkey";

/** Whether a version that the service names is the one wanted: the file names no patch. */
const isWanted = (version: string | undefined, wanted: string) =>
  version === wanted || version?.startsWith(`${wanted}.`) === true;

function judgeVersion({ cache }: StackConfig, answer: OutcomeOf<"elasticache:DescribeCacheEngineVersions">): Line {
  const part = { what: "Release of the cache", needed: `${ENGINE} ${cache.engineVersion}` };
  if (isRefusal(answer)) return unasked(part, answer);
  const versions = valueOf(answer)?.CacheEngineVersions.flatMap(({ EngineVersion }) => EngineVersion ?? []) ?? [];
  return versions.some((version) => isWanted(version, cache.engineVersion))
    ? ok(part, "offered")
    : blocks(
        part,
        "not offered",
        `Set cache.engineVersion to one of ${versions.join(", ") || "the releases that ElastiCache offers"}.`,
      );
}

function judgeNodeType(
  { cache }: StackConfig,
  answer: OutcomeOf<"elasticache:DescribeReservedCacheNodesOfferings">,
): Line {
  const type = nodeTypeFor(cache)?.name ?? "no node type";
  const part = { what: "Nodes of the cache", needed: `${type} is sold in this region` };
  if (isRefusal(answer)) return unasked(part, answer);
  const offers = valueOf(answer)?.ReservedCacheNodesOfferings ?? [];
  return offers.length > 0
    ? ok(part, "sold")
    : blocks(part, "not sold", "Change cache.usableMemoryMiB or allowBurstableNodes so that another type is chosen.");
}

interface Running {
  readonly groups: OutcomeOf<"elasticache:DescribeReplicationGroups">;
  readonly nodes: OutcomeOf<"elasticache:DescribeCacheClusters">;
}

function judgeRunning({ cache, environment }: StackConfig, { groups, nodes }: Running): Line {
  const part = { what: "The running cache", needed: `none, or ${cache.engineVersion} or older` };
  const refusal = refusalOf(groups, nodes);
  if (refusal !== undefined) return unasked(part, refusal);
  // Its own name is made up by the service; the group of its users has ours.
  const ours = valueOf(groups)?.ReplicationGroups.find(({ UserGroupIds }) =>
    UserGroupIds?.includes(nameOf(environment)),
  );
  const running = valueOf(nodes)?.CacheClusters.find(
    ({ ReplicationGroupId }) => ours !== undefined && ReplicationGroupId === ours.ReplicationGroupId,
  )?.EngineVersion;
  if (running === undefined) return ok(part, "none yet");
  return compareVersions(running, cache.engineVersion) <= 0
    ? ok(part, running)
    : blocks(
        part,
        running,
        `AWS has upgraded it, and going back would replace it: set cache.engineVersion to ${running.split(".").slice(0, 2).join(".")}.`,
      );
}

/** Release and node type of the cache, against what ElastiCache offers and what runs. */
export const cacheCheck = defineCheck({
  id: "cache",
  subject: "Database and cache",
  source: "https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_DescribeCacheEngineVersions.html",
  requirements: ["CACHE-01", "CACHE-02"],
  gather: async ({ config: { cache, environment } }, { ask }) => {
    const { region } = environment;
    const type = nodeTypeFor(cache)?.name ?? "";
    const [versions, offers, groups, nodes] = await Promise.all([
      ask("elasticache:DescribeCacheEngineVersions", { Engine: ENGINE }, region),
      // Nothing tells which types can be made; what can be reserved can be made.
      ask("elasticache:DescribeReservedCacheNodesOfferings", { CacheNodeType: type }, region),
      ask("elasticache:DescribeReplicationGroups", {}, region),
      ask("elasticache:DescribeCacheClusters", {}, region),
    ]);
    return { versions, offers, groups, nodes };
  },
  judge: ({ config }, { versions, offers, ...running }) => [
    judgeVersion(config, versions),
    judgeNodeType(config, offers),
    judgeRunning(config, running),
  ],
});
