import type * as inputs from "@pulumi/kubernetes/types/input.js";

import type { RunningSettings } from "../../config/blocks/services/service.ts";
import { secretFile } from "../../core/names.ts";
import type { WorkloadContext } from "./context.ts";

/** Read by its group, which is the pod's: in decimal, as manifests write modes. */
const GROUP_READS = 0o440;
const VOLUME = "secrets";

/** A file that a service finds in its containers, and where its content comes from. */
export interface SecretFile {
  /** Name of the file, and of the key in the service's Kubernetes secret. */
  readonly name: string;
  /** Entry of the secrets block, in the service's own namespace. */
  readonly entry: string;
  /** Field of the entry's JSON; absent: the whole value. */
  readonly property?: string;
}

/** The Kubernetes secret that External Secrets fills for a service. */
export function secretObjectName(serviceName: string): string {
  return `${serviceName}-secrets`;
}

/** What the row calls by one name: one file, or for what we make and rotate its three values. */
function filesOfEntry(name: string, entry: string, { secrets }: WorkloadContext): SecretFile[] {
  if (secrets.kinds[entry] !== "random") return [{ name, entry }];
  return [
    { name, entry, property: "current" },
    { name: secretFile.next(name), entry, property: "next" },
    { name: secretFile.previous(name), entry, property: "previous" },
  ];
}

/** The files of a service, sorted by name: the secrets of its row, and the password of its login to the cache. */
export function secretFilesOf({ needs, environment }: RunningSettings, context: WorkloadContext): SecretFile[] {
  const files = [
    ...(needs.cache === null ? [] : [{ name: "CACHE_PASSWORD", entry: needs.cache, property: "password" }]),
    ...Object.entries(environment.secrets).flatMap(([name, entry]) => filesOfEntry(name, entry, context)),
  ];
  return files.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** The volume of one Kubernetes secret, of which each key becomes a file; a key that is missing keeps a pod from starting. */
export function secretVolume(secretName: string, keys: readonly string[]): inputs.core.v1.Volume {
  const items = keys.map((key) => ({ key, path: key }));
  return { name: VOLUME, projected: { defaultMode: GROUP_READS, sources: [{ secret: { name: secretName, items } }] } };
}

/** Where the volume is in a container. Whole, not by subPath: the kubelet never renews a file that is mounted alone. */
export const SECRETS_MOUNT: inputs.core.v1.VolumeMount = {
  name: VOLUME,
  mountPath: secretFile.folder,
  readOnly: true,
};

/**
 * A service's secrets as files, which follow a rotation while the pod runs: all of them change at once. Empty lists for a
 * service without secrets.
 */
export function secretFiles(
  service: RunningSettings,
  context: WorkloadContext,
): { readonly mounts: inputs.core.v1.VolumeMount[]; readonly volumes: inputs.core.v1.Volume[] } {
  const keys = secretFilesOf(service, context).map(({ name }) => name);
  if (keys.length === 0) return { mounts: [], volumes: [] };
  return { mounts: [SECRETS_MOUNT], volumes: [secretVolume(secretObjectName(service.name), keys)] };
}
