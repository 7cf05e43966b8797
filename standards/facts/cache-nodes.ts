import data from "./cache-nodes.json" with { type: "json" };
import type { FactTable } from "./facts.ts";

/** Memory of ElastiCache nodes by type, in MiB. */
export const CACHE_NODES: FactTable & { readonly memoryMiB: Readonly<Record<string, number>> } = data;
