/** What an Aurora PostgreSQL instance class offers. */
export interface DatabaseInstanceClass {
  readonly vcpus: number;
  readonly memoryGiB: number;
  /** Lives on CPU credits, which a busy hour uses up; AWS names these classes for development and test. */
  readonly burstable?: true;
}

/**
 * The instance classes a stack file may name. `db.serverless` is left out on purpose: the number of connections it
 * accepts follows a capacity that changes, so that nobody could say whether the pools fit.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
 */
export const DATABASE_INSTANCE_CLASSES: Readonly<Record<string, DatabaseInstanceClass>> = {
  "db.t4g.medium": { vcpus: 2, memoryGiB: 4, burstable: true },
  "db.t4g.large": { vcpus: 2, memoryGiB: 8, burstable: true },
  "db.r6g.large": { vcpus: 2, memoryGiB: 16 },
  "db.r6g.xlarge": { vcpus: 4, memoryGiB: 32 },
  "db.r6g.2xlarge": { vcpus: 8, memoryGiB: 64 },
  "db.r6g.4xlarge": { vcpus: 16, memoryGiB: 128 },
  "db.r6g.8xlarge": { vcpus: 32, memoryGiB: 256 },
  "db.r6g.12xlarge": { vcpus: 48, memoryGiB: 384 },
  "db.r6g.16xlarge": { vcpus: 64, memoryGiB: 512 },
  "db.r7g.large": { vcpus: 2, memoryGiB: 16 },
  "db.r7g.xlarge": { vcpus: 4, memoryGiB: 32 },
  "db.r7g.2xlarge": { vcpus: 8, memoryGiB: 64 },
  "db.r7g.4xlarge": { vcpus: 16, memoryGiB: 128 },
  "db.r7g.8xlarge": { vcpus: 32, memoryGiB: 256 },
  "db.r7g.12xlarge": { vcpus: 48, memoryGiB: 384 },
  "db.r7g.16xlarge": { vcpus: 64, memoryGiB: 512 },
  "db.r8g.large": { vcpus: 2, memoryGiB: 16 },
  "db.r8g.xlarge": { vcpus: 4, memoryGiB: 32 },
  "db.r8g.2xlarge": { vcpus: 8, memoryGiB: 64 },
  "db.r8g.4xlarge": { vcpus: 16, memoryGiB: 128 },
  "db.r8g.8xlarge": { vcpus: 32, memoryGiB: 256 },
  "db.r8g.12xlarge": { vcpus: 48, memoryGiB: 384 },
  "db.r8g.16xlarge": { vcpus: 64, memoryGiB: 512 },
  "db.r8g.24xlarge": { vcpus: 96, memoryGiB: 768 },
  "db.r8g.48xlarge": { vcpus: 192, memoryGiB: 1536 },
};

/**
 * How AWS sets `max_connections`: LEAST(DBInstanceClassMemory / 9531392, 5000).
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Managing.html
 */
const CONNECTIONS = {
  /** Bytes of memory for one connection. */
  bytesEach: 9_531_392,
  /** The most that AWS sets by itself, whatever the memory. */
  ceiling: 5000,
  /**
   * Share of the class' memory that the formula's DBInstanceClassMemory really is: the operating system and RDS' own
   * processes take the rest. Measured on 8 GiB: 832 connections where the whole memory would give 901.
   */
  usableMemoryRatio: 0.92,
} as const;

/** How the applications' pools use the server. */
export interface PoolPlan {
  /** Connections which one replica of a service opens at most. */
  readonly connectionsPerReplica: number;
  /** Replicas of all services together at full scale. */
  readonly maxClientReplicas: number;
  /** Connections kept free for RDS itself, migrations, exporters and people. */
  readonly reservedConnections: number;
}

export interface ConnectionBudget {
  /** Connections which the server accepts, on the safe side. */
  readonly maxConnections: number;
  /** Connections which the pools open at full scale. */
  readonly pooledConnections: number;
  /** Whether pools and reserve fit the server. */
  readonly fits: boolean;
  /** Whole percent of the server's connections which a proxy may open: everything but the reserve, 1 to 100. */
  readonly proxyMaxPercent: number;
  /** Whole percent which the proxy keeps open when idle: what the pools open at full scale, never above the maximum. */
  readonly proxyIdlePercent: number;
}

/** Connections which a server of `memoryGiB` accepts, on the safe side. */
export function maxConnections(memoryGiB: number): number {
  const usableBytes = memoryGiB * 1024 ** 3 * CONNECTIONS.usableMemoryRatio;
  return Math.floor(Math.min(usableBytes / CONNECTIONS.bytesEach, CONNECTIONS.ceiling));
}

/** Whether the pools fit a server of that class, and how a proxy between them is sized; throws for an unknown class. */
export function connectionBudget(instanceClass: string, pool: PoolPlan): ConnectionBudget {
  const size = DATABASE_INSTANCE_CLASSES[instanceClass];
  if (size === undefined) throw new Error(`no instance class ${instanceClass} in standards/database-instances.ts`);
  const max = maxConnections(size.memoryGiB);
  const pooled = pool.connectionsPerReplica * pool.maxClientReplicas;
  const clamp = (percent: number, ceiling: number) => Math.max(1, Math.min(ceiling, percent));
  const proxyMaxPercent = clamp(Math.floor(((max - pool.reservedConnections) / max) * 100), 100);
  return {
    maxConnections: max,
    pooledConnections: pooled,
    fits: pooled + pool.reservedConnections <= max,
    proxyMaxPercent,
    proxyIdlePercent: clamp(Math.ceil((pooled / max) * 100), proxyMaxPercent),
  };
}
