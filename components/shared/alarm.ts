import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Audience } from "../../standards/notify.ts";
import { NOTIFY } from "../../standards/notify.ts";
import type { Runbook } from "../../standards/runbooks.ts";
import type { Notify } from "../notify/notify.ts";
import { NOTHING_TO_KEEP } from "./nothing-to-keep.ts";

/** One metric, watched directly. */
export interface WatchedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, pulumi.Input<string>>>;
  readonly statistic: "Average" | "Maximum" | "Minimum" | "SampleCount" | "Sum" | `p${number}`;
  readonly periodSeconds: 60 | 300 | 900 | 3600 | 86400;
}

export interface AlarmArgs {
  readonly notify: Pick<Notify, "topicArns" | "usEast1TopicArns" | "runbookBaseUrl">;
  /** Who is told when the alarm starts and when it ends. */
  readonly audience: Audience;
  /** What it means for users, in one sentence. */
  readonly summary: string;
  /** Page that says what to do. */
  readonly runbook: Runbook;
  readonly metric: WatchedMetric;
  readonly comparison:
    | "GreaterThanThreshold"
    | "GreaterThanOrEqualToThreshold"
    | "LessThanThreshold"
    | "LessThanOrEqualToThreshold";
  readonly threshold: number;
  /** Periods that are looked at. */
  readonly periods: number;
  /** How many of them must be bad; absent: all. */
  readonly badPeriods?: number;
  /** What no data means, decided for each alarm: silence is health for an idle queue, and death for a heartbeat. */
  readonly whenDataIsMissing: "breaching" | "ignore" | "missing" | "notBreaching";
  /** True for metrics of global services (CloudFront, Route 53, billing), which exist in us-east-1 only; absent: false. */
  readonly global?: boolean;
}

const isPercentile = (statistic: WatchedMetric["statistic"]) => /^p\d/.test(statistic);

/**
 * An alarm that can be acted on: it tells the topic of its own region when it starts and when it ends, links to its
 * runbook, and decides what missing data means.
 */
export function createAlarm(name: string, args: AlarmArgs, opts: pulumi.CustomResourceOptions): cloudwatch.MetricAlarm {
  const { notify, metric } = args;
  const description = `${args.summary} Runbook: ${notify.runbookBaseUrl}/${args.runbook}.md`;
  if (description.length > NOTIFY.awsMaxAlarmDescription) throw new Error(`${name}: the alarm's summary is too long`);
  const topicArn = (args.global === true ? notify.usEast1TopicArns : notify.topicArns)[args.audience];
  return new cloudwatch.MetricAlarm(
    name,
    {
      ...(args.global === true ? { region: NOTIFY.globalRegion } : {}),
      alarmDescription: description,
      namespace: metric.namespace,
      metricName: metric.name,
      dimensions: { ...metric.dimensions },
      ...(isPercentile(metric.statistic) ? { extendedStatistic: metric.statistic } : { statistic: metric.statistic }),
      period: metric.periodSeconds,
      comparisonOperator: args.comparison,
      threshold: args.threshold,
      evaluationPeriods: args.periods,
      datapointsToAlarm: args.badPeriods ?? args.periods,
      treatMissingData: args.whenDataIsMissing,
      actionsEnabled: true,
      alarmActions: [topicArn],
      okActions: [topicArn],
    },
    { ...opts, ...NOTHING_TO_KEEP },
  );
}
