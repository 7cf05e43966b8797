import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { Namespaces } from "../../../components/namespaces.ts";
import { rolloutOrder, Workloads } from "../../../components/workloads/workloads.ts";
import type { RunningSettings } from "../../../config/blocks/services/service.ts";
import { servicesBlock } from "../../../config/blocks/services/services.ts";
import { isRecord } from "../../../core/records.ts";
import { deploy, ofType, only } from "../../support/cloud.ts";
import { ENVIRONMENT } from "../../support/environment.ts";
import { api, contextOf, EDGE, IMAGE, job, servicesOf, worker } from "../../support/services.ts";
import { parsedStack } from "../../support/stack-files.ts";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const JOB = "kubernetes:batch/v1:Job";
const WORKLOAD = "preflight:workload:Workload";

const NONE = api().needs;
const calling = (name: string, services: readonly string[]) =>
  api({ name, traffic: null, needs: { ...NONE, services: [...services] } });

/** Catalogues without circles: each service may call those before it in a hidden order; the file has them in any order. */
const catalogues: fc.Arbitrary<RunningSettings[]> = fc.integer({ min: 1, max: 9 }).chain((count) => {
  const names = Array.from({ length: count }, (_, index) => `service-${index}`);
  const rows = fc.tuple(
    ...names.map((name, index) => fc.subarray(names.slice(0, index)).map((called) => calling(name, called))),
  );
  return rows.chain((list) => fc.shuffledSubarray(list, { minLength: count, maxLength: count }));
});

const make = (catalogue: RunningSettings[]) =>
  deploy(() => new Workloads("services", { ...contextOf(servicesOf(catalogue)), edge: EDGE }));

describe("the order of a release", () => {
  it("has every service once, each after all that it calls", () => {
    fc.assert(
      fc.property(catalogues, (catalogue) => {
        const order = rolloutOrder(catalogue).map(({ name }) => name);
        expect(order.toSorted()).toEqual(catalogue.map(({ name }) => name).toSorted());
        for (const { name, needs } of catalogue) {
          for (const called of needs.services)
            expect(order.indexOf(called), `${called} before ${name}`).toBeLessThan(order.indexOf(name));
        }
      }),
      { numRuns: 200, seed: 20261121 },
    );
  });

  it("is the file's order where nothing else decides", () => {
    const catalogue = [calling("b", []), calling("a", []), calling("c", [])];
    expect(rolloutOrder(catalogue).map(({ name }) => name)).toEqual(["b", "a", "c"]);
  });

  it("need not deal with circles: the schema refuses them", () => {
    const problems = servicesBlock.judge(servicesOf([calling("a", ["b"]), calling("b", ["a"])]), "standard");
    expect(problems.map(({ found }) => found).join()).toMatch(/a.*b.*a/);
  });
});

describe("all services together", () => {
  const database = { name: "orders", poolSize: 10, extensions: [] };
  const called = api({ name: "prices", traffic: null });
  const caller = api({ needs: { ...NONE, services: ["prices"], database } });

  it("are one workload for each row with pods", async () => {
    const resources = await make([caller, called, worker(), job()]);
    expect(
      ofType(resources, WORKLOAD)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(["services-gateway", "services-prices", "services-report", "services-worker"]);
  });

  it("start after the services that they call are up, whatever the file's order", async () => {
    for (const catalogue of [
      [caller, called],
      [called, caller],
    ]) {
      const resources = await make(catalogue);
      expect(only(resources, DEPLOYMENT, "services-gateway").dependencies).toContain(`${DEPLOYMENT}::services-prices`);
      expect(only(resources, DEPLOYMENT, "services-prices").dependencies).not.toContain(
        `${DEPLOYMENT}::services-gateway`,
      );
    }
  });

  it("start after their database was made, and wait for no other service's", async () => {
    const other = api({
      name: "billing",
      traffic: null,
      needs: { ...NONE, database: { ...database, name: "billing" } },
    });
    const { dependencies } = only(await make([caller, called, other]), DEPLOYMENT, "services-gateway");
    expect(dependencies).toContain(`${JOB}::services-database-gateway`);
    expect(dependencies).not.toContain(`${JOB}::services-database-billing`);
  });

  it("migrate only once their database is there", async () => {
    const row = {
      ...caller,
      migrations: { image: IMAGE, command: ["migrate"], lockTimeoutSeconds: 5, timeoutSeconds: 600 },
    };
    expect(only(await make([row, called]), JOB, "services-gateway-migrate").dependencies).toContain(
      `${JOB}::services-database-gateway`,
    );
  });

  it("leave the master's secret to the platform's jobs: no service's own objects name it", async () => {
    const resources = await make([caller, called, worker()]);
    const naming = resources.filter(({ inputs }) => JSON.stringify(inputs).includes("secret:master"));
    expect(naming.map(({ type, name }) => `${type}::${name}`)).toEqual([
      "kubernetes:external-secrets.io/v1:ExternalSecret::services-database",
    ]);
  });
});

describe("whatever names the schema accepts", () => {
  it("makes no object of a service under the name of another's, in the program and in the cluster", async () => {
    const words = [
      "a",
      "b",
      "a-b",
      "canary",
      "next",
      "secrets",
      "health",
      "stable",
      "allow-basics",
      "default",
      "default-deny",
    ];
    const endings = ["bootstrap", "canary", "health", "migrate", "next", "preview", "secrets", "stable"];
    const names = [...words, ...endings.map((ending) => `a-${ending}`), "keda-hpa-b", "database-bootstrap"];
    const database = (name: string) => ({ name: name.replaceAll("-", "_"), poolSize: 1, extensions: [] });
    const row = (name: string, index: number): RunningSettings => {
      if (index % 3 === 0)
        return api({ name, traffic: null, strategy: "canary", needs: { ...NONE, database: database(name) } });
      return index % 3 === 1 ? worker({ name }) : job({ name });
    };
    const alone = (service: RunningSettings) => servicesBlock.judge(servicesOf([service]), "standard");
    const catalogue = names.map(row).filter((service) => !alone(service).some(({ path }) => path.at(-1) === "name"));
    expect(catalogue.length).toBeGreaterThan(10);
    expect(catalogue.length).toBeLessThan(names.length);
    const { shop } = parsedStack("staging").namespaces;
    if (shop === undefined) throw new Error("staging has no namespace shop");
    const everything = await deploy(() => {
      new Namespaces("namespaces", { environment: ENVIRONMENT, settings: { shop } });
      new Workloads("services", { ...contextOf(servicesOf(catalogue)), edge: EDGE });
    });
    const made = everything.filter(({ custom }) => custom);
    const registered = made.map(({ type, name, parent }) => `${type} ${name} below ${parent ?? ""}`);
    expect(registered.filter((name, index) => registered.indexOf(name) !== index)).toEqual([]);
    const objects = made.flatMap(({ type, inputs: { metadata } }) =>
      isRecord(metadata) ? [`${type} ${String(metadata["namespace"])}/${String(metadata["name"])}`] : [],
    );
    expect(objects.length).toBeGreaterThan(50);
    expect(objects.filter((name, index) => objects.indexOf(name) !== index)).toEqual([]);
  });
});
