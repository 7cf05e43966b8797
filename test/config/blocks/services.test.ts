import { describe, expect, it } from "vitest";

import { servicesBlock } from "../../../config/blocks/services/services.ts";
import { api, IMAGE, job, servicesOf, worker } from "../../support/services.ts";

const DIGEST = "a".repeat(64);

/** A row as it comes from a file: anything may be in it. */
const problems = (rows: readonly object[], profile: "standard" | "production" = "production") =>
  servicesBlock
    .judge({ ...servicesOf([]), catalogue: rows }, profile)
    .map(({ path, found }) => `${path.join(".")}: ${found}`);

describe("the service catalogue", () => {
  it("accepts every kind of service", () => {
    expect(problems([api(), worker(), job()])).toEqual([]);
  });

  it("refuses a misspelt key and says which was meant", () => {
    const [problem] = servicesBlock.judge({ ...servicesOf([]), catalogue: [{ ...api(), prot: 80 }] }, "standard");
    expect(problem?.path).toEqual(["catalogue", 0, "prot"]);
    expect(problem?.found).toBe("an unknown key (value 80)");
    expect(problem?.fix).toBe('Did you mean "port"? Units are part of the names.');
  });

  it("refuses the same path for readiness and liveness", () => {
    const row = api({ health: { readinessPath: "/health", livenessPath: "/health", startupSeconds: 60 } });
    expect(problems([row])).toEqual([
      'catalogue.0.health.livenessPath: "/health", the readiness path (service gateway)',
    ]);
  });

  it("refuses a canary without traffic from the balancer", () => {
    expect(problems([api({ strategy: "canary", traffic: null })])).toEqual([
      "catalogue.0.strategy: canary without traffic from the balancer (service gateway)",
    ]);
  });

  it.each([
    { title: "by tag", image: "app:1.2" },
    { title: "with a short digest", image: `app@sha256:${"a".repeat(63)}` },
    { title: "without a repository", image: `@sha256:${DIGEST}` },
    { title: "with a slash in front", image: `/app@sha256:${DIGEST}` },
    { title: "of a registry elsewhere", image: `docker.io/app@sha256:${DIGEST}` },
  ])("refuses an image $title", ({ image }) => {
    expect(problems([{ ...api(), image }])).toEqual([`catalogue.0.image: "${image}"`]);
  });

  it("accepts an image of a repository below another part", () => {
    expect(problems([api({ image: `mirror/postgres@sha256:${DIGEST}` })])).toEqual([]);
  });

  it("says of an image's full address which part of it to write", () => {
    const address = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/preflight/app@sha256:${DIGEST}`;
    const services = { ...servicesOf([api({ image: address })]), databaseClientImage: address };
    const allowed =
      'a repository of registry.repositories with a digest, for instance "reviews@sha256:<64 hex digits>"';
    const remedy = 'Write only the part after "preflight/": this environment\'s account and region are put in front.';
    expect(servicesBlock.judge(services, "production")).toEqual([
      {
        path: ["databaseClientImage"],
        found: `"111122223333.dkr.ecr.eu-west-1.amazonaws.com/preflight/app@sha256:${"a".repeat(30)}...`,
        allowed,
        fix: `Change the key: An image with psql, copied into our registry: it makes the services' databases. ${remedy}`,
      },
      {
        path: ["catalogue", 0, "image"],
        found: `"111122223333.dkr.ecr.eu-west-1.amazonaws.com/preflight/app@sha256:${"a".repeat(30)}...`,
        allowed,
        fix: `Change the key: What runs, by the digest that was tested, never a tag. ${remedy}`,
      },
    ]);
  });

  it("asks for three pods of an API in production and two elsewhere", () => {
    const two = api({ scaling: { ...api().scaling, minReplicas: 2 } });
    expect(problems([two])).toEqual(["catalogue.0.scaling.minReplicas: 2 (service gateway)"]);
    expect(problems([two], "standard")).toEqual([]);
    expect(problems([api({ scaling: { ...api().scaling, minReplicas: 1 } })], "standard")).toHaveLength(1);
  });

  it("refuses an autoscaler that cannot scale, and a target above 80 %", () => {
    expect(problems([api({ scaling: { ...api().scaling, maxReplicas: 3 } })])).toEqual([
      "catalogue.0.scaling.maxReplicas: 3 (service gateway)",
    ]);
    expect(problems([api({ scaling: { ...api().scaling, cpuTargetPercent: 81 } })])).toEqual([
      "catalogue.0.scaling.cpuTargetPercent: 81",
    ]);
  });

  it("wants a worker that reads a queue to scale by it, and nobody else", () => {
    expect(problems([worker({ scaling: { ...worker().scaling, queueDepthPerReplica: null } })])[0]).toMatch(
      /^catalogue\.0\.scaling\.queueDepthPerReplica/,
    );
    expect(problems([api({ scaling: { ...api().scaling, queueDepthPerReplica: 10 } })])[0]).toMatch(
      /^catalogue\.0\.scaling\.queueDepthPerReplica/,
    );
  });

  it("refuses a required variable that is not set, and a secret in plain text without showing it", () => {
    const row = api({
      environment: { required: ["DATABASE_URL"], values: { PAYMENT_API_KEY: "hunter2" }, secrets: {} },
    });
    const found = problems([row]);
    expect(found).toEqual([
      "catalogue.0.environment.required.0: DATABASE_URL, which is not set (service gateway)",
      "catalogue.0.environment.values.PAYMENT_API_KEY: a secret's name with a plain value (not shown) (service gateway)",
    ]);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });

  it("refuses services and outside services that do not exist", () => {
    expect(problems([api({ needs: { ...api().needs, services: ["nobody"], externals: ["nothing"] } })])).toEqual([
      'catalogue.0.needs.services.0: "nobody" (service gateway)',
      'catalogue.0.needs.externals.0: "nothing" (service gateway)',
    ]);
  });

  it("says that no other service and no outside service exists yet", () => {
    const row = api({ needs: { ...api().needs, services: ["orders"], externals: ["payments"] } });
    expect(servicesBlock.judge({ ...servicesOf([row]), externals: [] }, "production")).toEqual([
      {
        path: ["catalogue", 0, "needs", "services", 0],
        found: '"orders" (service gateway)',
        allowed: "none exists yet",
        fix: "Add the API to services.catalogue, or correct the name: only other services of the kind api can be called.",
      },
      {
        path: ["catalogue", 0, "needs", "externals", 0],
        found: '"payments" (service gateway)',
        allowed: "none exists yet",
        fix: "Add it to services.externals, with its probe, or correct the name.",
      },
    ]);
  });

  it("refuses services that wait for each other", () => {
    const one = api({ name: "one", needs: { ...api().needs, services: ["two"] } });
    const two = api({ name: "two", needs: { ...api().needs, services: ["one"] }, traffic: null });
    expect(problems([one, two])).toEqual(["catalogue.0.needs.services: a cycle: one -> two -> one (service one)"]);
  });

  it("refuses a path that no rule of the balancer can hold", () => {
    const path = `/${"a".repeat(126)}`;
    expect(
      servicesBlock.schema.safeParse(servicesOf([api({ traffic: { path, authenticationTier: "browser" } })])).success,
    ).toBe(false);
    expect(
      servicesBlock.schema.safeParse(
        servicesOf([api({ traffic: { path: path.slice(0, -1), authenticationTier: "browser" } })]),
      ).success,
    ).toBe(true);
  });

  it("refuses migrations without a database", () => {
    expect(
      problems([api({ migrations: { image: IMAGE, command: ["up"], lockTimeoutSeconds: 5, timeoutSeconds: 60 } })]),
    ).toEqual(["catalogue.0.migrations: migrations without a database (service gateway)"]);
  });

  describe("asks for a database that is the service's own", () => {
    const withDatabase = (name: string, database: string) =>
      worker({ name, needs: { ...worker().needs, database: { name: database, poolSize: 5, extensions: [] } } });

    it("not that of another service", () => {
      expect(problems([withDatabase("orders", "orders"), withDatabase("billing", "billing")])).toEqual([]);
      expect(problems([withDatabase("orders", "orders"), withDatabase("billing", "orders")])).toEqual([
        'catalogue.1.needs.database.name: "orders" of billing, already in catalogue[0].needs.database.name of orders',
      ]);
    });

    it("not one of the server's", () => {
      for (const name of ["postgres", "template0", "template1", "rdsadmin"]) {
        expect(problems([withDatabase("orders", name)])).toEqual([
          `catalogue.0.needs.database.name: "${name}", a database of the server's own (service orders)`,
        ]);
      }
    });

    it("with roles that PostgreSQL accepts", () => {
      expect(problems([withDatabase("pg-exporter", "orders")])).toEqual([
        'catalogue.0.name: "pg-exporter", whose database roles would begin with pg_ (service pg-exporter)',
      ]);
      expect(problems([worker({ name: "pg-exporter" })])).toEqual([]);
    });
  });

  it.each(["orders-canary", "orders-preview", "orders-migrate", "orders-bootstrap", "orders-next", "keda-hpa-orders"])(
    "refuses %s, which another service's objects are called",
    (name) => {
      expect(problems([api({ name })])).toEqual([
        `catalogue.0.name: "${name}", a name of objects that namespaces or other services bring`,
      ]);
    },
  );

  it("refuses a name twice and a path twice", () => {
    expect(problems([api(), api()])).toEqual([
      'catalogue.1.name: "gateway", already in catalogue[0].name',
      'catalogue.1.traffic.path: "/api" of gateway, already in catalogue[0].traffic.path of gateway',
    ]);
    const externals = [...servicesOf([]).externals, ...servicesOf([]).externals];
    expect(servicesBlock.judge({ ...servicesOf([]), externals }, "standard")).toMatchObject([
      { path: ["externals", 1, "name"], found: '"payments", already in externals[0].name' },
    ]);
  });
});
