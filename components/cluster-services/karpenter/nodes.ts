import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ClusterServicesSettings, NodePoolSettings } from "../../../config/blocks/cluster-services.ts";
import type { Environment } from "../../../config/blocks/environment.ts";
import { nameOf } from "../../../core/names.ts";
import { count, gibibytes } from "../../../core/quantities.ts";
import { TAGS } from "../../../standards/tags.ts";
import type { Keys } from "../../keys/keys.ts";
import { environmentTags } from "../../shared/tags.ts";

export interface NodesArgs {
  readonly environment: Environment;
  readonly settings: ClusterServicesSettings["karpenter"];
  readonly keys: Pick<Keys<"volumes">, "arns">;
  readonly instanceProfileName: pulumi.Output<string>;
}

const NODE_CLASS = "default";
const ARCHITECTURES = { arm64: "arm64", x86_64: "amd64" } as const;

/** Smaller instances spend most of themselves on the system's own pods. */
const TOO_SMALL = ["nano", "micro", "small", "medium"];

/** Time for pods to leave a node whose life is over; then it goes even against a disruption budget. */
const DRAIN_TIME = "24h";

/** Deleting a pool waits until its nodes are drained and gone. */
const DELETE_TIMEOUT = "45m";

/** Same hardening as the managed groups: a pinned image, encrypted disks, metadata that pods cannot get at. */
export function createNodeClass(name: string, args: NodesArgs, opts: pulumi.CustomResourceOptions): CustomResource {
  const { environment, settings, keys, instanceProfileName } = args;
  const discovery = { tags: { "karpenter.sh/discovery": nameOf(environment) } };
  return new CustomResource(
    name,
    {
      apiVersion: "karpenter.k8s.aws/v1",
      kind: "EC2NodeClass",
      metadata: { name: NODE_CLASS },
      spec: {
        amiSelectorTerms: [{ alias: settings.amiAlias }],
        instanceProfile: instanceProfileName,
        subnetSelectorTerms: [discovery],
        securityGroupSelectorTerms: [discovery],
        metadataOptions: {
          httpEndpoint: "enabled",
          httpProtocolIPv6: "disabled",
          httpTokens: "required",
          httpPutResponseHopLimit: 1,
        },
        blockDeviceMappings: [
          {
            deviceName: "/dev/xvda",
            rootVolume: true,
            ebs: {
              volumeType: "gp3",
              volumeSize: gibibytes(settings.diskGiB),
              encrypted: true,
              kmsKeyID: keys.arns.volumes,
              deleteOnTermination: true,
            },
          },
        ],
        tags: {
          ...environmentTags(environment),
          [TAGS.backup]: TAGS.backupNone,
          [TAGS.backupReason]: "nodes are replaced, their disks hold nothing of value",
        },
      },
    },
    { ...opts, customTimeouts: { delete: DELETE_TIMEOUT } },
  );
}

/** Nodes that come when pods find no place and go when they idle, grow old or fall behind their class; within the pool's limits. */
export function createNodePool(
  name: string,
  poolName: string,
  pool: NodePoolSettings,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  const oneOf = (key: string, values: readonly string[]) => ({ key, operator: "In", values: [...values] });
  return new CustomResource(
    name,
    {
      apiVersion: "karpenter.sh/v1",
      kind: "NodePool",
      metadata: { name: poolName },
      spec: {
        template: {
          spec: {
            nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: NODE_CLASS },
            requirements: [
              oneOf("kubernetes.io/os", ["linux"]),
              oneOf("kubernetes.io/arch", [ARCHITECTURES[pool.architecture]]),
              oneOf("karpenter.sh/capacity-type", pool.capacityTypes),
              oneOf("karpenter.k8s.aws/instance-category", pool.instanceCategories),
              {
                key: "karpenter.k8s.aws/instance-generation",
                operator: "Gt",
                values: [String(pool.minInstanceGeneration - 1)],
              },
              { key: "karpenter.k8s.aws/instance-size", operator: "NotIn", values: TOO_SMALL },
            ],
            expireAfter: `${pool.expireAfterHours}h`,
            terminationGracePeriod: DRAIN_TIME,
          },
        },
        limits: { cpu: count(pool.cpuLimitCores), memory: gibibytes(pool.memoryLimitGiB) },
        disruption: {
          consolidationPolicy: "WhenEmptyOrUnderutilized",
          consolidateAfter: `${pool.consolidateAfterMinutes}m`,
          budgets: [{ nodes: `${pool.maxDisruptedPercent}%` }],
        },
      },
    },
    { ...opts, customTimeouts: { delete: DELETE_TIMEOUT } },
  );
}
