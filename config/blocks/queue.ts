import * as z from "zod";

import { QUEUE } from "../../standards/queue.ts";
import { defineBlock } from "../block.ts";
import { checkQueueNames } from "../checks/reserved-names.ts";
import type { ReportProblem } from "../problems/problem.ts";
import { mustBeUnique, mustExist, valuesAt } from "../problems/references.ts";
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
    .meta({
      description: "Topics whose messages the queue gets; [] when services send to it directly, by needs.sendsTo.",
    }),
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

function checkSubscriptions(
  queueEntry: QueueEntry,
  path: readonly (string | number)[],
  topics: readonly TopicEntry[],
  report: ReportProblem,
): void {
  const list = [...path, "subscriptions"];
  const subscribed = queueEntry.subscriptions.map((subscription) => subscription.topic);
  const known = topics.map(({ name }) => name);
  for (const [position, name] of subscribed.entries()) {
    const place = [...list, position, "topic"];
    mustExist({ path: place, name, known, fix: "Add the topic to queue.topics, or correct the name." }, report);
    if (queueEntry.fifo && topics.some((candidate) => candidate.name === name && !candidate.fifo)) {
      report({
        path: place,
        found: `"${name}", which does not keep order`,
        allowed: "a topic with fifo: true for a queue with fifo: true",
        fix: "SNS delivers to a FIFO queue from FIFO topics only: make both FIFO or neither.",
      });
    }
  }
  mustBeUnique(valuesAt(list, subscribed, "topic"), "Join the two filters into one.", report);
}

export const queueBlock = defineBlock({
  schema,
  check({ topics, queues }, report) {
    for (const [list, entries] of Object.entries({ topics, queues })) {
      const names = entries.map(({ name }) => name);
      mustBeUnique(valuesAt([list], names, "name"), "Rename one of the two.", report);
    }
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
