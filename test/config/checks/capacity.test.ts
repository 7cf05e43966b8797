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
      "namespaces.shop.containerDefaults.maxMemoryMiB: 1024 | at least 2048 (MiB), the memory limit of its largest service",
    ]);
  });

  it("fits the limits of the nodes' pools", () => {
    const plenty = { pods: 1000, cpuRequestCores: 1000, memoryRequestGiB: 1000, memoryLimitGiB: 2000 };
    expect(problems([sized(60, "rolling")], plenty)).toEqual([
      "clusterServices.karpenter.nodePools: 24 cores of all pools together (cpuLimitCores) | at least 75 (cores): all services at full scale while one is released",
    ]);
  });
});
