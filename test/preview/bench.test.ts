import { describe, expect, it } from "vitest";

import { syntheticStack } from "../../preview/bench/judging.ts";
import { repeat, summarise } from "../../preview/bench/statistics.ts";
import { tables } from "../../preview/bench/table.ts";
import { resource } from "../support/preview.ts";

describe("the statistics of a benchmark", () => {
  it("tell the middle, the smallest and the largest", () => {
    expect(summarise([5, 1, 9])).toEqual({ median: 5, spread: [1, 9], runs: 3 });
    expect(summarise([4, 1, 2, 9])).toEqual({ median: 3, spread: [1, 9], runs: 4 });
  });

  it("refuse to speak of nothing", () => {
    expect(() => summarise([])).toThrow("nothing was measured");
  });

  it("take one value from each run", async () => {
    let value = 0;
    expect(await repeat(3, () => Promise.resolve((value += 1)))).toEqual({ median: 2, spread: [1, 3], runs: 3 });
  });
});

describe("a synthetic stack", () => {
  const group = resource({ type: "shop:index:Group", name: "group", custom: false });
  const bucket = resource({
    type: "aws:s3/bucket:Bucket",
    name: "logs",
    parent: group.urn,
    dependencies: [group.urn],
    propertyDependencies: { tags: [group.urn] },
  });
  const stack = syntheticStack([group, bucket], 5);

  it("has the wanted size and no URN twice", () => {
    expect(stack).toHaveLength(5);
    expect(new Set(stack.map(({ urn }) => urn)).size).toBe(5);
  });

  it("keeps references within each copy", () => {
    expect(stack[3]).toMatchObject({
      parent: `${group.urn}-1`,
      dependencies: [`${group.urn}-1`],
      propertyDependencies: { tags: [`${group.urn}-1`] },
    });
  });
});

describe("the tables", () => {
  it("show median and spread in the unit of each column", () => {
    const measurement = summarise([1000, 1100, 1500]);
    const judging = [
      { pack: "98 rules", resources: 100, perResource: summarise([1.234]), stack: measurement, memory: summarise([0]) },
    ];
    const text = tables({
      previews: [{ name: "warm", time: measurement, memory: summarise([300]) }],
      packStart: measurement,
      judging,
    });
    expect(text).toContain("| warm | 1.10 (1.00–1.50) s | 300 (300–300) MiB |");
    expect(text).toContain("| 98 rules | 100 | 1.23 (1.23–1.23) ms | 1.10 (1.00–1.50) s | not told here |");
  });
});
