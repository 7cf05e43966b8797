import type { Environment } from "../../config/blocks/environment.ts";
import type { ServicesSettings } from "../../config/blocks/services/services.ts";
import type { Cache } from "../cache/cache.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Database } from "../database/database.ts";
import type { Flags } from "../flags/flags.ts";
import type { Keys } from "../keys/keys.ts";
import type { Network } from "../network/network.ts";
import type { Queues } from "../queues.ts";
import type { Secrets } from "../secrets/secrets.ts";

/** What a service may be connected to; every workload is given the same, and takes what its row says it needs. */
export interface WorkloadContext {
  readonly environment: Environment;
  readonly services: ServicesSettings;
  readonly cluster: Pick<Cluster, "name" | "apiServerCidrs">;
  readonly network: Pick<
    Network,
    "cidrBlock" | "endpointServices" | "isolatedCidrBlocks" | "privateCidrBlocks" | "publicCidrBlocks"
  >;
  readonly database: Pick<
    Database,
    | "writerEndpoint"
    | "readerEndpoint"
    | "proxyEndpoint"
    | "proxyResourceId"
    | "port"
    | "clusterResourceId"
    | "masterSecretArn"
    | "databaseName"
    | "ready"
  >;
  readonly cache: Pick<Cache, "primaryEndpoint" | "port">;
  readonly queues: Pick<Queues, "topicArns" | "queues">;
  readonly keys: Pick<Keys<"messaging" | "secrets">, "arns">;
  readonly secrets: Pick<Secrets, "cacheLogins" | "kinds">;
  /**
   * Where Prometheus answers, which judges the roll-outs of Rollouts; undefined while the program installs none. Then a
   * roll-out is not judged by what users meet: readiness of its pods decides alone, and the program says so.
   */
  readonly prometheus: string | undefined;
  readonly flags: Pick<Flags, "applicationId" | "releases" | "switches">;
}

/** Database roles of a service: as which it runs, as which its migrations log in, and which owns its tables. */
export function databaseRoles(serviceName: string): {
  readonly runtime: string;
  readonly migrator: string;
  readonly owner: string;
} {
  const base = serviceName.replaceAll("-", "_");
  return { runtime: `${base}_app`, migrator: `${base}_migrator`, owner: `${base}_owner` };
}
