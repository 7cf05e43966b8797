import type { ResourceValidationPolicy } from "@pulumi/policy";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Workload } from "../../../components/workloads/workload.ts";
import type { ApiSettings, RunningSettings, WorkerSettings } from "../../../config/blocks/services/service.ts";
import { servicesBlock } from "../../../config/blocks/services/services.ts";
import type { StackPolicy } from "../../../policies/lib/rule.ts";
import { rules } from "../../../policies/rules.ts";
import type { Registered } from "../../support/cloud.ts";
import { deploy } from "../../support/cloud.ts";
import { evaluate, evaluateStack } from "../../support/policy.ts";
import { api, contextOf, EDGE, IMAGE, job, servicesOf, worker } from "../../support/services.ts";

const isStackRule = (rule: (typeof rules)[number]): rule is StackPolicy => "validateStack" in rule;
const isResourceRule = (rule: (typeof rules)[number]): rule is ResourceValidationPolicy =>
  "validateResource" in rule && !("validateStack" in rule);

/** Everything that the whole pack finds wrong with what a workload registered. */
async function findings(resources: readonly Registered[]): Promise<string[]> {
  const found: string[] = [];
  for (const rule of rules.filter(isResourceRule)) {
    for (const { type, name, inputs } of resources) {
      for (const finding of await evaluate(rule, type, { ...inputs }, { name }))
        found.push(`${rule.name}: ${name}: ${finding}`);
    }
  }
  const entries = resources.map(({ type, name, inputs }) => ({ type, name: `${type}/${name}`, props: { ...inputs } }));
  for (const rule of rules.filter(isStackRule))
    found.push(...(await evaluateStack(rule, entries)).map((finding) => `${rule.name}: ${finding}`));
  return found;
}

const scaling = fc
  .record({
    min: fc.integer({ min: 3, max: 50 }),
    more: fc.integer({ min: 1, max: 100 }),
    cpu: fc.integer({ min: 30, max: 80 }),
    memory: fc.integer({ min: 30, max: 80 }),
  })
  .map(({ min, more, cpu, memory }) => ({
    minReplicas: min,
    maxReplicas: min + more,
    cpuTargetPercent: cpu,
    memoryTargetPercent: memory,
  }));

const database = fc.option(
  fc.record({
    name: fc.constantFrom("app", "orders_2"),
    poolSize: fc.integer({ min: 1, max: 500 }),
    extensions: fc.subarray(["vector" as const, "pg_trgm" as const]),
  }),
);

const common = fc.record({
  critical: fc.boolean(),
  profile: fc.constantFrom("small" as const, "medium" as const, "large" as const, "memory" as const),
  port: fc.integer({ min: 1024, max: 65535 }),
  terminationGraceSeconds: fc.integer({ min: 5, max: 900 }),
  values: fc.dictionary(fc.stringMatching(/^[A-Z][A-Z_]{2,12}X$/), fc.string({ maxLength: 30 }), { maxKeys: 4 }),
  startupSeconds: fc.integer({ min: 5, max: 600 }),
  scaling,
  database,
});

type Common = typeof common extends fc.Arbitrary<infer T> ? T : never;

const base = ({
  critical,
  profile,
  port,
  terminationGraceSeconds,
  values,
  startupSeconds,
  database: need,
}: Common) => ({
  critical,
  profile,
  port,
  terminationGraceSeconds,
  environment: { required: Object.keys(values), values, secrets: { TOKEN: "api-token-signing" } },
  health: { readinessPath: "/ready", livenessPath: "/live", startupSeconds },
  migrations: need === null ? null : { image: IMAGE, command: ["migrate"], lockTimeoutSeconds: 5, timeoutSeconds: 600 },
});

const apis: fc.Arbitrary<ApiSettings> = fc
  .tuple(common, fc.constantFrom("rolling" as const, "blueGreen" as const, "canary" as const), fc.boolean())
  .map(([row, strategy, open]) =>
    api({
      ...base(row),
      strategy,
      scaling: { ...row.scaling, queueDepthPerReplica: null },
      needs: { ...api().needs, database: row.database, publishesTo: ["orders"], externals: ["payments"] },
      traffic: open || strategy === "canary" ? { path: "/api", authenticationTier: "browser" } : null,
    }),
  );

const workers: fc.Arbitrary<WorkerSettings> = fc.tuple(common, fc.integer({ min: 1, max: 1000 })).map(([row, depth]) =>
  worker({
    ...base(row),
    scaling: { ...row.scaling, queueDepthPerReplica: depth },
    needs: { ...worker().needs, database: row.database },
  }),
);

const jobs = common.map((row) =>
  job({ critical: row.critical, profile: row.profile, needs: { ...job().needs, database: row.database } }),
);

const rows: fc.Arbitrary<RunningSettings> = fc.oneof(apis, workers, jobs);

describe("for any row that the schema accepts", () => {
  it("the generated workload passes every rule of the pack", async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (service) => {
        const services = servicesOf([service]);
        expect(servicesBlock.judge(services, "production")).toEqual([]);
        const resources = await deploy(
          () => new Workload(service.name, { service, context: contextOf(services), edge: EDGE, after: [] }),
        );
        expect(resources.length).toBeGreaterThan(3);
        expect(await findings(resources)).toEqual([]);
      }),
      { numRuns: 25, seed: 20261121 },
    );
  });
});

/** Ways to break a row: the field, and what is put there. */
const breaks = fc.constantFrom<{ readonly field: string; readonly value: unknown }>(
  { field: "image", value: "nginx:latest" },
  { field: "port", value: 80 },
  { field: "profile", value: "huge" },
  { field: "kind", value: "daemon" },
  { field: "strategy", value: "yolo" },
  { field: "terminationGraceSeconds", value: 0 },
  { field: "metricsPath", value: "metrics" },
  { field: "owner", value: "nobody" },
  { field: "name", value: "Not A Name" },
  { field: "critical", value: "yes" },
  { field: "replicas", value: 3 },
);

describe("for any row that the schema refuses", () => {
  it("the message names the row and the field", () => {
    fc.assert(
      fc.property(apis, breaks, fc.integer({ min: 0, max: 3 }), (service, { field, value }, position) => {
        const catalogue = Array.from({ length: position }, (_, index) =>
          api({ name: `before-${index}`, traffic: null }),
        );
        const problems = servicesBlock.judge(
          { ...servicesOf([]), catalogue: [...catalogue, { ...service, [field]: value }] },
          "production",
        );
        expect(problems.map(({ path }) => path)).toContainEqual(["catalogue", position, field]);
        for (const { found, allowed, fix } of problems)
          expect([found, allowed, fix].every((text) => text.length > 0)).toBe(true);
      }),
      { numRuns: 100, seed: 20261121 },
    );
  });
});
