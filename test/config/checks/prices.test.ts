import { describe, expect, it } from "vitest";

import { priceObjections } from "../../../config/checks/facts/prices.ts";
import type { RawStack } from "../../../config/parse.ts";
import { parseStack } from "../../../config/parse.ts";
import { showPath } from "../../../config/problems/problem.ts";
import { instancePrices } from "../../../standards/facts/instance-prices.ts";
import { parsedStack, problemsOf, rawStack, STACK_NAMES, withSetting } from "../../support/stack-files.ts";

const production = rawStack("production");
const POOL = "clusterServices.karpenter.nodePools.general";

/** What the preview warns of about money; "refused" for a file that is not right. */
function warningsOf(raw: RawStack): string[] {
  const result = parseStack(raw);
  if (!result.ok) return ["refused"];
  return result.warnings
    .map(({ path, found, allowed }) => `${showPath(path).replace("preflight:settings.", "")}: ${found} | ${allowed}`)
    .filter((warning) => warning.includes("USD"));
}

/** The answer where the region's own prices, or only others', are known. */
const inRegion = (region: string, monthlyUsd: number) => {
  const config = parsedStack("production");
  return priceObjections({
    ...config,
    environment: { ...config.environment, region },
    budget: { ...config.budget, monthlyUsd },
  }).map(({ certain, path, found }) => `${certain ? "refused" : "warned"}: ${path.join(".")}: ${found}`);
};

describe("the prices of instances", () => {
  // Literals on purpose: one wrong row would satisfy the checks that read it.
  it("are those of the list", () => {
    expect(instancePrices("us-east-1")["m7g.xlarge"]).toBe(0.1632);
    expect(instancePrices("eu-west-1")["m7g.xlarge"]).toBe(0.1819);
    expect(instancePrices("us-east-1")["m7i.large"]).toBe(0.1008);
    expect(instancePrices("toString")).toEqual({});
  });
});

describe("the budget", () => {
  it.each(STACK_NAMES)("bears the nodes of %s, also at their limits", (name) => {
    expect(warningsOf(rawStack(name))).toEqual([]);
  });

  it("that the managed nodes alone use up is refused", () => {
    // Three m7g.xlarge, at 0.1819 an hour, for 730 hours: 398.36.
    const small = withSetting(withSetting(production, "budget.monthlyUsd", 398), "budget.anomalyUsd", 10);
    expect(problemsOf(small)).toEqual([
      "budget.monthlyUsd: 398, beside managed nodes of 398 USD a month by list prices of 2026-07-20 | " +
        "more than 398 (USD a month): nodes are a part of the whole | " +
        "Raise the budget, or take fewer or smaller nodes in cluster.nodeGroups.",
    ]);
    expect(problemsOf(withSetting(small, "budget.monthlyUsd", 399))).toEqual([]);
  });

  it("that the pools may exceed is warned of", () => {
    const wide = withSetting(withSetting(production, `${POOL}.cpuLimitCores`, 256), `${POOL}.memoryLimitGiB`, 1024);
    expect(warningsOf(wide)).toEqual([
      "clusterServices.karpenter.nodePools: limits at which all nodes together cost 8897 USD a month or more by list prices of 2026-07-20 | " +
        "limits within budget.monthlyUsd, which is 4000",
    ]);
    // Memory binds before cores: 64 GiB are four such nodes.
    expect(warningsOf(withSetting(wide, `${POOL}.memoryLimitGiB`, 64))).toEqual([]);
  });

  it("is not judged by what is not known: spot, and the prices of other regions", () => {
    const config = parsedStack("production");
    const { general } = config.clusterServices.karpenter.nodePools;
    if (general === undefined) throw new Error("production has a pool");
    const withPool = (change: object) => ({
      ...config,
      clusterServices: {
        ...config.clusterServices,
        karpenter: { ...config.clusterServices.karpenter, nodePools: { general: { ...general, ...change } } },
      },
    });
    const huge = { cpuLimitCores: 9000, memoryLimitGiB: 90_000 };
    expect(priceObjections(withPool(huge))).toHaveLength(1);
    expect(priceObjections(withPool({ ...huge, capacityTypes: ["spot"] }))).toEqual([]);
    expect(inRegion("us-east-1", 300)).toEqual([
      "refused: budget.monthlyUsd: 300, beside managed nodes of 357 USD a month by list prices of 2026-07-20",
    ]);
    expect(inRegion("ap-south-1", 300)).toEqual([
      "warned: budget.monthlyUsd: 300, beside managed nodes of 357 USD a month by list prices of 2026-07-20 in us-east-1, since not all are known in ap-south-1",
    ]);
  });
});
