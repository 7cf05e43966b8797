import { CACHE_NODES } from "./facts/cache-nodes.ts";
import { VALKEY } from "./facts/valkey.ts";

/** Bounds for the cache. */
export const CACHE = {
  /** Memory in MiB that data may use at least, after the engine's reserve; CACHE-02. */
  minUsableMiB: 512,
  /** Nodes, each in a zone of its own as far as they go: one to serve and one to take over; CACHE-01. */
  minNodes: 2,
  /** Most nodes of one shard. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/quota-limits.html */
  awsMaxNodes: 6,
  /** Fewest days for which daily snapshots are kept; 0 would switch them off; CACHE-01. */
  minSnapshotRetentionDays: 1,
  /** The same in production; CACHE-01. */
  minProductionSnapshotRetentionDays: 7,
  /** Longest retention in days which ElastiCache accepts for automatic snapshots. */
  awsMaxSnapshotRetentionDays: 35,
  /** Shortest snapshot and maintenance windows in minutes which ElastiCache accepts. */
  awsMinWindowMinutes: 60,
  /** Longest identifier of a user in characters. @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/Clusters.RBAC.html */
  awsMaxUserIdChars: 40,
  /**
   * Commands which ElastiCache keeps for itself: it refuses a user who is given one.
   * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/RestrictedCommands.html
   */
  awsRefusedCommands: VALKEY.refusedCommands,
  /**
   * What no user may be left with, whatever its string says to get there; a name stands for all its subcommands too. They
   * empty the cache or the functions of all its users, show what others read and write, or change the server; SEC-13.
   */
  forbiddenCommands: [
    ...["flushall", "flushdb", "swapdb", "function|delete", "function|flush", "function|restore", "script|flush"],
    ...["keys", "monitor", "client|list"],
    ...["acl|deluser", "acl|getuser", "acl|list", "acl|load", "acl|log", "acl|save", "acl|setuser", "acl|users"],
    ...["client|kill", "client|pause", "client|unpause", "config", "debug", "failover", "module", "replicaof"],
    ...["shutdown", "slaveof"],
  ],
  /** Oldest major version of Valkey for which there is a table of commands to judge access strings by. */
  minMajorVersion: 8,
  /** TCP port of the cache. */
  port: 6379,
} as const;

/** What a node offers. */
export interface CacheNodeType {
  readonly name: string;
  /** Memory for data and reserve together, in MiB: the engine's own `maxmemory`, below what the instance has. */
  readonly memoryMiB: number;
  /** Whole percent kept free for snapshots, replication and failover; more on small nodes, which would swap. */
  readonly reservedPercent: number;
  /** Lives on CPU credits, which a busy hour uses up. */
  readonly burstable: boolean;
}

function memoryOf(nodeType: string): number {
  const memoryMiB = CACHE_NODES.memoryMiB[nodeType];
  if (memoryMiB === undefined) throw new Error(`no node type ${nodeType} in standards/facts/cache-nodes.json`);
  return memoryMiB;
}

/**
 * The nodes from which one is chosen, from small to large.
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/ParameterGroups.Engine.html (node-type specific parameters)
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/redis-memory-management.html (the reserve)
 */
export const CACHE_NODE_TYPES: readonly CacheNodeType[] = [
  { name: "cache.t4g.micro", memoryMiB: memoryOf("cache.t4g.micro"), reservedPercent: 50, burstable: true },
  { name: "cache.t4g.small", memoryMiB: memoryOf("cache.t4g.small"), reservedPercent: 30, burstable: true },
  { name: "cache.t4g.medium", memoryMiB: memoryOf("cache.t4g.medium"), reservedPercent: 25, burstable: true },
  { name: "cache.m7g.large", memoryMiB: memoryOf("cache.m7g.large"), reservedPercent: 25, burstable: false },
  { name: "cache.r7g.large", memoryMiB: memoryOf("cache.r7g.large"), reservedPercent: 25, burstable: false },
  { name: "cache.r7g.xlarge", memoryMiB: memoryOf("cache.r7g.xlarge"), reservedPercent: 25, burstable: false },
  { name: "cache.r7g.2xlarge", memoryMiB: memoryOf("cache.r7g.2xlarge"), reservedPercent: 25, burstable: false },
  { name: "cache.r7g.4xlarge", memoryMiB: memoryOf("cache.r7g.4xlarge"), reservedPercent: 25, burstable: false },
];

/** Memory of a node that data may use, in whole MiB. */
export function usableMiB({ memoryMiB, reservedPercent }: CacheNodeType): number {
  return Math.floor((memoryMiB * (100 - reservedPercent)) / 100);
}

/** The smallest node on which data may use as much; undefined when there is none. */
export function nodeTypeFor(wanted: {
  readonly usableMemoryMiB: number;
  readonly allowBurstableNodes: boolean;
}): CacheNodeType | undefined {
  return CACHE_NODE_TYPES.find(
    (type) => usableMiB(type) >= wanted.usableMemoryMiB && (wanted.allowBurstableNodes || !type.burstable),
  );
}

/** Most memory in MiB that data may use on any node. */
export const MAX_USABLE_MIB = Math.max(...CACHE_NODE_TYPES.map(usableMiB));
