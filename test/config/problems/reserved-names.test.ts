import { describe, expect, it } from "vitest";

import { parsedStack, problemsOf, rawStack, withSetting } from "../../support/stack-files.ts";

const STAGING = rawStack("staging");
const { namespaces, queue, secrets, services } = parsedStack("staging");

/** Problems of the committed staging file with another list at a path. */
const problemsWith = (path: string, value: unknown) => problemsOf(withSetting(STAGING, path, value));

describe("a name that is taken already", () => {
  it.each(["origin-header"])("is refused for a secret of any kind: %s", (name) => {
    const manual = secrets.catalogue.find(({ kind }) => kind === "manual");
    const catalogue = [...secrets.catalogue, { ...manual, name }];
    expect(problemsWith("secrets.catalogue", catalogue)).toEqual([
      `secrets.catalogue[${secrets.catalogue.length}].name: "origin-header", a name of the platform's own secrets | any name but origin-header | Choose another name: this one is taken in every environment.`,
    ]);
  });

  it("is refused for a user of the cache, but not for another secret", () => {
    const entry = secrets.catalogue.find(({ kind }) => kind === "redisUser");
    expect(problemsWith("secrets.catalogue", [...secrets.catalogue, { ...entry, name: "default" }])[0]).toBe(
      `secrets.catalogue[${secrets.catalogue.length}].name: "default", a name of the cache's own users | any name but default | Choose another name: this one is taken in every environment.`,
    );
    const manual = secrets.catalogue.find(({ kind }) => kind === "manual");
    expect(problemsWith("secrets.catalogue", [...secrets.catalogue, { ...manual, name: "default" }])).toEqual([]);
  });

  it("is refused for a queue that would be another's dead letters", () => {
    const [first] = queue.queues;
    const clash = { ...first, name: `${first?.name ?? ""}-dead-letters` };
    expect(problemsWith("queue.queues", [...queue.queues, clash])[0]).toBe(
      `queue.queues[${queue.queues.length}].name: "${clash.name}" | a name that does not end in -dead-letters | Choose another name: each queue brings a second one with this ending.`,
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
        `services.catalogue[${services.catalogue.length}].name: "${name}", a name of objects that every namespace has`,
      );
    }
  });

  it("is refused for a service among the cluster's controllers", () => {
    const job = services.catalogue.find(({ kind }) => kind === "job");
    expect(
      problemsWith("services.catalogue", [
        ...services.catalogue,
        { ...job, name: "karpenter", namespace: "platform" },
      ])[0],
    ).toContain('"platform" (service karpenter) | a namespace of the services\' own | Move the service');
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
