import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as sqs from "@pulumi/aws/sqs/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../../../config/blocks/environment.ts";
import { nameOf } from "../../../core/names.ts";
import { CLUSTER_SERVICES } from "../../../standards/cluster-services.ts";
import type { Notify } from "../../notify/notify.ts";
import { createAlarm } from "../../shared/alarm.ts";
import { policyDocumentOutput, tlsOnly } from "../../shared/iam.ts";

export interface InterruptionArgs {
  readonly environment: Environment;
  readonly notify: Pick<Notify, "runbookBaseUrl" | "topicArns" | "usEast1TopicArns">;
}

/** What AWS announces before it takes an instance away, by the event's own names. */
const EVENTS: Readonly<
  Record<string, { readonly source: string; readonly detailType: string; readonly what: string }>
> = {
  health: { source: "aws.health", detailType: "AWS Health Event", what: "maintenance of instances" },
  spot: {
    source: "aws.ec2",
    detailType: "EC2 Spot Instance Interruption Warning",
    what: "spot instances that are taken back",
  },
  rebalance: {
    source: "aws.ec2",
    detailType: "EC2 Instance Rebalance Recommendation",
    what: "spot instances that may be taken back soon",
  },
  state: { source: "aws.ec2", detailType: "EC2 Instance State-change Notification", what: "instances that stop" },
};

/**
 * The queue from which Karpenter learns that an instance will go, two minutes ahead at best, so that its pods move before.
 * Only these rules write to it, over TLS; notices that nobody read for five minutes are worth nothing and vanish.
 */
export function createInterruptionQueue(
  name: string,
  { environment, notify }: InterruptionArgs,
  opts: pulumi.CustomResourceOptions,
): sqs.Queue {
  const childName = `${name}-interruption`;
  const queue = new sqs.Queue(
    childName,
    // EventBridge would need a place in our key's policy; the notices hold nothing but instance ids.
    {
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: CLUSTER_SERVICES.interruptionRetentionSeconds,
      tags: { Name: nameOf(environment, "interruption") },
    },
    opts,
  );
  const rules = Object.entries(EVENTS).map(([role, { source, detailType, what }]) => {
    const rule = new cloudwatch.EventRule(
      `${childName}-${role}`,
      {
        description: `Karpenter: ${what}`,
        eventPattern: JSON.stringify({ source: [source], "detail-type": [detailType] }),
      },
      { ...opts, parent: queue },
    );
    new cloudwatch.EventTarget(`${childName}-${role}`, { rule: rule.name, arn: queue.arn }, { ...opts, parent: rule });
    return rule;
  });
  new sqs.QueuePolicy(
    childName,
    { queueUrl: queue.url, policy: queuePolicy(queue, rules) },
    { ...opts, parent: queue },
  );
  createAlarm(
    childName,
    {
      notify,
      audience: "ticket",
      summary: "Notices of instances that will go are not read: pods on them end without a successor.",
      runbook: "queue-stalled",
      metric: {
        namespace: "AWS/SQS",
        name: "ApproximateAgeOfOldestMessage",
        dimensions: { QueueName: queue.name },
        statistic: "Maximum",
        periodSeconds: 60,
      },
      comparison: "GreaterThanOrEqualToThreshold",
      threshold: CLUSTER_SERVICES.maxInterruptionAgeSeconds,
      periods: 3,
      // An idle queue reports nothing.
      whenDataIsMissing: "notBreaching",
    },
    { ...opts, parent: queue },
  );
  return queue;
}

function queuePolicy(queue: sqs.Queue, rules: readonly cloudwatch.EventRule[]): pulumi.Output<string> {
  return policyDocumentOutput([
    {
      Sid: "RulesSend",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
      Resource: queue.arn,
      Condition: { ArnEquals: { "aws:SourceArn": rules.map(({ arn }) => arn) } },
    },
    tlsOnly("sqs:*", queue.arn),
  ]);
}
