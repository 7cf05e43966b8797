import { describe, expect, it } from "vitest";

import { s3Encrypted } from "../../../policies/rules/s3/s3-encrypted.ts";
import { bucket, part, recordedInFiles } from "../../support/buckets.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const KEY = { kmsMasterKeyId: "arn:aws:kms:eu-west-1:111122223333:key/data" };
const encryption = (sseAlgorithm: string, key: object = {}) =>
  part("ServerSideEncryptionConfiguration", {
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm, ...key } }],
  });
const CMK = { rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", ...KEY } }] };

describe(s3Encrypted.name, () => {
  it("accepts a customer key, also one that is only being made", async () => {
    expect(await evaluateStack(s3Encrypted, [bucket(), encryption("aws:kms", KEY)])).toEqual([]);
    expect(
      await evaluateStack(s3Encrypted, [bucket(), encryption("aws:kms:dsse", { kmsMasterKeyId: UNKNOWN })]),
    ).toEqual([]);
  });

  it("accepts a customer key that is set on the bucket itself", async () => {
    const rule = { applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", ...KEY } };
    expect(await evaluateStack(s3Encrypted, [bucket({ serverSideEncryptionConfiguration: { rule } })])).toEqual([]);
  });

  it("rejects S3's own key for data", async () => {
    expect(await evaluateStack(s3Encrypted, [bucket(), encryption("AES256")])).toEqual([
      "files: sseAlgorithm is AES256, required aws:kms (AES256 only where S3 or balancers write access logs)",
    ]);
  });

  it("accepts S3's own key where S3 writes access logs, which can use no other", async () => {
    const stack = [
      bucket(),
      encryption("AES256"),
      ...recordedInFiles,
      part("ServerSideEncryptionConfiguration", CMK, "other"),
    ];
    expect(await evaluateStack(s3Encrypted, stack)).toEqual([]);
  });

  it("rejects the account's AWS managed key, which is what an absent key means", async () => {
    expect(await evaluateStack(s3Encrypted, [bucket(), encryption("aws:kms")])).toEqual([
      "files: kmsMasterKeyId is nothing, required a customer key",
    ]);
  });

  it("rejects a bucket that says nothing", async () => {
    // AWS encrypts what says nothing under S3's own key since 2023, and answers so.
    const imported = [
      "files: sseAlgorithm is AES256, required aws:kms (AES256 only where S3 or balancers write access logs)",
    ];
    expect(await evaluateStack(s3Encrypted, [bucket()], {}, { imported })).toEqual([
      "files: (encryption) is nothing, required aws:kms with a customer key",
    ]);
  });

  it("is undetermined while the algorithm is unknown", async () => {
    expect(await evaluateStack(s3Encrypted, [bucket(), encryption(UNKNOWN, KEY)])).toEqual([
      "undetermined: rules.0.applyServerSideEncryptionByDefault.sseAlgorithm",
    ]);
  });

  it("leaves a stack without buckets alone", async () => {
    expect(await evaluateStack(s3Encrypted, [{ type: "aws:sqs/queue:Queue", name: "queue" }])).toEqual([]);
  });
});
