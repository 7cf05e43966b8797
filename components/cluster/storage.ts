import type { Provider } from "@pulumi/kubernetes/provider.js";
import * as storage from "@pulumi/kubernetes/storage/v1/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Keys } from "../keys/keys.ts";

export interface StorageArgs {
  readonly kubernetes: Provider;
  readonly keys: Pick<Keys<"volumes">, "arns">;
  /** The cluster, with which the class disappears. */
  readonly deletedWith: pulumi.Resource;
  readonly dependsOn: readonly pulumi.Resource[];
}

/**
 * The only class of volumes, and the default: gp3, encrypted under our key, made in the zone where the pod starts. EKS
 * itself brings none.
 */
export function createStorageClass(
  name: string,
  { kubernetes, keys, deletedWith, dependsOn }: StorageArgs,
  opts: pulumi.CustomResourceOptions,
): storage.StorageClass {
  return new storage.StorageClass(
    name,
    {
      metadata: { name: "encrypted", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.aws.com",
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: keys.arns.volumes },
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: "Delete",
    },
    { ...opts, provider: kubernetes, deletedWith, dependsOn: [...dependsOn] },
  );
}
