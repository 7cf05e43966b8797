import { describe, expect, it } from "vitest";

import { connectionBudget, DATABASE_INSTANCE_CLASSES, maxConnections } from "../../standards/database-instances.ts";

describe("connections of a server", () => {
  it.each([
    { memoryGiB: 4, connections: 414 },
    { memoryGiB: 8, connections: 829 }, // 832 were measured on 8 GiB: on the safe side, but close.
    { memoryGiB: 16, connections: 1658 },
    { memoryGiB: 32, connections: 3316 },
    { memoryGiB: 64, connections: 5000 },
    { memoryGiB: 1536, connections: 5000 },
  ])("are $connections with $memoryGiB GiB", ({ memoryGiB, connections }) => {
    expect(maxConnections(memoryGiB)).toBe(connections);
  });

  it("grow with the class within a family, up to AWS' ceiling", () => {
    const family = Object.entries(DATABASE_INSTANCE_CLASSES).filter(([name]) => name.startsWith("db.r8g."));
    expect(family).toHaveLength(9);
    const counts = family.map(([, { memoryGiB }]) => maxConnections(memoryGiB));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  });
});

describe("the budget of a class", () => {
  it("leaves the proxy everything but the reserve, and keeps open what the pools use", () => {
    const budget = connectionBudget("db.r7g.large", {
      connectionsPerReplica: 20,
      maxClientReplicas: 40,
      reservedConnections: 100,
    });
    expect(budget).toEqual({
      maxConnections: 1658,
      pooledConnections: 800,
      fits: true,
      proxyMaxPercent: 93,
      proxyIdlePercent: 49,
    });
  });

  it("never lets idle connections exceed the maximum, even when the pools do not fit", () => {
    const budget = connectionBudget("db.t4g.medium", {
      connectionsPerReplica: 20,
      maxClientReplicas: 40,
      reservedConnections: 100,
    });
    expect(budget).toMatchObject({ fits: false, proxyMaxPercent: 75, proxyIdlePercent: 75 });
  });

  it("is refused for a class of which nothing is known", () => {
    expect(() =>
      connectionBudget("db.serverless", { connectionsPerReplica: 1, maxClientReplicas: 1, reservedConnections: 10 }),
    ).toThrow("no instance class db.serverless");
  });
});
