import { describe, expect, it } from "vitest";

import { snsEncrypted } from "../../../policies/rules/sns/sns-encrypted.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TOPIC = "aws:sns/topic:Topic";

describe(snsEncrypted.name, () => {
  it.each([
    { title: "accepts a key", props: { kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" }, findings: [] },
    { title: "accepts a key that is not known yet", props: { kmsMasterKeyId: UNKNOWN }, findings: [] },
    {
      title: "rejects a topic without key, which AWS keeps in clear",
      props: {},
      findings: ["kmsMasterKeyId is nothing, required a key"],
    },
    {
      title: "rejects a topic that only names itself",
      props: { name: "news", fifoTopic: true },
      findings: ["kmsMasterKeyId is nothing, required a key"],
    },
    {
      title: "does not read what it need not know",
      props: { name: UNKNOWN, kmsMasterKeyId: "alias/messages" },
      findings: [],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(snsEncrypted, TOPIC, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(snsEncrypted, "aws:sns/topicPolicy:TopicPolicy", {})).toEqual([]);
  });
});
