import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { RunningSettings } from "../../config/blocks/services/service.ts";
import { secretPath } from "../../core/names.ts";
import { SECRET_DELIVERY } from "../../standards/secrets.ts";
import { SECRETS_STORE_NAME } from "../shared/kubernetes/names.ts";
import type { WorkloadContext } from "./context.ts";
import { serviceLabels } from "./labels.ts";
import { secretFilesOf, secretObjectName } from "./secret-files.ts";

/**
 * The Kubernetes secret with what the service reads from Secrets Manager, kept by External Secrets through the namespace's
 * own store: no value passes the program. One value is read once however many files it has, so that these always belong
 * together. None when the service has no secrets.
 */
export function createExternalSecret(
  name: string,
  service: RunningSettings,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource | undefined {
  const data = secretFilesOf(service, context).map(({ name: secretKey, entry, property }) => ({
    secretKey,
    remoteRef: {
      key: secretPath.inNamespace(context.environment, service.namespace, entry),
      ...(property === undefined ? {} : { property }),
    },
  }));
  if (data.length === 0) return undefined;
  return new CustomResource(
    name,
    {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata: { name: secretObjectName(service.name), namespace: service.namespace, labels: serviceLabels(service) },
      spec: {
        refreshInterval: `${SECRET_DELIVERY.refreshSeconds / 60}m`,
        secretStoreRef: { name: SECRETS_STORE_NAME, kind: "SecretStore" },
        target: { name: secretObjectName(service.name), creationPolicy: "Owner", deletionPolicy: "Retain" },
        data,
      },
    },
    opts,
  );
}
