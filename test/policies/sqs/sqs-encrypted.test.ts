import { describe, expect, it } from "vitest";

import { sqsEncrypted } from "../../../policies/rules/sqs/sqs-encrypted.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const QUEUE = "aws:sqs/queue:Queue";
const absent = "sqsManagedSseEnabled is nothing, required true, or a key in kmsMasterKeyId";

describe(sqsEncrypted.name, () => {
  it.each([
    { title: "accepts a customer key", props: { kmsMasterKeyId: "alias/messages" }, findings: [] },
    { title: "accepts a key that is not known yet", props: { kmsMasterKeyId: UNKNOWN }, findings: [] },
    { title: "accepts the queue service's own encryption", props: { sqsManagedSseEnabled: true }, findings: [] },
    {
      title: "rejects encryption switched off",
      props: { sqsManagedSseEnabled: false },
      findings: [absent.replace("nothing", "false")],
    },
    { title: "rejects a queue that says nothing", props: {}, findings: [absent] },
    {
      title: "is undetermined while the switch is unknown",
      props: { sqsManagedSseEnabled: UNKNOWN },
      findings: ["undetermined: sqsManagedSseEnabled"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(sqsEncrypted, QUEUE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(sqsEncrypted, "aws:sqs/queuePolicy:QueuePolicy", {})).toEqual([]);
  });
});
