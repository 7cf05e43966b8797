import { describe, expect, it } from "vitest";

import { connectionBudget, DATABASE_INSTANCE_CLASSES, maxConnections } from "../../standards/database-instances.ts";

const NO_POOL = { connectionsPerReplica: 1, maxClientReplicas: 1, reservedConnections: 10 };

describe("connections of a server", () => {
  it.each([
    { name: "db.t4g.medium", connections: 405 }, // AWS' own number for 4 GiB, where the formula would give 414.
    { name: "db.t4g.large", connections: 829 }, // 832 were measured on 8 GiB, 844 are documented.
    { name: "db.r6g.large", connections: 1658 },
    { name: "db.r7g.large", connections: 1658 },
    { name: "db.r8g.xlarge", connections: 3316 },
    { name: "db.r7g.2xlarge", connections: 5000 },
    { name: "db.r8g.48xlarge", connections: 5000 },
  ])("are $connections of $name", ({ name, connections }) => {
    expect(connectionBudget(name, NO_POOL).maxConnections).toBe(connections);
  });

  it("are never more than AWS documents", () => {
    const documented = Object.values(DATABASE_INSTANCE_CLASSES).flatMap((size) =>
      size.documentedMaxConnections === undefined ? [] : [[size, size.documentedMaxConnections] as const],
    );
    expect(documented.length).toBeGreaterThan(15);
    expect(documented.filter(([size, most]) => maxConnections(size) > most)).toEqual([]);
  });

  it("grow with the class within a family, up to AWS' ceiling", () => {
    const family = Object.entries(DATABASE_INSTANCE_CLASSES).filter(([name]) => name.startsWith("db.r8g."));
    expect(family).toHaveLength(9);
    const counts = family.map(([, size]) => maxConnections(size));
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
