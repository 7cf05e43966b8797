import { describe, expect, it } from "vitest";

import { s3Versioning } from "../../../policies/rules/s3/s3-versioning.ts";
import { bucket, part } from "../../support/buckets.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const versioning = (status: string) => part("Versioning", { versioningConfiguration: { status } });

describe(s3Versioning.name, () => {
  it("accepts versions, beside the bucket or on it", async () => {
    expect(await evaluateStack(s3Versioning, [bucket(), versioning("Enabled")])).toEqual([]);
    expect(await evaluateStack(s3Versioning, [bucket({ versioning: { enabled: true } })])).toEqual([]);
  });

  it("does not ask the bucket, where the provider computes it, when something beside it says so", async () => {
    expect(await evaluateStack(s3Versioning, [bucket({ versioning: UNKNOWN }), versioning("Enabled")])).toEqual([]);
  });

  it("rejects versions that were stopped", async () => {
    expect(await evaluateStack(s3Versioning, [bucket(), versioning("Suspended")])).toEqual([
      "files: versioningConfiguration.status is Suspended, required Enabled",
    ]);
  });

  it("rejects a bucket without versions, which is what AWS makes", async () => {
    expect(await evaluateStack(s3Versioning, [bucket()])).toEqual([
      "files: versioningConfiguration.status is nothing, required Enabled",
    ]);
  });

  it("is undetermined while the status is unknown", async () => {
    expect(await evaluateStack(s3Versioning, [bucket(), versioning(UNKNOWN)])).toEqual([
      "undetermined: versioningConfiguration.status",
    ]);
  });

  it("leaves a stack without buckets alone", async () => {
    expect(await evaluateStack(s3Versioning, [{ type: "aws:sqs/queue:Queue", name: "queue" }])).toEqual([]);
  });
});
