import { describe, expect, it } from "vitest";

import { queueBlock } from "../../../config/blocks/queue.ts";

const alarms = { audience: "ticket", depthMessages: 1000, oldestMessageSeconds: 600 };
const queue = {
  name: "fulfilment",
  fifo: false,
  subscriptions: [{ topic: "orders", filter: { event: ["paid"] } }],
  visibilityTimeoutSeconds: 180,
  retentionDays: 7,
  maxReceiveCount: 5,
  alarms,
};
const topics = [
  { name: "orders", fifo: false },
  { name: "ledger", fifo: true },
];

const problems = (change: object, more: readonly object[] = []) =>
  queueBlock
    .judge({ topics, queues: [{ ...queue, ...change }, ...more] }, "production")
    .map(({ path, found, allowed }) => `${path.join(".")}: ${found}, allowed ${allowed}`);

describe("the queue block", () => {
  it("accepts a queue with a filtered topic, one that is sent to directly, and an empty catalogue", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ subscriptions: [] })).toEqual([]);
    expect(queueBlock.judge({ topics: [], queues: [] }, "production")).toEqual([]);
  });

  it("refuses a subscription to a topic that does not exist, and lists those that do", () => {
    expect(problems({ subscriptions: [{ topic: "oders", filter: null }] })).toEqual([
      'queues.0.subscriptions.0.topic: "oders", allowed one of orders, ledger',
    ]);
  });

  it("says of a subscription that there is no topic yet", () => {
    expect(queueBlock.judge({ topics: [], queues: [queue] }, "production")).toEqual([
      {
        path: ["queues", 0, "subscriptions", 0, "topic"],
        found: '"orders"',
        allowed: "none exists yet",
        fix: "Add the topic to queue.topics, or correct the name.",
      },
    ]);
  });

  it("refuses a retention above the 14 days of SQS", () => {
    expect(problems({ retentionDays: 15 })).toEqual(["queues.0.retentionDays: 15, allowed at most 14 (days)"]);
  });

  it("refuses a retention that leaves dead letters less than four days", () => {
    expect(problems({ retentionDays: 10 })).toEqual([]);
    expect(problems({ retentionDays: 11 })).toEqual(["queues.0.retentionDays: 11, allowed at most 10 (days)"]);
  });

  it("refuses an alarm above the depth of the requirement, or of an age that no message reaches", () => {
    expect(problems({ alarms: { ...alarms, depthMessages: 1001 } })).toEqual([
      "queues.0.alarms.depthMessages: 1001, allowed at most 1000 (messages)",
    ]);
    expect(problems({ alarms: { ...alarms, oldestMessageSeconds: 3601 } })).toEqual([
      "queues.0.alarms.oldestMessageSeconds: 3601, allowed at most 3600 (seconds)",
    ]);
  });

  it("refuses a FIFO queue behind a topic that keeps no order", () => {
    expect(problems({ fifo: true })).toEqual([
      'queues.0.subscriptions.0.topic: "orders", which does not keep order, allowed a topic with fifo: true for a queue with fifo: true',
    ]);
    expect(problems({ fifo: true, subscriptions: [{ topic: "ledger", filter: null }] })).toEqual([]);
  });

  it("refuses a message that dies of its first failure", () => {
    expect(problems({ maxReceiveCount: 2 })).toEqual(["queues.0.maxReceiveCount: 2, allowed at least 3 (tries)"]);
  });

  it("refuses a name or a subscription that comes twice", () => {
    expect(queueBlock.judge({ topics: [...topics, ...topics], queues: [] }, "standard")[1]?.found).toBe(
      '"ledger", already in topics[1].name',
    );
    expect(problems({}, [queue])).toEqual([
      'queues.1.name: "fulfilment", already in queues[0].name, allowed each once',
    ]);
    const twice = { topic: "orders", filter: null };
    expect(problems({ subscriptions: [twice, twice] })).toEqual([
      'queues.0.subscriptions.1.topic: "orders", already in queues[0].subscriptions[0].topic, allowed each once',
    ]);
  });
});
