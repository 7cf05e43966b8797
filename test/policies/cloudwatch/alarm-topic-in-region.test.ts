import { describe, expect, it } from "vitest";

import { alarmTopicInRegion } from "../../../policies/rules/cloudwatch/alarm-topic-in-region.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const provider = { type: "pulumi:providers:aws", name: "aws", props: { region: "eu-west-1" } };
const alarm = (props = {}) => ({
  type: "aws:cloudwatch/metricAlarm:MetricAlarm",
  name: "alarm",
  props,
  refers: { alarmActions: ["topic"] },
});
const topic = (props = {}, kmsMasterKeyId = ["key"]) => ({
  type: "aws:sns/topic:Topic",
  name: "topic",
  props,
  refers: { kmsMasterKeyId },
});
const key = (policy: unknown = '{"Principal":{"Service":"cloudwatch.amazonaws.com"}}') => ({
  type: "aws:kms/key:Key",
  name: "key",
  props: { policy },
});
const virginia = { region: "us-east-1" };

const notAdmitted =
  "alarm: alarmActions is topic, whose key key does not admit cloudwatch.amazonaws.com, required a key that does";

describe(alarmTopicInRegion.name, () => {
  it.each([
    {
      title: "accepts alarm and topic in the provider's region",
      stack: [provider, alarm(), topic(), key()],
      findings: [],
    },
    {
      title: "accepts alarm and topic in another region",
      stack: [provider, alarm(virginia), topic(virginia), key()],
      findings: [],
    },
    {
      title: "accepts a region that is said by one and the provider's for the other",
      stack: [{ ...provider, props: virginia }, alarm(virginia), topic(), key()],
      findings: [],
    },
    {
      title: "rejects an alarm of a global service that tells a topic at home",
      stack: [provider, alarm(virginia), topic(), key()],
      findings: ["alarm: alarmActions is topic in eu-west-1, required a topic in us-east-1"],
    },
    {
      title: "rejects an alarm at home that tells a topic elsewhere",
      stack: [provider, alarm(), topic(virginia), key()],
      findings: ["alarm: alarmActions is topic in us-east-1, required a topic in eu-west-1"],
    },
    {
      title: "says it without a provider that has one region, too",
      stack: [alarm(virginia), topic(), key()],
      findings: ["alarm: alarmActions is topic in the provider's, required a topic in us-east-1"],
    },
    {
      title: "rejects a key that does not admit CloudWatch",
      stack: [provider, alarm(), topic(), key('{"Principal":{"Service":"events.amazonaws.com"}}')],
      findings: [notAdmitted],
    },
    {
      title: "rejects a key without policy, which admits no service",
      stack: [provider, alarm(), topic(), { ...key(), props: {} }],
      findings: [notAdmitted],
    },
    {
      title: "accepts a key policy beside the key",
      stack: [
        provider,
        alarm(),
        topic(),
        { ...key(), props: {} },
        { type: "aws:kms/keyPolicy:KeyPolicy", name: "policy", props: key().props, refers: { keyId: ["key"] } },
      ],
      findings: [],
    },
    {
      title: "rejects AWS' own key, which admits no service",
      stack: [provider, alarm(), topic({ kmsMasterKeyId: "alias/aws/sns" }, [])],
      findings: [
        "alarm: alarmActions is topic, encrypted with AWS' own key, required a topic whose key admits cloudwatch.amazonaws.com",
      ],
    },
    {
      title: "is undetermined while the key's policy is unknown",
      stack: [provider, alarm(), topic(), key(UNKNOWN)],
      findings: ["undetermined: policy"],
    },
    { title: "is silent about a topic that no alarm tells", stack: [provider, topic(), key("{}")], findings: [] },
  ])("$title", async ({ stack, findings }) => {
    expect(await evaluateStack(alarmTopicInRegion, stack)).toEqual(findings);
  });
});
