import type { Check } from "./check.ts";
import { addonsCheck } from "./checks/addons.ts";
import { allowedImagesCheck } from "./checks/allowed-images.ts";
import { analyzerCheck } from "./checks/analyzer.ts";
import { backupTypesCheck } from "./checks/backup-types.ts";
import { cacheCheck } from "./checks/cache.ts";
import { chatCheck } from "./checks/chat.ts";
import { clusterVersionCheck } from "./checks/cluster-version.ts";
import { concurrencyCheck } from "./checks/concurrency.ts";
import { connectionsCheck } from "./checks/connections.ts";
import { contactsCheck } from "./checks/contacts.ts";
import { costTagsCheck } from "./checks/cost-tags.ts";
import { costsCheck } from "./checks/costs.ts";
import { databaseCheck } from "./checks/database.ts";
import { detectorCheck } from "./checks/detector.ts";
import { distributionsCheck } from "./checks/distributions.ts";
import { endpointsCheck } from "./checks/endpoints.ts";
import { globalLimitsCheck } from "./checks/global-limits.ts";
import { imagesCheck } from "./checks/images.ts";
import { inspectorCheck } from "./checks/inspector.ts";
import { instanceTypesCheck } from "./checks/instance-types.ts";
import { internetAccessCheck } from "./checks/internet-access.ts";
import { keptDataCheck } from "./checks/kept-data.ts";
import { keptKeysCheck } from "./checks/kept-keys.ts";
import { keptLogsCheck } from "./checks/kept-logs.ts";
import { keptSecretsCheck } from "./checks/kept-secrets.ts";
import { machinesCheck } from "./checks/machines.ts";
import { nodeImagesCheck } from "./checks/node-images.ts";
import { publicAccessCheck } from "./checks/public-access.ts";
import { quotasCheck } from "./checks/quotas.ts";
import { recorderCheck } from "./checks/recorder.ts";
import { regionsCheck } from "./checks/regions.ts";
import { registryCheck } from "./checks/registry.ts";
import { rolesCheck } from "./checks/roles.ts";
import { rootUserCheck } from "./checks/root-user.ts";
import { securityHubCheck } from "./checks/security-hub.ts";
import { sessionCheck } from "./checks/session.ts";
import { sessionDocumentCheck } from "./checks/session-document.ts";
import { spotRoleCheck } from "./checks/spot-role.ts";
import { textMessagesCheck } from "./checks/text-messages.ts";
import { trailCheck } from "./checks/trail.ts";
import { zoneCheck } from "./checks/zone.ts";
import { zonesCheck } from "./checks/zones.ts";

/** Every check, in the order of the report's lines. */
export const CHECKS: readonly Check[] = [
  sessionCheck,
  regionsCheck,
  zonesCheck,
  clusterVersionCheck,
  nodeImagesCheck,
  addonsCheck,
  instanceTypesCheck,
  imagesCheck,
  databaseCheck,
  cacheCheck,
  endpointsCheck,
  internetAccessCheck,
  quotasCheck,
  concurrencyCheck,
  globalLimitsCheck,
  trailCheck,
  recorderCheck,
  detectorCheck,
  securityHubCheck,
  analyzerCheck,
  sessionDocumentCheck,
  registryCheck,
  zoneCheck,
  rolesCheck,
  connectionsCheck,
  chatCheck,
  allowedImagesCheck,
  spotRoleCheck,
  backupTypesCheck,
  textMessagesCheck,
  distributionsCheck,
  costsCheck,
  costTagsCheck,
  rootUserCheck,
  publicAccessCheck,
  machinesCheck,
  contactsCheck,
  inspectorCheck,
  keptSecretsCheck,
  keptLogsCheck,
  keptKeysCheck,
  keptDataCheck,
];
