import * as z from "zod";

import { accessBlock } from "./access.ts";
import { auditBlock } from "./audit.ts";
import { backupBlock } from "./backup.ts";
import { budgetBlock } from "./budget.ts";
import { cacheBlock } from "./cache.ts";
import { cdnBlock } from "./cdn.ts";
import { certificateBlock } from "./certificate.ts";
import { clusterBlock } from "./cluster.ts";
import { clusterServicesBlock } from "./cluster-services.ts";
import { databaseBlock } from "./database.ts";
import { dnsBlock } from "./dns.ts";
import { environmentBlock } from "./environment.ts";
import { flagsBlock } from "./flags.ts";
import { keysBlock } from "./keys.ts";
import { namespacesBlock } from "./namespaces.ts";
import { networkBlock } from "./network.ts";
import { notifyBlock } from "./notify.ts";
import { queueBlock } from "./queue.ts";
import { registryBlock } from "./registry.ts";
import { secretsBlock } from "./secrets.ts";
import { servicesBlock } from "./services.ts";
import { storageBlock } from "./storage.ts";
import { wafBlock } from "./waf.ts";

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
  access: accessBlock,
  services: servicesBlock,
} as const;

/** The settings block as a whole; strict, so that a misspelt key is refused. */
export const settingsSchema = z.strictObject({
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
  access: BLOCKS.access.schema,
  services: BLOCKS.services.schema,
});

/** The settings of a stack: every block present and right. */
export type Settings = z.output<typeof settingsSchema>;
