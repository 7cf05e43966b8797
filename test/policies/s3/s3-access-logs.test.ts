import { describe, expect, it } from "vitest";

import { s3AccessLogs } from "../../../policies/rules/s3/s3-access-logs.ts";
import { aboutFiles, bucket, part, recordedInFiles } from "../../support/buckets.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

describe(s3AccessLogs.name, () => {
  it("accepts a bucket whose requests are recorded", async () => {
    const records = { type: "aws:s3/bucket:Bucket", name: "records" };
    const logging = { ...part("Logging"), refers: { bucket: ["files"], targetBucket: ["records"] } };
    expect(await evaluateStack(s3AccessLogs, [bucket(), records, logging])).toEqual([]);
  });

  it("accepts the bucket with the records itself, of buckets and of balancers", async () => {
    expect(aboutFiles(await evaluateStack(s3AccessLogs, [bucket(), ...recordedInFiles]))).toEqual([]);
    const balancer = { type: "aws:lb/loadBalancer:LoadBalancer", name: "balancer", refers: { accessLogs: ["files"] } };
    expect(await evaluateStack(s3AccessLogs, [bucket(), balancer])).toEqual([]);
  });

  it("accepts records that are set on the bucket itself", async () => {
    expect(await evaluateStack(s3AccessLogs, [bucket({ logging: { targetBucket: "records" } })])).toEqual([]);
  });

  it("rejects a bucket without records, under both names of the type", async () => {
    for (const type of ["aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"]) {
      expect(await evaluateStack(s3AccessLogs, [bucket({}, type)])).toEqual([
        "files: (access logs) is nothing, required a BucketLogging",
      ]);
    }
  });

  it("is undetermined while what the bucket says is unknown", async () => {
    expect(await evaluateStack(s3AccessLogs, [bucket({ logging: UNKNOWN })])).toEqual(["undetermined: logging"]);
  });

  it("leaves a stack without buckets alone", async () => {
    expect(await evaluateStack(s3AccessLogs, [{ type: "aws:sqs/queue:Queue", name: "queue" }])).toEqual([]);
  });
});
