import { describe, expect, it } from "vitest";

import { parsedStack, problemsOf, rawStack, withSetting } from "../../support/stack-files.ts";

const STAGING = rawStack("staging");
const { namespaces, queue, secrets, services } = parsedStack("staging");

/** Problems of the committed staging file with another list at a path. */
const problemsWith = (path: string, value: unknown) => problemsOf(withSetting(STAGING, path, value));

describe("a name that is taken already", () => {
  it("is refused for a secret of any kind", () => {
    const manual = secrets.catalogue.find(({ kind }) => kind === "manual");
    const catalogue = [...secrets.catalogue, { ...manual, name: "origin-header" }];
    expect(problemsWith("secrets.catalogue", catalogue)).toEqual([
      `secrets.catalogue[${secrets.catalogue.length}].name: "origin-header", a name of the platform's own secrets | any but origin-header | Choose another name: this one is taken in every environment.`,
    ]);
  });

  it("is refused for a user of the cache, but not for another secret", () => {
    const { users } = parsedStack("staging").cache;
    expect(problemsWith("cache.users", [...users, { ...users[0], secret: "default" }])).toContain(
      `cache.users[${users.length}].secret: "default", a name of the engine's own user, which is switched off for good | any but default | Choose another name: this one is taken in every environment.`,
    );
    const manual = secrets.catalogue.find(({ kind }) => kind === "manual");
    expect(problemsWith("secrets.catalogue", [...secrets.catalogue, { ...manual, name: "default" }])).toEqual([]);
  });

  it("is refused for a queue that would be another's dead letters", () => {
    const [first] = queue.queues;
    const clash = { ...first, name: `${first?.name ?? ""}-dead-letters` };
    expect(problemsWith("queue.queues", [...queue.queues, clash])[0]).toBe(
      `queue.queues[${queue.queues.length}].name: "${clash.name}", a name of another queue's dead letters | none that ends in -dead-letters | Choose another name: this one is taken in every environment.`,
    );
  });

  it("is refused for pairs of queue and topic that a hyphen joins to the same", () => {
    const topics = ["c", "b-c"].map((name) => ({ ...queue.topics[0], name, fifo: false }));
    const queues = [
      ["a-b", "c"],
      ["a", "b-c"],
    ].map(([name, topic]) => ({ ...queue.queues[0], name, fifo: false, subscriptions: [{ topic, filter: null }] }));
    expect(
      problemsOf(
        withSetting(withSetting(STAGING, "queue.queues", [...queue.queues, ...queues]), "queue.topics", [
          ...queue.topics,
          ...topics,
        ]),
      ),
    ).toEqual([
      `queue.queues[${queue.queues.length + 1}].subscriptions[0].topic: queue a with topic b-c, which a hyphen joins to the same name as queue a-b with topic c | pairs of queue and topic that differ when a hyphen joins them | Rename the queue or the topic.`,
    ]);
  });

  it("is refused for a service that would own every namespace's account or policies", () => {
    const job = services.catalogue.find(({ kind }) => kind === "job");
    for (const name of ["default", "default-deny", "allow-basics"]) {
      expect(problemsWith("services.catalogue", [...services.catalogue, { ...job, name }])[0]).toContain(
        `services.catalogue[${services.catalogue.length}].name: "${name}", a name of objects that namespaces or other services bring`,
      );
    }
  });

  it.each(["platform", "monitoring"])("is refused for a service in %s, among the cluster's own parts", (namespace) => {
    const job = services.catalogue.find(({ kind }) => kind === "job");
    const row = { ...job, name: "prometheus", namespace };
    expect(problemsWith("services.catalogue", [...services.catalogue, row])[0]).toContain(
      `"${namespace}" (service prometheus) | a namespace of the services' own: any but platform, monitoring | Move the service`,
    );
  });

  it.each([
    ["values", "DATABASE_HOST"],
    ["values", "ENVIRONMENT"],
    ["values", "OTEL_TRACES_SAMPLER"],
    ["secrets", "CACHE_PASSWORD"],
  ] as const)("is refused for a variable among a row's %s: %s", (part, variable) => {
    const [row, ...others] = services.catalogue;
    if (row === undefined || row.kind === "frontend") throw new Error("the first row of staging has pods");
    const environment = { ...row.environment, [part]: { ...row.environment[part], [variable]: "api-token-signing" } };
    expect(problemsWith("services.catalogue", [{ ...row, environment }, ...others])).toEqual([
      expect.stringContaining(
        `services.catalogue[0].environment.${part}.${variable}: "${variable}", a name of variables that the program sets | any but AWS_REGION, `,
      ),
    ]);
  });

  it.each([
    [
      "secrets",
      "TOKEN_FILE",
      "files and variables that other secrets bring | none that ends in _FILE or _NEXT or _PREVIOUS",
    ],
    [
      "secrets",
      "TOKEN_NEXT",
      "files and variables that other secrets bring | none that ends in _FILE or _NEXT or _PREVIOUS",
    ],
    ["secrets", "TOKEN_PREVIOUS", "files and variables that other secrets bring | none that ends in _FILE or"],
    ["values", "TOKEN_SIGNING_KEY_FILE", "the file of one of its secrets | any but TOKEN_SIGNING_KEY_FILE, "],
    ["values", "TOKEN_SIGNING_KEY_PREVIOUS_FILE", "the file of one of its secrets | any but "],
  ] as const)(
    "is refused among a row's %s where a secret's file or its variable has it: %s",
    (part, variable, reason) => {
      const [row, ...others] = services.catalogue;
      if (row === undefined || row.kind === "frontend") throw new Error("the first row of staging has pods");
      const environment = { ...row.environment, [part]: { ...row.environment[part], [variable]: "api-token-signing" } };
      expect(problemsWith("services.catalogue", [{ ...row, environment }, ...others])).toEqual([
        expect.stringContaining(
          `services.catalogue[0].environment.${part}.${variable}: "${variable}", a name of ${reason}`,
        ),
      ]);
    },
  );

  it("is free for a path of the row's own", () => {
    const [row, ...others] = services.catalogue;
    if (row === undefined || row.kind === "frontend") throw new Error("the first row of staging has pods");
    const environment = { ...row.environment, values: { ...row.environment.values, RULES_FILE: "/app/rules.json" } };
    expect(problemsWith("services.catalogue", [{ ...row, environment }, ...others])).toEqual([]);
  });

  it("is refused for files of the site that would reach releases which were never published", () => {
    const { assetPaths } = parsedStack("staging").cdn;
    for (const pattern of ["/releases/*", "/releases/shop/*"]) {
      expect(problemsWith("cdn.assetPaths", [...assetPaths, pattern])).toEqual([
        `cdn.assetPaths[${assetPaths.length}]: "${pattern}", a name of the releases in the bucket, published or not | none that begins with /releases/ | Choose another name: this one is taken in every environment.`,
      ]);
    }
    expect(problemsWith("cdn.assetPaths", [...assetPaths, "/release-notes/*"])).toEqual([]);
  });

  it("is refused for a name of the site that is the balancer's own", () => {
    const { cdn, dns } = parsedStack("staging");
    expect(problemsWith("cdn.domains", [...cdn.domains, `origin.${dns.zoneName}`])).toEqual([
      `cdn.domains[${cdn.domains.length}]: "origin.${dns.zoneName}", a name of the balancer, to which the CDN goes | any but origin.${dns.zoneName} | Choose another name: this one is taken in every environment.`,
    ]);
  });

  it("is refused for an environment with a hyphen, whose names could begin like another's", () => {
    expect(problemsWith("environment.name", "eu-two")[0]).toContain(
      'environment.name: "eu-two" | lower-case letters and digits, at most 20',
    );
  });

  it("leaves a namespace edge free: the platform's secrets lie where no namespace can", () => {
    const [shop] = Object.values(namespaces);
    expect(problemsWith("namespaces", { ...namespaces, edge: shop })).toEqual([]);
    expect(problemsWith("namespaces", { ...namespaces, _platform: shop })).not.toEqual([]);
  });
});
