import * as z from "zod";

import { CLUSTER } from "../../standards/cluster.ts";
import { CLUSTER_SERVICES } from "../../standards/cluster-services.ts";
import { newestNodeImage } from "../../standards/facts/node-images.ts";
import { defineBlock } from "../block.ts";
import { judgeCategory } from "../checks/facts/instances.ts";
import { at, reportCertain } from "../checks/facts/objection.ts";
import { mustBeUnique, valuesAt } from "../problems/references.ts";
import { slug, text, wholeNumber } from "../types.ts";

/** The day of an image that exists, for messages. */
const EXAMPLE = newestNodeImage(CLUSTER.exampleVersion)?.split("-")[1] ?? "";

const nodePool = z.strictObject({
  architecture: z
    .enum(["arm64", "x86_64"])
    .meta({ description: "Processors of the nodes; images must be built for them." }),
  capacityTypes: z
    .array(z.enum(["on-demand", "spot"]))
    .min(1)
    .meta({
      description:
        "With both, spot is taken where there is some; it is cheaper, and AWS may take it back within two minutes.",
    }),
  instanceCategories: z
    .array(text(/^[a-z]{1,4}$/, 'the letter of a family, for instance "m"', "A family of instances"))
    .min(1)
    .meta({
      description: "Families from which instances are taken; the more there are, the seldomer all are sold out.",
    }),
  minInstanceGeneration: wholeNumber(
    { min: CLUSTER_SERVICES.minInstanceGeneration, max: 20, unit: "generation" },
    "Oldest generation of instances",
  ),
  cpuLimitCores: wholeNumber(
    { min: 2, max: 10_000, unit: "cores" },
    "Cores of all nodes of the pool together; a mistake costs no more than this",
  ),
  memoryLimitGiB: wholeNumber({ min: 4, max: 100_000, unit: "GiB" }, "Memory of all nodes of the pool together"),
  expireAfterHours: wholeNumber(
    { min: CLUSTER_SERVICES.minNodeHours, max: CLUSTER_SERVICES.maxNodeHours, unit: "hours" },
    "Age at which a node is replaced, so that none misses patches",
  ),
  consolidateAfterMinutes: wholeNumber(
    { min: 1, max: CLUSTER_SERVICES.maxConsolidateAfterMinutes, unit: "minutes" },
    "Time after the last change before pods are moved together",
  ),
  maxDisruptedPercent: wholeNumber(
    { min: 1, max: CLUSTER_SERVICES.maxDisruptedPercent, unit: "percent of the nodes" },
    "Nodes that may be replaced at the same time; one always may",
  ),
});

const schema = z.strictObject({
  controllerReplicas: wholeNumber(
    { min: CLUSTER_SERVICES.minReplicas, max: CLUSTER_SERVICES.maxReplicas, unit: "pods" },
    "Pods of each controller that serves others; one at a time may go",
  ),
  karpenter: z.strictObject({
    amiAlias: text(
      /^al2023@v\d{8}$/,
      `a release of Amazon Linux 2023 for EKS, for instance "al2023@v${EXAMPLE}"`,
      "Image of the nodes; they are replaced, a few at a time, when this changes.",
    ),
    diskGiB: wholeNumber(
      { min: CLUSTER.minNodeDiskGiB, max: CLUSTER.awsMaxDiskGiB, unit: "GiB" },
      "Size of a node's encrypted root volume",
    ),
    nodePools: z.record(slug("Name of a node pool; renaming it replaces its nodes", 40), nodePool),
  }),
});

export type ClusterServicesSettings = z.output<typeof schema>;
export type NodePoolSettings = z.output<typeof nodePool>;

export const clusterServicesBlock = defineBlock({
  schema,
  check({ karpenter }, report, profile) {
    const pools = Object.entries(karpenter.nodePools);
    if (pools.length === 0) {
      report({
        path: ["karpenter", "nodePools"],
        found: "none",
        allowed: "one pool at least",
        fix: "Add a pool: without one the cluster keeps to its managed nodes.",
      });
    }
    if (
      profile === "production" &&
      pools.length > 0 &&
      !pools.some(([, { capacityTypes }]) => capacityTypes.includes("on-demand"))
    ) {
      report({
        path: ["karpenter", "nodePools"],
        found: "spot only",
        allowed: "on-demand in one pool at least in production",
        fix: "Add on-demand to capacityTypes of a pool: spot may be sold out when it is needed.",
      });
    }
    for (const [name, pool] of pools) {
      const { capacityTypes, instanceCategories } = pool;
      const path = ["karpenter", "nodePools", name, "instanceCategories"];
      for (const [index, category] of instanceCategories.entries())
        reportCertain(at([...path, index], judgeCategory(category, pool)), report);
      for (const [key, values] of Object.entries({ capacityTypes, instanceCategories })) {
        mustBeUnique(valuesAt(["karpenter", "nodePools", name, key], values), "Remove one of the two.", report);
      }
    }
  },
});
