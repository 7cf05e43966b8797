import type { Environment } from "../../config/blocks/environment.ts";
import type { ServicesSettings } from "../../config/blocks/services/services.ts";
import type { Cache } from "../cache/cache.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Database } from "../database/database.ts";
import type { Flags } from "../flags.ts";
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
    "cidrBlock" | "isolatedCidrBlocks" | "privateCidrBlocks" | "publicCidrBlocks" | "interfaceEndpoints"
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
  >;
  readonly cache: Pick<Cache, "primaryEndpoint" | "port">;
  readonly queues: Pick<Queues, "topicArns" | "queues">;
  readonly keys: Pick<Keys<"messaging" | "secrets">, "arns">;
  readonly secrets: Pick<Secrets, "cacheLogins">;
  readonly flags: Pick<Flags, "applicationId" | "environmentId" | "configurationProfileId" | "configurationArn">;
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
