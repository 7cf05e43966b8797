import { describe, expect, it } from "vitest";

import { crossChecks } from "../../../config/checks/cross-checks.ts";
import { showPath } from "../../../config/problems/problem.ts";
import type { StackConfig } from "../../../config/schema.ts";
import { parsedStack } from "../../support/stack-files.ts";

const staging = parsedStack("staging");

/** "path: found | allowed | do" of what a changed block brings at the paths that begin with `at`. */
function brought(at: string, change: Partial<StackConfig>): string[] {
  const problems: string[] = [];
  crossChecks({ ...staging, ...change }, ({ path, found, allowed, fix }) => {
    problems.push(`${showPath(path)}: ${found} | ${allowed} | ${fix}`);
  });
  return problems.filter((problem) => problem.startsWith(at));
}

const withSecrets = (keep: (entry: StackConfig["secrets"]["catalogue"][number]) => boolean) => ({
  secrets: { ...staging.secrets, catalogue: staging.secrets.catalogue.filter(keep) },
});
const withoutQueues = { queue: { topics: [], queues: [] } };

describe("a name of another block that does not exist", () => {
  it("is answered with those that do: a queue", () => {
    expect(brought("flags", { flags: { ...staging.flags, rollbackQueues: ["order-fulfillment"] } })).toEqual([
      'flags.rollbackQueues[0]: "order-fulfillment" | one of order-fulfilment, customer-mail | Add the queue to queue.queues, or correct the name.',
    ]);
  });

  it("is answered with those that do: a secret of the wrong kind or purpose", () => {
    const pagerDuty = { serviceRegion: "eu" as const, integrationKeySecret: "slack-webhook", logRetentionDays: 90 };
    expect(brought("notify", { notify: { ...staging.notify, pagerDuty } })).toEqual([
      'notify.pagerDuty.integrationKeySecret: "slack-webhook" | one of pagerduty-integration-key | Add an entry with the kind manual and the purpose pager to secrets.catalogue, or correct the name.',
    ]);
  });

  it("is answered with those that do: an image's repository", () => {
    const repositories = ["orders", "mailer"];
    const problems = brought("services", { registry: { ...staging.registry, repositories } });
    const fix = "Add the repository to registry.repositories in both stack files, or correct the name.";
    expect(problems[0]).toBe(
      `services.catalogue[0].image: "gateway" (service gateway) | one of orders, mailer | ${fix}`,
    );
    expect(problems.at(-1)).toBe(`services.databaseClientImage: "postgres-client" | one of orders, mailer | ${fix}`);
  });
});

describe("a name of another block that is empty", () => {
  it("is told so: queues and topics", () => {
    expect(brought("flags", withoutQueues)).toEqual([
      'flags.rollbackQueues[0]: "order-fulfilment" | none exists yet | Add the queue to queue.queues, or correct the name.',
    ]);
    expect(brought("services", withoutQueues)).toEqual([
      'services.catalogue[1].needs.publishesTo[0]: "orders" (service ingestion) | none exists yet | Add the topic to queue.topics, or correct the name.',
      'services.catalogue[2].needs.publishesTo[0]: "orders" (service orders) | none exists yet | Add the topic to queue.topics, or correct the name.',
      'services.catalogue[3].needs.consumesFrom[0]: "order-fulfilment" (service order-worker) | none exists yet | Add the queue to queue.queues, or correct the name.',
      'services.catalogue[4].needs.consumesFrom[0]: "customer-mail" (service mailer) | none exists yet | Add the queue to queue.queues, or correct the name.',
    ]);
  });

  it("is told so: namespaces", () => {
    const namespaces = {};
    expect(brought("cluster.accessEntries", { namespaces })).toEqual([
      'cluster.accessEntries[1].namespaces[0]: "shop" | none exists yet | Add the namespace to the namespaces block, or correct the name.',
    ]);
    expect(brought("secrets.catalogue[0].", { namespaces })).toEqual([
      'secrets.catalogue[0].namespace: "shop" | none exists yet | Add the namespace to the namespaces block, or correct the name.',
    ]);
    expect(brought("services.catalogue[0].", { namespaces })).toEqual([
      'services.catalogue[0].namespace: "shop" (service gateway) | none exists yet | Add the namespace to the namespaces block, or correct the name.',
    ]);
    expect(brought("namespaces", { namespaces })).toEqual([
      'namespaces: no namespace | a namespace "platform" among them | Add it: the controllers of the clusterServices block run there.',
    ]);
  });

  it("is told so: logins and users of the cache", () => {
    const secrets = withSecrets(({ kind }) => kind !== "redisUser");
    expect(brought("cache.users[0]", secrets)).toEqual([
      'cache.users[0].secret: "cache-gateway" | none exists yet | Add the entry to secrets.catalogue with the kind redisUser, or correct the name.',
    ]);
    expect(brought("services", secrets)[0]).toBe(
      'services.catalogue[0].needs.cache: "cache-gateway" (service gateway) | none exists yet | Add a redisUser of the namespace shop to the secrets block and to cache.users.',
    );
    expect(brought("secrets", { cache: { ...staging.cache, users: [] } })[0]).toBe(
      'secrets.catalogue[2].name: "cache-gateway" | none exists yet | Add the user to cache.users, or remove the secret: its rotation would fail.',
    );
  });

  it("is told so: repositories", () => {
    expect(brought("services", { registry: { ...staging.registry, repositories: [] } })[0]).toBe(
      'services.catalogue[0].image: "gateway" (service gateway) | none exists yet | Add the repository to registry.repositories in both stack files, or correct the name.',
    );
  });

  it("is told so: secrets of notifications and services", () => {
    const secrets = withSecrets(({ kind }) => kind === "redisUser");
    expect(brought("notify", secrets)).toEqual([
      'notify.slack.webhookSecret: "slack-webhook" | none exists yet | Add an entry with the kind manual and the purpose chat to secrets.catalogue, or correct the name.',
      'notify.pagerDuty.integrationKeySecret: "pagerduty-integration-key" | none exists yet | Add an entry with the kind manual and the purpose pager to secrets.catalogue, or correct the name.',
    ]);
    expect(brought("services.catalogue[1].", secrets)).toEqual([
      'services.catalogue[1].environment.secrets.ERROR_TRACKER_DSN: "error-tracker-dsn" (service ingestion) | none exists yet | Add the secret to the secrets block, in the namespace shop: pods read their own namespace\'s only.',
    ]);
  });
});
