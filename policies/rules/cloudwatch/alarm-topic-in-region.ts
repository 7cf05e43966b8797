import type { MetricAlarmArgs } from "@pulumi/aws/cloudwatch/index.js";
import type { KeyArgs } from "@pulumi/aws/kms/index.js";
import type { TopicArgs } from "@pulumi/aws/sns/index.js";
import type { PolicyResource } from "@pulumi/policy";

import type { Report, StackResource, StackView } from "../../lib/rule.ts";
import { stackRule } from "../../lib/rule.ts";

const TOPIC = "aws:sns/topic:Topic";
const KEY = "aws:kms/key:Key";
const KEY_POLICY = "aws:kms/keyPolicy:KeyPolicy";
const SERVICE = "cloudwatch.amazonaws.com";

interface Regional {
  readonly region?: string | undefined;
}

/** Region of the stack's providers, if they agree; what a resource without a region of its own lives in. */
function homeRegion(stack: StackView): string {
  const regions = new Set(stack.ofType<Regional>("pulumi:providers:aws").flatMap(({ props }) => props.region ?? []));
  return regions.size === 1 ? [...regions].join("") : "the provider's";
}

/** The region that the resource was given; before it exists, others are the provider's, whatever a preview puts there. */
function regionOf({ region }: Regional, home: string): string {
  return region !== undefined && /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) ? region : home;
}

/** Whether a key's own policy, or one beside it, lets CloudWatch use it. Without any, only the account's identities may. */
function admitsCloudWatch(key: StackResource<KeyArgs>, stack: StackView): boolean {
  const policies = [
    key.props.policy,
    ...stack.referring<{ readonly policy: string }>(KEY_POLICY, "keyId", key).map(({ props }) => props.policy),
  ];
  return policies.some((policy) => policy?.includes(`"${SERVICE}"`) === true);
}

function checkKey(topic: StackResource<TopicArgs>, stack: StackView, report: Report): void {
  const urns = (topic.propertyDependencies["kmsMasterKeyId"] ?? []).map(({ urn }) => urn);
  const keys = stack.ofType<KeyArgs>(KEY).filter(({ urn }) => urns.includes(urn));
  for (const key of keys) {
    if (!admitsCloudWatch(key, stack)) {
      report({
        property: "alarmActions",
        found: `${topic.name}, whose key ${key.name} does not admit ${SERVICE}`,
        required: "a key that does",
        fix: `Let ${SERVICE} use the key in its policy.`,
      });
    }
  }
  // A key from elsewhere may do; AWS' own never admits a service.
  if (keys.length === 0 && topic.props.kmsMasterKeyId === "alias/aws/sns") {
    report({
      property: "alarmActions",
      found: `${topic.name}, encrypted with AWS' own key`,
      required: `a topic whose key admits ${SERVICE}`,
      fix: "Encrypt the topic with a customer key.",
    });
  }
}

const isTopic = ({ type }: PolicyResource) => type === TOPIC;

export const alarmTopicInRegion = stackRule<MetricAlarmArgs>({
  name: "alarm-topic-in-region",
  description:
    "An alarm's topic is in the alarm's own region and its key admits CloudWatch; otherwise the alarm starts and nobody hears of it.",
  severity: "high",
  checklist: ["MON-22"],
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html",
  remediation: "Use a topic of the alarm's region.",
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  check(alarm, stack, report) {
    const home = homeRegion(stack);
    const region = regionOf(alarm.props, home);
    const urns = (alarm.propertyDependencies["alarmActions"] ?? []).filter(isTopic).map(({ urn }) => urn);
    for (const topic of stack.ofType<TopicArgs>(TOPIC).filter(({ urn }) => urns.includes(urn))) {
      const place = regionOf(topic.props, home);
      if (place !== region)
        report({ property: "alarmActions", found: `${topic.name} in ${place}`, required: `a topic in ${region}` });
      checkKey(topic, stack, report);
    }
  },
});
