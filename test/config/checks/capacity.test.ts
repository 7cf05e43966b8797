import { describe, expect, it } from "vitest";

import { checkCapacity } from "../../../config/checks/capacity.ts";
import type { StackConfig } from "../../../config/schema.ts";
import { api, job, servicesOf } from "../../support/services.ts";
import { parsedStack } from "../../support/stack-files.ts";

const staging = parsedStack("staging");
type Quota = StackConfig["namespaces"][string]["quota"];

function problems(rows: StackConfig["services"]["catalogue"], quota: Partial<Quota> = {}, maxMemoryMiB = 4096) {
  const { shop, ...others } = staging.namespaces;
  if (shop === undefined) throw new Error("the staging file has a namespace shop");
  const namespaces = {
    ...others,
    shop: {
      ...shop,
      quota: { ...shop.quota, ...quota },
      containerDefaults: { ...shop.containerDefaults, maxMemoryMiB },
    },
  };
  const found: string[] = [];
  checkCapacity({ ...staging, namespaces, services: servicesOf(rows) }, ({ path, found: what, allowed }) => {
    found.push(`${path.join(".")}: ${what} | ${allowed}`);
  });
  return found;
}

const sized = (maxReplicas: number, strategy: "rolling" | "blueGreen" | "canary") =>
  api({ profile: "large", strategy, migrations: null, scaling: { ...api().scaling, minReplicas: 2, maxReplicas } });

describe("The catalogue at full scale", () => {
  it.each(["staging", "production"] as const)("fits the committed bounds of %s", (stack) => {
    const found: string[] = [];
    checkCapacity(parsedStack(stack), ({ path }) => {
      found.push(path.join("."));
    });
    expect(found).toEqual([]);
  });

  it("fits the quota with a quarter more pods while it rolls, with as many again where both versions stay", () => {
    expect(problems([sized(8, "rolling")], { pods: 10 })).toEqual([]);
    const more = "(pods): its services at full scale while one is released";
    expect(problems([sized(8, "rolling")], { pods: 9 })).toEqual([
      `namespaces.shop.quota.pods: 9 | at least 10 ${more}`,
    ]);
    for (const strategy of ["blueGreen", "canary"] as const) {
      expect(problems([sized(8, strategy)], { pods: 15 })).toEqual([
        `namespaces.shop.quota.pods: 15 | at least 16 ${more}`,
      ]);
    }
  });

  it("counts jobs, and cores and memory beside pods", () => {
    const rows = [sized(4, "rolling"), job({ profile: "large" })];
    expect(problems(rows, { cpuRequestCores: 5 })).toEqual([
      "namespaces.shop.quota.cpuRequestCores: 5 | at least 6 (cores): its services at full scale while one is released",
    ]);
    expect(problems(rows, { memoryLimitGiB: 11 })).toEqual([
      "namespaces.shop.quota.memoryLimitGiB: 11 | at least 12 (GiB): its services at full scale while one is released",
    ]);
  });

  it("has no container beyond the limit range", () => {
    expect(problems([sized(2, "rolling")], {}, 1024)).toEqual([
      "namespaces.shop.containerDefaults.maxMemoryMiB: 1024 | at least 2048 (MiB), the memory limit of its largest container",
    ]);
  });

  it("counts a migration by its own size, and once", () => {
    const migrations = { image: api().image, command: ["up"], lockTimeoutSeconds: 5, timeoutSeconds: 60 };
    const small = (own: typeof migrations | null) =>
      api({ profile: "small", migrations: own, scaling: { ...api().scaling, minReplicas: 2, maxReplicas: 4 } });
    // Four pods, a fifth for the release, and the migration: 0.5 cores and 0.5 and 1 GiB of memory.
    expect(problems([small(null)], { pods: 5, cpuRequestCores: 0.5, memoryLimitGiB: 2.5 })).toEqual([]);
    expect(problems([small(migrations)], { pods: 5, cpuRequestCores: 0.5, memoryLimitGiB: 2.5 })).toEqual([
      expect.stringContaining("quota.pods: 5 | at least 6"),
      expect.stringContaining("quota.cpuRequestCores: 0.5 | at least 1"),
      expect.stringContaining("quota.memoryLimitGiB: 2.5 | at least 4"),
    ]);
    expect(problems([small(null)], {}, 512)).toEqual([]);
    expect(problems([small(migrations)], {}, 512)).toEqual([
      "namespaces.shop.containerDefaults.maxMemoryMiB: 512 | at least 1024 (MiB), the memory limit of its largest container",
    ]);
  });

  it("fits the limits of the nodes' pools", () => {
    const plenty = { pods: 1000, cpuRequestCores: 1000, memoryRequestGiB: 1000, memoryLimitGiB: 2000 };
    expect(problems([sized(60, "rolling")], plenty)).toEqual([
      "clusterServices.karpenter.nodePools: 24 cores of all pools together (cpuLimitCores) | at least 75 (cores): all services at full scale while one is released",
    ]);
  });
});
