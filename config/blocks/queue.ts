import * as z from "zod";

import { QUEUE } from "../../standards/queue.ts";
import { defineBlock } from "../block.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { checkQueueNames } from "../problems/reserved-names.ts";
import { flag, slug, wholeNumber } from "../types.ts";

const topic = z.strictObject({
  name: slug("The topic's name; unique, and the key of its output."),
  fifo: flag("In order and exactly once, for fewer messages a second; cannot be changed later."),
});

const queue = z.strictObject({
  name: slug("The queue's name; unique, and the key of its output."),
  fifo: flag("In order and exactly once, for fewer messages a second; cannot be changed later."),
  subscriptions: z
    .array(
      z.strictObject({
        topic: slug("A topic of this block."),
        filter: z
          .record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()])).min(1))
          .nullable()
          .meta({
            description: "Message attributes with the values that are let through; null lets everything through.",
          }),
      }),
    )
    .meta({ description: "Topics whose messages the queue gets; [] when programs send to it directly." }),
  visibilityTimeoutSeconds: wholeNumber(
    { min: 1, max: QUEUE.awsMaxVisibilityTimeoutSeconds, unit: "seconds" },
    "How long a worker may take for a message before another one gets it; six times the usual time.",
  ),
  retentionDays: wholeNumber(
    { min: 1, max: QUEUE.awsMaxRetentionDays, unit: "days" },
    "Days after which an unread message vanishes.",
  ),
  maxReceiveCount: wholeNumber(
    { min: QUEUE.minReceiveCount, max: QUEUE.awsMaxReceiveCount, unit: "tries" },
    "Tries after which a message goes to the dead-letter queue.",
  ),
  alarms: z.strictObject({
    audience: z
      .enum(["page", "ticket"])
      .meta({ description: "page when users wait for the work, ticket when it can wait for the morning." }),
    depthMessages: wholeNumber(
      { min: 1, max: QUEUE.maxDepthMessages, unit: "messages" },
      `Waiting messages at which, after ${QUEUE.depthMinutes} minutes, an alarm starts.`,
    ),
    oldestMessageSeconds: wholeNumber(
      { min: 30, max: QUEUE.maxOldestMessageSeconds, unit: "seconds" },
      `Waiting time of the oldest message at which, after ${QUEUE.depthMinutes} minutes, an alarm starts.`,
    ),
  }),
});

const schema = z.strictObject({
  topics: z.array(topic).meta({ description: "What programs publish to." }),
  queues: z.array(queue).meta({ description: "What workers read." }),
});

export type QueueSettings = z.output<typeof schema>;
export type QueueEntry = z.output<typeof queue>;
export type TopicEntry = z.output<typeof topic>;

function checkNames(
  list: "topics" | "queues",
  entries: readonly { readonly name: string }[],
  report: ReportProblem,
): void {
  for (const [position, { name }] of entries.entries()) {
    if (entries.findIndex((entry) => entry.name === name) === position) continue;
    report({
      path: [list, position, "name"],
      found: `"${name}" a second time`,
      allowed: "each name once",
      fix: "Rename one of the two.",
    });
  }
}

function checkSubscriptions(
  queueEntry: QueueEntry,
  path: readonly (string | number)[],
  topics: readonly TopicEntry[],
  report: ReportProblem,
): void {
  for (const [position, subscription] of queueEntry.subscriptions.entries()) {
    const source = topics.find(({ name }) => name === subscription.topic);
    const place = [...path, "subscriptions", position, "topic"];
    if (source === undefined) {
      report({
        path: place,
        found: `the unknown topic "${subscription.topic}"`,
        allowed:
          topics.length === 0
            ? "a topic of this block; it has none"
            : `one of ${topics.map(({ name }) => name).join(", ")}`,
        fix: "Add the topic to queue.topics, or correct its name.",
      });
    } else if (queueEntry.fifo && !source.fifo) {
      report({
        path: place,
        found: `"${source.name}", which does not keep order`,
        allowed: "a topic with fifo: true for a queue with fifo: true",
        fix: "SNS delivers to a FIFO queue from FIFO topics only: make both FIFO or neither.",
      });
    }
    if (queueEntry.subscriptions.findIndex(({ topic: name }) => name === subscription.topic) !== position) {
      report({
        path: place,
        found: `"${subscription.topic}" a second time`,
        allowed: "each topic once a queue",
        fix: "Join the two filters into one.",
      });
    }
  }
}

export const queueBlock = defineBlock({
  schema,
  check({ topics, queues }, report) {
    checkNames("topics", topics, report);
    checkNames("queues", queues, report);
    checkQueueNames(queues, report);
    for (const [position, entry] of queues.entries()) {
      checkSubscriptions(entry, ["queues", position], topics, report);
      const longest = QUEUE.awsMaxRetentionDays - QUEUE.minDaysAsDeadLetter;
      if (entry.retentionDays > longest) {
        report({
          path: ["queues", position, "retentionDays"],
          found: String(entry.retentionDays),
          allowed: `at most ${longest} (days)`,
          fix: `A dead message ages on from when it was sent: somebody needs ${QUEUE.minDaysAsDeadLetter} days to look at it before SQS' ${QUEUE.awsMaxRetentionDays} are over.`,
        });
      }
      if (entry.alarms.oldestMessageSeconds >= entry.retentionDays * 86_400) {
        report({
          path: ["queues", position, "alarms", "oldestMessageSeconds"],
          found: String(entry.alarms.oldestMessageSeconds),
          allowed: `less than the ${entry.retentionDays} days for which messages are kept`,
          fix: "The alarm would never see a message that old: lower it.",
        });
      }
    }
  },
});
