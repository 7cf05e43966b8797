import * as z from "zod";

import { CLUSTER } from "../../../standards/cluster.ts";
import { newestNodeImage } from "../../../standards/facts/node-images.ts";
import type { ReportProblem } from "../../problems/problem.ts";
import { showValue } from "../../problems/problem.ts";
import { text, wholeNumber } from "../../types.ts";

const labelKey = text(
  /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/,
  'a label\'s key, for instance "example.com/role"',
  "Key of a Kubernetes label or taint",
);
const labelValue = text(
  /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$/,
  'a label\'s value, for instance "batch"',
  "Value of a Kubernetes label or taint",
);
/** A release that exists, for messages. */
const NODE_IMAGE = newestNodeImage(CLUSTER.exampleVersion) ?? "";
const size = (description: string) =>
  wholeNumber({ min: CLUSTER.minNodes, max: CLUSTER.awsMaxNodesPerGroup, unit: "nodes" }, description);

/** A managed group of equal nodes over all private subnets. */
export const nodeGroup = z.strictObject({
  architecture: z
    .enum(["arm64", "x86_64"])
    .meta({ description: "Processors of the group; arm64 (Graviton) costs less for the same work." }),
  instanceTypes: z
    .array(
      text(
        /^[a-z]{1,4}\d{1,2}[a-z]*(?:-[a-z0-9]+)?\.(?:(?:\d{1,3})?x?large|medium|small)$/,
        'an instance type, for instance "m7g.large"',
        "A type of instance",
      ),
    )
    .min(1)
    .meta({ description: "Types of instances; with several, AWS takes the next when one is sold out." }),
  releaseVersion: text(
    /^\d\.\d{1,2}\.\d{1,2}-\d{8}$/,
    `an AMI release, for instance "${NODE_IMAGE}"`,
    "Release of the Amazon Linux 2023 image for EKS; nodes change when this changes, and only then",
  ),
  capacity: z
    .enum(["on-demand", "spot"])
    .meta({ description: "spot is cheaper, and AWS may take it back within two minutes." }),
  minSize: size("Nodes that are always there"),
  maxSize: size("Nodes up to which the group may grow"),
  desiredSize: size("Nodes that the group has: nothing else scales it, since Karpenter makes nodes of its own"),
  diskGiB: wholeNumber(
    { min: CLUSTER.minNodeDiskGiB, max: CLUSTER.awsMaxDiskGiB, unit: "GiB" },
    "Size of a node's encrypted root volume",
  ),
  labels: z.record(labelKey, labelValue).meta({ description: "Labels by which pods choose these nodes." }),
  taints: z
    .array(
      z.strictObject({
        key: labelKey,
        value: labelValue,
        effect: z
          .enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])
          .meta({ description: "What happens to pods that do not tolerate the taint." }),
      }),
    )
    .meta({ description: "What keeps pods off these nodes unless they tolerate it." }),
});

export type NodeGroupSettings = z.output<typeof nodeGroup>;

/** What must hold between the fields of a group, and between a group and the cluster. */
export function checkNodeGroup(
  name: string,
  group: NodeGroupSettings,
  kubernetesVersion: string,
  report: ReportProblem,
): void {
  const path = ["nodeGroups", name];
  if (group.maxSize <= group.minSize) {
    report({
      path: [...path, "maxSize"],
      found: showValue(group.maxSize),
      allowed: `more than minSize, which is ${group.minSize} (nodes)`,
      fix: "Raise maxSize: an update starts new nodes before it drains old ones.",
    });
  }
  if (group.desiredSize < group.minSize || group.desiredSize > group.maxSize) {
    report({
      path: [...path, "desiredSize"],
      found: showValue(group.desiredSize),
      allowed: `${group.minSize} to ${group.maxSize} (nodes)`,
      fix: "Choose a size between minSize and maxSize.",
    });
  }
  if (!group.releaseVersion.startsWith(`${kubernetesVersion}.`)) {
    report({
      path: [...path, "releaseVersion"],
      found: showValue(group.releaseVersion),
      allowed: `${kubernetesVersion}.<patch>-<date>`,
      fix: "Take a release of the same minor version as the cluster.",
    });
  }
  for (const key of Object.keys(group.labels)) {
    if (!/(?:^|\.)(?:kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//.test(key)) continue;
    report({
      path: [...path, "labels", key],
      found: "a reserved prefix",
      allowed: "prefixes other than kubernetes.io, k8s.io and eks.amazonaws.com",
      fix: "Use a prefix of your own, or none.",
    });
  }
}
