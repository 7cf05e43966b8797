import { BUDGET } from "../../../standards/budget.ts";
import { INSTANCE_PRICES_AS_OF, instancePrices, REFERENCE_REGION } from "../../../standards/facts/instance-prices.ts";
import { instanceFamilies, instanceType } from "../../../standards/facts/instance-types.ts";
import type { NodePoolSettings } from "../../blocks/cluster-services.ts";
import type { StackConfig } from "../../schema.ts";
import type { Objection } from "./objection.ts";

type PricedConfig = Pick<StackConfig, "environment" | "cluster" | "clusterServices" | "budget">;

/** What something costs at least, in USD a month; `own`: by prices of its own region throughout. */
interface Cost {
  readonly usd: number;
  readonly own: boolean;
}

const NOTHING: Cost = { usd: 0, own: true };
const add = (one: Cost, other: Cost): Cost => ({ usd: one.usd + other.usd, own: one.own && other.own });
const dollars = (usd: number) => `${Math.round(usd)} USD a month`;

/** The lowest of some types' prices that is known: in the region itself, else in the reference region. */
function lowest(region: string, types: readonly string[], units: (type: string) => number): Cost {
  for (const [place, own] of [
    [region, true],
    [REFERENCE_REGION, region === REFERENCE_REGION],
  ] as const) {
    const prices = instancePrices(place);
    const known = types.flatMap((type) => {
      const price = prices[type];
      return price === undefined ? [] : [price * units(type) * BUDGET.hoursPerMonth];
    });
    if (known.length > 0) return { usd: Math.min(...known), own };
  }
  return NOTHING;
}

/** The managed groups as they stand. Spot has no list price, and a type without a known price counts as nothing. */
function standing({ environment, cluster }: PricedConfig): Cost {
  return Object.values(cluster.nodeGroups)
    .filter(({ capacity }) => capacity === "on-demand")
    .map(({ instanceTypes, desiredSize }) => lowest(environment.region, instanceTypes, () => desiredSize))
    .reduce(add, NOTHING);
}

/** Types from which a pool takes its nodes. */
function typesOf({ architecture, instanceCategories, minInstanceGeneration }: NodePoolSettings): string[] {
  const families = instanceFamilies().filter(
    ({ category, generation, type }) =>
      instanceCategories.includes(category) &&
      generation >= minInstanceGeneration &&
      type.architecture === architecture,
  );
  const names = new Set(families.map(({ family }) => family));
  return Object.keys(instancePrices(REFERENCE_REGION)).filter((type) => names.has(type.split(".")[0] ?? ""));
}

/** A pool at its limits, on demand, with the types that give most for the money. A pool of spot alone counts as nothing. */
function atLimits(region: string, pool: NodePoolSettings): Cost {
  if (!pool.capacityTypes.includes("on-demand")) return NOTHING;
  return lowest(region, typesOf(pool), (name) => {
    const type = instanceType(name);
    if (type === undefined || type.vcpus === 0) return 0;
    return Math.min(pool.cpuLimitCores / type.vcpus, (pool.memoryLimitGiB * 1024) / type.memoryMiB);
  });
}

const source = ({ own }: Cost, region: string) =>
  `by list prices of ${INSTANCE_PRICES_AS_OF}${own ? "" : ` in ${REFERENCE_REGION}, since not all are known in ${region}`}`;

/**
 * What the prices of instances have against the budget: nodes alone that cost as much leave nothing for the rest, and pools
 * that may grow beyond it make a mistake dearer than what was agreed. Paths start below the settings.
 */
export function priceObjections(config: PricedConfig): readonly Objection[] {
  const { environment, clusterServices, budget } = config;
  const least = standing(config);
  if (least.usd >= budget.monthlyUsd) {
    return [
      {
        path: ["budget", "monthlyUsd"],
        certain: least.own,
        found: `${budget.monthlyUsd}, beside managed nodes of ${dollars(least.usd)} ${source(least, environment.region)}`,
        allowed: `more than ${Math.floor(least.usd)} (USD a month): nodes are a part of the whole`,
        fix: "Raise the budget, or take fewer or smaller nodes in cluster.nodeGroups.",
      },
    ];
  }
  const pools = Object.values(clusterServices.karpenter.nodePools).map((pool) => atLimits(environment.region, pool));
  const most = [least, ...pools].reduce(add);
  if (most.usd <= budget.monthlyUsd) return [];
  return [
    {
      path: ["clusterServices", "karpenter", "nodePools"],
      certain: false,
      found: `limits at which all nodes together cost ${dollars(most.usd)} or more ${source(most, environment.region)}`,
      allowed: `limits within budget.monthlyUsd, which is ${budget.monthlyUsd}`,
      fix: "Lower cpuLimitCores and memoryLimitGiB to what the budget bears, or raise the budget.",
    },
  ];
}
