import { describe, expect, it } from "vitest";

import { s3Lifecycle } from "../../../policies/rules/s3/s3-lifecycle.ts";
import { bucket, part } from "../../support/buckets.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const ABORT = (daysAfterInitiation: number) => ({ abortIncompleteMultipartUpload: { daysAfterInitiation } });
const OLD = { noncurrentVersionExpiration: { noncurrentDays: 30 } };
const lifecycle = (...rules: object[]) =>
  part("LifecycleConfiguration", { rules: rules.map((rule) => ({ status: "Enabled", ...rule })) });

describe(s3Lifecycle.name, () => {
  it("accepts an end for broken uploads and old versions", async () => {
    expect(await evaluateStack(s3Lifecycle, [bucket(), lifecycle({ ...ABORT(30), ...OLD })])).toEqual([]);
  });

  it("accepts them in two rules", async () => {
    expect(await evaluateStack(s3Lifecycle, [bucket(), lifecycle(ABORT(7), OLD)])).toEqual([]);
  });

  it("rejects one day above the ceiling", async () => {
    expect(await evaluateStack(s3Lifecycle, [bucket(), lifecycle({ ...ABORT(31), ...OLD })])).toEqual([
      "files: abortIncompleteMultipartUpload.daysAfterInitiation is 31, required at most 30 (days)",
    ]);
  });

  it("rejects old versions without an end", async () => {
    expect(await evaluateStack(s3Lifecycle, [bucket(), lifecycle(ABORT(7))])).toEqual([
      "files: noncurrentVersionExpiration is nothing, required an end for old versions",
    ]);
  });

  it("rejects a bucket without rules, and rules that are off", async () => {
    expect(await evaluateStack(s3Lifecycle, [bucket()])).toHaveLength(2);
    expect(
      await evaluateStack(s3Lifecycle, [bucket(), lifecycle({ ...ABORT(7), ...OLD, status: "Disabled" })]),
    ).toHaveLength(2);
  });

  it("is undetermined while the rules are unknown", async () => {
    expect(await evaluateStack(s3Lifecycle, [bucket(), part("LifecycleConfiguration", { rules: UNKNOWN })])).toEqual([
      "undetermined: rules",
    ]);
  });

  it("leaves a stack without buckets alone", async () => {
    expect(await evaluateStack(s3Lifecycle, [{ type: "aws:sqs/queue:Queue", name: "queue" }])).toEqual([]);
  });
});
