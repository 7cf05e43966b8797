import { describe, expect, it } from "vitest";

import { s3TlsOnly } from "../../../policies/rules/s3/s3-tls-only.ts";
import { bucket, part } from "../../support/buckets.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const REFUSAL = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const policy = (statement: object) =>
  part("Policy", { policy: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }) });

describe(s3TlsOnly.name, () => {
  it("accepts a bucket that refuses everything without TLS", async () => {
    expect(await evaluateStack(s3TlsOnly, [bucket(), policy(REFUSAL)])).toEqual([]);
    expect(await evaluateStack(s3TlsOnly, [bucket({ policy: JSON.stringify({ Statement: [REFUSAL] }) })])).toEqual([]);
  });

  it.each([
    ["that refuses one action only", { ...REFUSAL, Action: "s3:GetObject" }],
    ["that refuses one caller only", { ...REFUSAL, Principal: { AWS: "111122223333" } }],
    [
      "that refuses under a further condition only",
      {
        ...REFUSAL,
        Condition: { Bool: { "aws:SecureTransport": "false" }, StringEquals: { "aws:SourceVpc": "vpc-1" } },
      },
    ],
    ["that refuses calls with TLS", { ...REFUSAL, Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  ])("rejects a policy %s", async (_title, statement) => {
    expect(await evaluateStack(s3TlsOnly, [bucket(), policy(statement)])).toEqual([
      "files: (policy) is a policy that lets requests without TLS in, required a Deny of s3:* for everybody when aws:SecureTransport is false",
    ]);
  });

  it("rejects a bucket without a policy", async () => {
    expect(await evaluateStack(s3TlsOnly, [bucket()])).toEqual([
      "files: (policy) is nothing, required a Deny of s3:* for everybody when aws:SecureTransport is false",
    ]);
  });

  it("is undetermined while the policy is unknown", async () => {
    expect(await evaluateStack(s3TlsOnly, [bucket(), part("Policy", { policy: UNKNOWN })])).toEqual([
      "undetermined: policy",
    ]);
  });

  it("leaves a stack without buckets alone", async () => {
    expect(await evaluateStack(s3TlsOnly, [{ type: "aws:sqs/queue:Queue", name: "queue" }])).toEqual([]);
  });
});
