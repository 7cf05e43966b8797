import type { CacheSettings } from "../../config/blocks/cache.ts";

/** A cache block that is right in every profile. */
export const CACHE_SETTINGS: CacheSettings = {
  engineVersion: "8.1",
  usableMemoryMiB: 512,
  allowBurstableNodes: false,
  nodes: 2,
  evictionPolicy: "volatile-lru",
  slowCommandMicroseconds: 10_000,
  snapshotRetentionDays: 7,
  snapshotWindowUtc: "00:30-01:30",
  maintenanceWindowUtc: "sun:22:00-sun:23:00",
  logRetentionDays: 90,
  users: [{ secret: "cache-api", accessString: "on ~api:* -@all +@read +@write -@dangerous -@scripting" }],
};
