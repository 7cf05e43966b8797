import { describe, expect, it } from "vitest";

import { logsCmk } from "../../../policies/rules/logs/logs-cmk.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const GROUP = "aws:cloudwatch/logGroup:LogGroup";

describe(logsCmk.name, () => {
  it.each([
    {
      title: "accepts a group under a customer key",
      type: GROUP,
      props: { kmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1" },
      findings: [],
    },
    {
      title: "accepts a key that is made with the same deployment",
      type: GROUP,
      props: { kmsKeyId: UNKNOWN },
      findings: [],
    },
    {
      title: "rejects a group without key, which AWS encrypts under its own",
      type: GROUP,
      props: {},
      findings: ["kmsKeyId is nothing, required the ARN of a customer key"],
    },
    {
      title: "rejects it whatever else is unknown",
      type: GROUP,
      props: { name: UNKNOWN },
      findings: ["kmsKeyId is nothing, required the ARN of a customer key"],
    },
    { title: "leaves other resource types alone", type: "aws:cloudwatch/logStream:LogStream", props: {}, findings: [] },
  ])("$title", async ({ type, props, findings }) => {
    expect(await evaluate(logsCmk, type, props)).toEqual(findings);
  });
});
