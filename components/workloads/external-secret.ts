import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { RunningSettings } from "../../config/blocks/services/service.ts";
import { secretPath } from "../../core/names.ts";
import { SECRETS_STORE_NAME } from "../shared/kubernetes/names.ts";
import type { WorkloadContext } from "./context.ts";
import { secretObjectName } from "./environment-variables.ts";
import { serviceLabels } from "./labels.ts";

/** How soon a rotated value reaches the cluster; the pods see it when they start next. */
const REFRESH_INTERVAL = "5m";

/** The secrets of a service by variable: those of its row, and the password of its login to the cache. */
function entriesOf({ needs, environment, namespace }: RunningSettings, context: WorkloadContext): object[] {
  const key = (entry: string) => secretPath.inNamespace(context.environment, namespace, entry);
  const plain = Object.entries(environment.secrets).map(([secretKey, entry]) => ({
    secretKey,
    remoteRef: { key: key(entry) },
  }));
  return needs.cache === null
    ? plain
    : [{ secretKey: "CACHE_PASSWORD", remoteRef: { key: key(needs.cache), property: "password" } }, ...plain];
}

/**
 * The Kubernetes secret with what the service reads from Secrets Manager, kept by External Secrets through the namespace's
 * own store: no value passes the program. None when the service has no secrets.
 */
export function createExternalSecret(
  name: string,
  service: RunningSettings,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource | undefined {
  const data = entriesOf(service, context);
  if (data.length === 0) return undefined;
  return new CustomResource(
    name,
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: secretObjectName(service.name), namespace: service.namespace, labels: serviceLabels(service) },
      spec: {
        refreshInterval: REFRESH_INTERVAL,
        secretStoreRef: { name: SECRETS_STORE_NAME, kind: "SecretStore" },
        target: { name: secretObjectName(service.name), creationPolicy: "Owner", deletionPolicy: "Retain" },
        data,
      },
    },
    opts,
  );
}
