import type { DatabaseInstanceClass } from "./facts/database-classes.ts";
import { DATABASE_CLASSES } from "./facts/database-classes.ts";

/**
 * The instance classes a stack file may name: those with Graviton processors. `db.serverless` is left out on purpose: the
 * number of connections it accepts follows a capacity that changes, so that nobody could say whether the pools fit.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
 */
export const DATABASE_INSTANCE_CLASSES: Readonly<Record<string, DatabaseInstanceClass>> = DATABASE_CLASSES.classes;

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
   * processes take the rest. Measured on 8 GiB: 832 connections where the whole memory would give 901. Documented numbers
   * of larger classes leave 0.937 and more; that of 4 GiB leaves 0.899, so it is taken as it is.
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

/** Connections which a server accepts, on the safe side: what the formula gives, or the documented number where that is lower. */
export function maxConnections({ memoryGiB, documentedMaxConnections = Infinity }: DatabaseInstanceClass): number {
  const usableBytes = memoryGiB * 1024 ** 3 * CONNECTIONS.usableMemoryRatio;
  const computed = Math.min(usableBytes / CONNECTIONS.bytesEach, CONNECTIONS.ceiling);
  return Math.floor(Math.min(computed, documentedMaxConnections));
}

/** Whether the pools fit a server of that class, and how a proxy between them is sized; throws for an unknown class. */
export function connectionBudget(instanceClass: string, pool: PoolPlan): ConnectionBudget {
  const size = DATABASE_INSTANCE_CLASSES[instanceClass];
  if (size === undefined) throw new Error(`no instance class ${instanceClass} in standards/database-instances.ts`);
  const max = maxConnections(size);
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
