import type * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as sqs from "@pulumi/aws/sqs/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../config/blocks/environment.ts";
import type { QueueEntry, QueueSettings } from "../config/blocks/queue.ts";
import { QUEUE, SECONDS_PER_DAY } from "../standards/queue.ts";
import type { Keys } from "./keys/keys.ts";
import type { Notify } from "./notify/notify.ts";
import { createAlarm } from "./shared/alarm.ts";
import type { ResourcePolicyStatement } from "./shared/iam.ts";
import { policyDocument, tlsOnly } from "./shared/iam.ts";
import { NOTHING_TO_KEEP } from "./shared/nothing-to-keep.ts";

export interface QueuesArgs {
  readonly environment: Environment;
  readonly settings: QueueSettings;
  /** Topics and queues use "messaging". */
  readonly keys: Pick<Keys<"messaging">, "arns">;
  readonly notify: Pick<Notify, "runbookBaseUrl" | "topicArns" | "usEast1TopicArns">;
}

/** A queue as its programs need it. */
export interface QueueOutputs {
  readonly arn: pulumi.Output<string>;
  readonly url: pulumi.Output<string>;
  /** Name in metrics, for scaling workers by depth. */
  readonly name: pulumi.Output<string>;
  /** Where messages go that nobody could work on. */
  readonly deadLetterArn: pulumi.Output<string>;
  /** Starts when the oldest message waits too long; a change that causes it should be undone. */
  readonly stalledAlarmArn: pulumi.Output<string>;
}

type ByName<T> = Readonly<Record<string, T>>;

/**
 * Of AWS' services only the topics that it is subscribed to may send. Services of ours send and receive by the permissions of
 * their rows, which IAM in the queue's own account needs nothing more for.
 */
function queuePolicy(queueArn: string, topicArns: readonly string[]): string {
  const topics: ResourcePolicyStatement<string> = {
    Sid: "TopicsSend",
    Effect: "Allow",
    Principal: { Service: "sns.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queueArn,
    Condition: { ArnEquals: { "aws:SourceArn": topicArns } },
  };
  return policyDocument([...(topicArns.length === 0 ? [] : [topics]), tlsOnly("sqs:*", queueArn)]);
}

/**
 * The topics and queues of the catalogue: publish to a topic, work from a queue. Encrypted with our key, over TLS only;
 * what cannot be worked on after its tries waits in a dead-letter queue for as long as SQS keeps anything. Alarms tell
 * when a queue is deep, when its oldest message waits too long, and when a message died.
 */
export class Queues extends pulumi.ComponentResource {
  /** ARN of each topic by its name in the catalogue. */
  readonly topicArns: ByName<pulumi.Output<string>>;
  /** Each queue by its name in the catalogue. */
  readonly queues: ByName<QueueOutputs>;

  constructor(name: string, args: QueuesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:data:Queues", name, {}, opts);
    const { settings } = args;
    this.topicArns = Object.fromEntries(
      settings.topics.map((topic) => [topic.name, this.createTopic(`${name}-${topic.name}`, topic.fifo, args)]),
    );
    this.queues = Object.fromEntries(
      settings.queues.map((entry) => [entry.name, this.createQueue(`${name}-${entry.name}`, entry, args)]),
    );
    this.registerOutputs({ topicArns: this.topicArns, queues: this.queues });
  }

  private createTopic(childName: string, fifo: boolean, { keys }: QueuesArgs): pulumi.Output<string> {
    const topic = new sns.Topic(
      childName,
      {
        kmsMasterKeyId: keys.arns.messaging,
        signatureVersion: 2,
        ...(fifo ? { fifoTopic: true, contentBasedDeduplication: true } : {}),
        tags: { Name: childName },
      },
      { parent: this },
    );
    const policy = topic.arn.apply((arn) => policyDocument([tlsOnly("sns:Publish", arn)]));
    new sns.TopicPolicy(childName, { arn: topic.arn, policy }, { parent: topic });
    return topic.arn;
  }

  /** A queue with its dead letters, subscriptions and alarms. */
  private createQueue(childName: string, entry: QueueEntry, args: QueuesArgs): QueueOutputs {
    const deadLetters = this.createSqs(`${childName}-dead-letters`, entry, args, {
      messageRetentionSeconds: QUEUE.awsMaxRetentionDays * SECONDS_PER_DAY,
    });
    const queue = this.createSqs(childName, entry, args, {
      messageRetentionSeconds: entry.retentionDays * SECONDS_PER_DAY,
      redrivePolicy: pulumi.jsonStringify({
        deadLetterTargetArn: deadLetters.arn,
        maxReceiveCount: entry.maxReceiveCount,
      }),
    });
    new sqs.RedriveAllowPolicy(
      childName,
      {
        queueUrl: deadLetters.url,
        redriveAllowPolicy: pulumi.jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [queue.arn] }),
      },
      { parent: deadLetters },
    );
    new sqs.QueuePolicy(
      `${childName}-dead-letters`,
      { queueUrl: deadLetters.url, policy: deadLetters.arn.apply((arn) => queuePolicy(arn, [])) },
      { parent: deadLetters },
    );
    const policy = new sqs.QueuePolicy(
      childName,
      {
        queueUrl: queue.url,
        policy: pulumi.all([queue.arn, this.sourcesOf(entry)]).apply(([arn, sources]) => queuePolicy(arn, sources)),
      },
      { parent: queue },
    );
    this.subscribe(childName, entry, queue, policy);
    const stalled = this.watch(childName, entry, args, queue, deadLetters);
    return {
      arn: queue.arn,
      url: queue.url,
      name: queue.name,
      deadLetterArn: deadLetters.arn,
      stalledAlarmArn: stalled.arn,
    };
  }

  private createSqs(
    childName: string,
    { fifo, visibilityTimeoutSeconds }: QueueEntry,
    { environment, keys }: QueuesArgs,
    own: Pick<sqs.QueueArgs, "messageRetentionSeconds" | "redrivePolicy">,
  ): sqs.Queue {
    return new sqs.Queue(
      childName,
      {
        ...own,
        kmsMasterKeyId: keys.arns.messaging,
        visibilityTimeoutSeconds,
        receiveWaitTimeSeconds: QUEUE.awsMaxReceiveWaitSeconds,
        ...(fifo ? { fifoQueue: true, contentBasedDeduplication: true } : {}),
        tags: { Name: childName },
      },
      {
        parent: this,
        protect: environment.protectStatefulResources,
        retainOnDelete: environment.retainStatefulResources,
      },
    );
  }

  private topicOf(name: string): pulumi.Output<string> {
    const arn = this.topicArns[name];
    if (arn === undefined) throw new Error(`a queue is subscribed to the unknown topic "${name}"`);
    return arn;
  }

  private sourcesOf({ subscriptions }: QueueEntry): pulumi.Output<string[]> {
    return pulumi.all(subscriptions.map(({ topic }) => this.topicOf(topic)));
  }

  private subscribe(childName: string, { subscriptions }: QueueEntry, queue: sqs.Queue, policy: sqs.QueuePolicy): void {
    for (const { topic, filter } of subscriptions) {
      new sns.TopicSubscription(
        `${childName}-${topic}`,
        {
          topic: this.topicOf(topic),
          protocol: "sqs",
          endpoint: queue.arn,
          rawMessageDelivery: true,
          ...(filter === null ? {} : { filterPolicy: JSON.stringify(filter), filterPolicyScope: "MessageAttributes" }),
        },
        // Messages that come before the queue admits the topic would be lost.
        { parent: queue, ...NOTHING_TO_KEEP, dependsOn: [policy] },
      );
    }
  }

  /** The three alarms; answers the one that says that users wait. */
  private watch(
    childName: string,
    { alarms }: QueueEntry,
    { notify }: QueuesArgs,
    queue: sqs.Queue,
    deadLetters: sqs.Queue,
  ): cloudwatch.MetricAlarm {
    const metric = (source: sqs.Queue, name: string) =>
      ({
        namespace: "AWS/SQS",
        name,
        dimensions: { QueueName: source.name },
        statistic: "Maximum",
        periodSeconds: 60,
      }) as const;
    // SQS stops to report on a queue that has been empty for six hours: silence is health.
    const common = {
      notify,
      periods: QUEUE.depthMinutes,
      comparison: "GreaterThanOrEqualToThreshold",
      whenDataIsMissing: "notBreaching",
    } as const;
    createAlarm(
      `${childName}-deep`,
      {
        ...common,
        audience: alarms.audience,
        summary: `${alarms.depthMessages} or more messages have been waiting for ${QUEUE.depthMinutes} minutes: work comes in faster than it is done.`,
        runbook: "queue-backlog",
        metric: metric(queue, "ApproximateNumberOfMessagesVisible"),
        threshold: alarms.depthMessages,
      },
      { parent: queue },
    );
    createAlarm(
      `${childName}-dead`,
      {
        ...common,
        audience: "ticket",
        summary: "Messages could not be worked on and wait in the dead-letter queue.",
        runbook: "queue-dead-letters",
        metric: metric(deadLetters, "ApproximateNumberOfMessagesVisible"),
        threshold: 1,
        periods: 1,
      },
      { parent: deadLetters },
    );
    return createAlarm(
      `${childName}-stalled`,
      {
        ...common,
        audience: alarms.audience,
        summary: `The oldest message has been waiting for ${alarms.oldestMessageSeconds} seconds or longer: work stands still or is too slow.`,
        runbook: "queue-stalled",
        metric: metric(queue, "ApproximateAgeOfOldestMessage"),
        threshold: alarms.oldestMessageSeconds,
      },
      { parent: queue },
    );
  }
}
