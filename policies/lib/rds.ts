import { isSet } from "./is-set.ts";

/** A stand-alone server; never a member of a cluster. */
export const RDS_INSTANCE = "aws:rds/instance:Instance";
/** A cluster: it owns storage, backups, passwords and logs of its members. */
export const RDS_CLUSTER = "aws:rds/cluster:Cluster";
/** A member of a cluster: only what each server has for itself is asked of it. */
export const RDS_CLUSTER_INSTANCE = "aws:rds/clusterInstance:ClusterInstance";

/**
 * Whether a server copies another: key, password, backups and final snapshot are then those of its source, and AWS
 * refuses them here. A source that is not known yet counts.
 */
export function isReplica(props: object): boolean {
  return isSet<{ readonly replicateSourceDb?: string }>(props, "replicateSourceDb");
}

/** The entry whose key the engine's name begins with ("oracle" for "oracle-ee"); the longest key wins. */
export function byEngine<T>(entries: Readonly<Record<string, T>>, engine: string): T | undefined {
  const [longest] = Object.keys(entries)
    .filter((prefix) => engine.startsWith(prefix))
    .toSorted((a, b) => b.length - a.length);
  return longest === undefined ? undefined : entries[longest];
}
