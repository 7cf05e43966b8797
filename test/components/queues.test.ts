import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";

import { Queues } from "../../components/queues.ts";
import type { QueueSettings } from "../../config/blocks/queue.ts";
import { queueBlock } from "../../config/blocks/queue.ts";
import type { Registered } from "../support/cloud.ts";
import { deploy, ofType, only } from "../support/cloud.ts";
import { ENVIRONMENT } from "../support/environment.ts";
import { FAKE_NOTIFY } from "../support/notify.ts";

const QUEUE = "aws:sqs/queue:Queue";
const QUEUE_POLICY = "aws:sqs/queuePolicy:QueuePolicy";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const SUBSCRIPTION = "aws:sns/topicSubscription:TopicSubscription";

const alarms = { audience: "page", depthMessages: 1000, oldestMessageSeconds: 600 } as const;
const common = { visibilityTimeoutSeconds: 180, retentionDays: 7, maxReceiveCount: 5, alarms };
const settings: QueueSettings = {
  topics: [
    { name: "orders", fifo: false },
    { name: "ledger", fifo: true },
  ],
  queues: [
    { ...common, name: "fulfilment", fifo: false, subscriptions: [{ topic: "orders", filter: { event: ["paid"] } }] },
    { ...common, name: "postings", fifo: true, subscriptions: [{ topic: "ledger", filter: null }] },
    { ...common, name: "reports", fifo: false, subscriptions: [] },
  ],
};

let resources: Registered[];
beforeAll(async () => {
  const keys = { arns: { messaging: pulumi.output("messaging-key") } };
  resources = await deploy(
    () => new Queues("queues", { environment: ENVIRONMENT, settings, keys, notify: FAKE_NOTIFY }),
  );
});

const policyOf = (name: string): { Sid: string; Effect: string; Action: string; Condition: object }[] =>
  JSON.parse(String(only(resources, QUEUE_POLICY, name).inputs["policy"])).Statement;

describe("Queues", () => {
  it("gives every queue of the catalogue its own dead letters", () => {
    expect(
      ofType(resources, QUEUE)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([
      "queues-fulfilment",
      "queues-fulfilment-dead-letters",
      "queues-postings",
      "queues-postings-dead-letters",
      "queues-reports",
      "queues-reports-dead-letters",
    ]);
    expect(ofType(resources, "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy")).toHaveLength(3);
  });

  it("keeps dead letters for the 14 days that SQS allows, and queues for their own", () => {
    for (const { name, inputs } of ofType(resources, QUEUE)) {
      expect(inputs["messageRetentionSeconds"]).toBe(name.endsWith("dead-letters") ? 1_209_600 : 604_800);
    }
  });

  it("encrypts queues and topics with the messaging key, and protects what holds messages", () => {
    for (const { inputs } of [...ofType(resources, QUEUE), ...ofType(resources, "aws:sns/topic:Topic")]) {
      expect(inputs["kmsMasterKeyId"]).toBe("messaging-key");
    }
    for (const queue of ofType(resources, QUEUE)) expect(queue).toMatchObject({ protect: true, retainOnDelete: true });
  });

  it("hands a message to the dead letters after its tries", () => {
    const redrive = JSON.parse(String(only(resources, QUEUE, "queues-fulfilment").inputs["redrivePolicy"]));
    expect(redrive).toMatchObject({ maxReceiveCount: 5 });
    expect(only(resources, QUEUE, "queues-fulfilment").dependsOn).toContain("queues-fulfilment-dead-letters");
  });

  it("keeps order where the catalogue asks for it, dead letters included", () => {
    const fifo = ofType(resources, QUEUE)
      .filter(({ inputs }) => inputs["fifoQueue"] === true)
      .map(({ name }) => name);
    expect(fifo.toSorted()).toEqual(["queues-postings", "queues-postings-dead-letters"]);
    expect(only(resources, "aws:sns/topic:Topic", "queues-ledger").inputs["fifoTopic"]).toBe(true);
  });

  it("lets only the subscribed topics send, and nobody without TLS", () => {
    expect(policyOf("queues-fulfilment").map(({ Sid, Effect, Action }) => `${Sid} ${Effect} ${Action}`)).toEqual([
      "TopicsSend Allow sqs:SendMessage",
      "TlsOnly Deny sqs:*",
    ]);
    expect(JSON.stringify(policyOf("queues-fulfilment")[0]?.Condition)).toContain("aws:SourceArn");
    expect(policyOf("queues-reports").map(({ Sid }) => Sid)).toEqual(["TlsOnly"]);
    expect(policyOf("queues-reports-dead-letters").map(({ Sid }) => Sid)).toEqual(["TlsOnly"]);
  });

  it("subscribes with the filter, once the queue admits the topic", () => {
    const filtered = only(resources, SUBSCRIPTION, "queues-fulfilment-orders");
    expect(filtered.inputs).toMatchObject({
      filterPolicy: '{"event":["paid"]}',
      rawMessageDelivery: true,
      protocol: "sqs",
    });
    expect(filtered.dependsOn).toContain("queues-fulfilment");
    expect(only(resources, SUBSCRIPTION, "queues-postings-ledger").inputs["filterPolicy"]).toBeUndefined();
  });

  it("watches depth, age and dead letters of every queue", () => {
    const watched = ofType(resources, ALARM).filter(({ name }) => name.startsWith("queues-fulfilment-"));
    expect(
      watched
        .map(({ name, inputs }) => [name, inputs["metricName"], inputs["threshold"], inputs["evaluationPeriods"]])
        .toSorted(),
    ).toEqual([
      ["queues-fulfilment-dead", "ApproximateNumberOfMessagesVisible", 1, 1],
      ["queues-fulfilment-deep", "ApproximateNumberOfMessagesVisible", 1000, 5],
      ["queues-fulfilment-stalled", "ApproximateAgeOfOldestMessage", 600, 5],
    ]);
    expect(ofType(resources, ALARM)).toHaveLength(9);
  });

  it("pages for work that stands still and files a ticket for dead letters", () => {
    const topicOf = (name: string) => only(resources, ALARM, name).inputs["alarmActions"];
    expect(topicOf("queues-fulfilment-stalled")).toEqual(["arn:aws:sns:eu-west-1:111122223333:page"]);
    expect(topicOf("queues-fulfilment-dead")).toEqual(["arn:aws:sns:eu-west-1:111122223333:ticket"]);
  });

  it("takes silence of an idle queue for health", () => {
    for (const { inputs } of ofType(resources, ALARM)) expect(inputs["treatMissingData"]).toBe("notBreaching");
  });
});

describe("whatever names the schema accepts", () => {
  it("registers each resource under a name of its own", async () => {
    const names = ["a", "b", "a-b", "b-a", "a-b-a", "a-dead-letters", "a-dead", "a-deep", "a-stalled", "dead-letters"];
    const topics = names.map((name) => ({ name, fifo: false }));
    const queue = (name: string, topic: string) => ({
      ...common,
      name,
      fifo: false,
      subscriptions: [{ topic, filter: null }],
    });
    // As many as the schema takes together: one that would meet another is left out.
    const queues = names.flatMap((name) => topics.map((topic) => queue(name, topic.name)));
    const taken: QueueSettings["queues"] = [];
    for (const entry of queues) {
      const others = taken.filter(({ name }) => name !== entry.name);
      const merged = taken.find(({ name }) => name === entry.name);
      const next = { ...entry, subscriptions: [...(merged?.subscriptions ?? []), ...entry.subscriptions] };
      if (queueBlock.judge({ topics, queues: [...others, next] }, "standard").length > 0) continue;
      taken.splice(0, taken.length, ...others, next);
    }
    expect(taken.length).toBe(names.length - 1);
    const keys = { arns: { messaging: pulumi.output("messaging-key") } };
    const made = await deploy(
      () =>
        new Queues("queues", {
          environment: ENVIRONMENT,
          settings: { topics, queues: taken },
          keys,
          notify: FAKE_NOTIFY,
        }),
    );
    const identities = made.map(({ type, name }) => `${type} ${name}`);
    expect(identities.length).toBeGreaterThan(100);
    expect(identities.filter((identity, index) => identities.indexOf(identity) !== index)).toEqual([]);
  });
});
