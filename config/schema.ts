import * as z from "zod";

import { accessBlock } from "./blocks/access.ts";
import { accountBlock } from "./blocks/account.ts";
import { auditBlock } from "./blocks/audit.ts";
import { backupBlock } from "./blocks/backup.ts";
import { budgetBlock } from "./blocks/budget.ts";
import { cacheBlock } from "./blocks/cache.ts";
import { cdnBlock } from "./blocks/cdn/cdn.ts";
import { certificateBlock } from "./blocks/certificate.ts";
import { clusterBlock } from "./blocks/cluster/cluster.ts";
import { clusterServicesBlock } from "./blocks/cluster-services.ts";
import { databaseBlock } from "./blocks/database.ts";
import { dnsBlock } from "./blocks/dns.ts";
import type { Environment } from "./blocks/environment.ts";
import { environmentBlock } from "./blocks/environment.ts";
import { flagsBlock } from "./blocks/flags.ts";
import { keysBlock } from "./blocks/keys.ts";
import { namespacesBlock } from "./blocks/namespaces.ts";
import { networkBlock } from "./blocks/network.ts";
import { notifyBlock } from "./blocks/notify.ts";
import { queueBlock } from "./blocks/queue.ts";
import { registryBlock } from "./blocks/registry.ts";
import { secretsBlock } from "./blocks/secrets.ts";
import { servicesBlock } from "./blocks/services/services.ts";
import { storageBlock } from "./blocks/storage.ts";
import { wafBlock } from "./blocks/waf.ts";

/** The blocks of a stack file, in the order in which they stand there. */
export const BLOCKS = {
  environment: environmentBlock,
  keys: keysBlock,
  network: networkBlock,
  cluster: clusterBlock,
  namespaces: namespacesBlock,
  clusterServices: clusterServicesBlock,
  database: databaseBlock,
  cache: cacheBlock,
  secrets: secretsBlock,
  storage: storageBlock,
  dns: dnsBlock,
  certificate: certificateBlock,
  cdn: cdnBlock,
  waf: wafBlock,
  queue: queueBlock,
  flags: flagsBlock,
  registry: registryBlock,
  backup: backupBlock,
  budget: budgetBlock,
  notify: notifyBlock,
  audit: auditBlock,
  account: accountBlock,
  access: accessBlock,
  services: servicesBlock,
} as const;

/** The schemas of all blocks. Written out, because a mapped record would lose the types of the settings. */
const SHAPE = {
  environment: BLOCKS.environment.schema,
  keys: BLOCKS.keys.schema,
  network: BLOCKS.network.schema,
  cluster: BLOCKS.cluster.schema,
  namespaces: BLOCKS.namespaces.schema,
  clusterServices: BLOCKS.clusterServices.schema,
  database: BLOCKS.database.schema,
  cache: BLOCKS.cache.schema,
  secrets: BLOCKS.secrets.schema,
  storage: BLOCKS.storage.schema,
  dns: BLOCKS.dns.schema,
  certificate: BLOCKS.certificate.schema,
  cdn: BLOCKS.cdn.schema,
  waf: BLOCKS.waf.schema,
  queue: BLOCKS.queue.schema,
  flags: BLOCKS.flags.schema,
  registry: BLOCKS.registry.schema,
  backup: BLOCKS.backup.schema,
  budget: BLOCKS.budget.schema,
  notify: BLOCKS.notify.schema,
  audit: BLOCKS.audit.schema,
  account: BLOCKS.account.schema,
  access: BLOCKS.access.schema,
  services: BLOCKS.services.schema,
} satisfies { readonly [K in keyof typeof BLOCKS]: (typeof BLOCKS)[K]["schema"] };

/** The settings block as a whole; strict, so that a misspelt key is refused. */
export const settingsSchema = z.strictObject(SHAPE);

/** The settings of a stack: every block present and right. */
export type Settings = z.output<typeof settingsSchema>;

/** A judged stack file: what the program is made from. */
export interface StackConfig extends Omit<Settings, "environment"> {
  readonly environment: Environment;
}
