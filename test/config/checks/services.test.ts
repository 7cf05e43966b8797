import { describe, expect, it } from "vitest";

import type { ServiceSettings } from "../../../config/blocks/services/service.ts";
import { checkServices } from "../../../config/checks/services.ts";
import type { StackConfig } from "../../../config/schema.ts";
import { api, job, servicesOf, worker } from "../../support/services.ts";
import { parsedStack } from "../../support/stack-files.ts";

const staging = parsedStack("staging");
const image = (repository: string) => `${repository}@sha256:${"a".repeat(64)}`;

function problems(rows: readonly ServiceSettings[], change: Partial<StackConfig> = {}): string[] {
  const found: string[] = [];
  const services = servicesOf([...rows], { databaseClientImage: image("postgres-client") });
  checkServices({ ...staging, services, ...change }, ({ path, found: what }) => {
    found.push(`${path.slice(3).join(".")}: ${what}`);
  });
  return found;
}

const ours = { image: image("gateway") };

describe("services and the blocks that they refer to", () => {
  it("accept what the committed stack has", () => {
    expect(problems([api(ours), job(ours)])).toEqual([]);
    const found: string[] = [];
    checkServices(staging, ({ path }) => {
      found.push(path.join("."));
    });
    expect(found).toEqual([]);
  });

  it("must name a namespace that exists", () => {
    expect(problems([api({ ...ours, namespace: "nowhere" })])).toEqual(['namespace: "nowhere" (service gateway)']);
  });

  it("must name secrets of their own namespace, since pods read no other", () => {
    const secrets = { TOKEN: "pagerduty-integration-key" };
    expect(problems([api({ ...ours, environment: { required: [], values: {}, secrets } })])).toEqual([
      'environment.secrets.TOKEN: "pagerduty-integration-key" (service gateway)',
    ]);
  });

  it("must name a login of the cache, a topic and a queue that exist", () => {
    const needs = { ...api().needs, cache: "api-token-signing", publishesTo: ["nothing"], sendsTo: ["nobody"] };
    expect(
      problems([api({ ...ours, needs }), worker({ ...ours, needs: { ...worker().needs, consumesFrom: ["nothing"] } })]),
    ).toEqual([
      'needs.cache: "api-token-signing" (service gateway)',
      'needs.publishesTo.0: "nothing" (service gateway)',
      'needs.sendsTo.0: "nobody" (service gateway)',
      'needs.consumesFrom.0: "nothing" (service worker)',
    ]);
  });

  it("must send to a queue that has no topic: nothing else would feed it", () => {
    const [first, ...others] = staging.queue.queues;
    if (first === undefined) throw new Error("staging has a queue");
    const queue = { ...staging.queue, queues: [...others, { ...first, subscriptions: [] }] };
    expect(problems([api(ours)], { queue })).toEqual(['subscriptions: no topic and no sender for "order-fulfilment"']);
    const sends = { ...api().needs, sendsTo: ["order-fulfilment"] };
    expect(problems([api({ ...ours, needs: sends })], { queue })).toEqual([]);
  });

  it("must use an image of a repository that the registry block makes", () => {
    expect(problems([api({ image: image("unknown") })])).toEqual(['image: "unknown" (service gateway)']);
    expect(problems([api({ image: image("gate") })])).toEqual(['image: "gate" (service gateway)']);
  });

  it("must migrate with an image of their own repository", () => {
    const database = { name: "reviews", poolSize: 5, extensions: [] };
    const migrations = { command: ["up"], lockTimeoutSeconds: 5, timeoutSeconds: 60 };
    const row = (named: string) =>
      api({ ...ours, needs: { ...api().needs, database }, migrations: { ...migrations, image: named } });
    expect(problems([row(`gateway@sha256:${"b".repeat(64)}`)])).toEqual([]);
    expect(problems([row(image("orders"))])).toEqual(['migrations.image: "orders" (service gateway)']);
  });

  it("must answer below the CDN's paths", () => {
    expect(problems([api({ ...ours, traffic: { path: "/internal", authenticationTier: "browser" } })])).toEqual([
      'traffic.path: "/internal" (service gateway)',
    ]);
  });

  it("must not take the platform's own database", () => {
    const row = (name: string) =>
      job({ ...ours, needs: { ...job().needs, database: { name, poolSize: 1, extensions: [] } } });
    expect(problems([row("platform")])).toEqual([
      'needs.database.name: "platform", the platform\'s own database (service report)',
    ]);
    expect(problems([row("reports")])).toEqual([]);
  });

  it("may together take no more connections than the database's plan", () => {
    const { connectionsPerReplica, maxClientReplicas } = staging.database.pool;
    const planned = connectionsPerReplica * maxClientReplicas;
    const row = (poolSize: number) =>
      job({ ...ours, needs: { ...job().needs, database: { name: "app", poolSize, extensions: [] } } });
    expect(problems([row(planned)])).toEqual([]);
    expect(problems([row(planned + 1)])[0]).toContain(`${planned + 1} connections of all services at full scale`);
  });

  it("must have four workers in production", () => {
    const production = { environment: { ...staging.environment, profile: "production" as const } };
    const row = (minReplicas: number) =>
      worker({
        ...ours,
        needs: { ...worker().needs, consumesFrom: [] },
        scaling: { ...worker().scaling, minReplicas },
      });
    expect(problems([row(3)], production)).toEqual([": 3 workers of all kinds"]);
    expect(problems([row(4)], production)).toEqual([]);
  });

  it("must name the outside service that a secret opens: the way there is shut otherwise", () => {
    const environment = { required: [], values: {}, secrets: { ERROR_TRACKER_DSN: "error-tracker-dsn" } };
    expect(problems([api({ ...ours, environment })])).toEqual([
      "needs.externals: none, beside ERROR_TRACKER_DSN (service gateway)",
    ]);
    const needs = { ...api().needs, externals: ["payments"] };
    expect(problems([api({ ...ours, environment, needs })])).toEqual([]);
  });
});
