import { describe, expect, it } from "vitest";

import { s3PublicAccessBlock } from "../../../policies/rules/s3/s3-public-access-block.ts";
import { bucket, part } from "../../support/buckets.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const ALL = { blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true };

describe(s3PublicAccessBlock.name, () => {
  it("accepts a bucket that blocks all four ways", async () => {
    expect(await evaluateStack(s3PublicAccessBlock, [bucket(), part("PublicAccessBlock", ALL)])).toEqual([]);
  });

  it.each(Object.keys(ALL))("rejects a block without %s, which AWS reads as off", async (flag) => {
    const rest = Object.fromEntries(Object.entries(ALL).filter(([key]) => key !== flag));
    const imported = [`files: ${flag} is false, required true`];
    expect(
      await evaluateStack(s3PublicAccessBlock, [bucket(), part("PublicAccessBlock", rest)], {}, { imported }),
    ).toEqual([`files: ${flag} is nothing, required true`]);
  });

  it("rejects a bucket without a block, and does not take another bucket's for its own", async () => {
    const missing = ["files: (public access block) is nothing, required a block with all four settings"];
    expect(await evaluateStack(s3PublicAccessBlock, [bucket()])).toEqual(missing);
    const other = [{ type: "aws:s3/bucketV2:BucketV2", name: "other" }, part("PublicAccessBlock", ALL, "other")];
    expect(await evaluateStack(s3PublicAccessBlock, [bucket(), ...other])).toEqual(missing);
  });

  it("is undetermined while a setting is unknown", async () => {
    expect(
      await evaluateStack(s3PublicAccessBlock, [
        bucket(),
        part("PublicAccessBlock", { ...ALL, blockPublicAcls: UNKNOWN }),
      ]),
    ).toEqual(["undetermined: blockPublicAcls"]);
  });

  it("leaves a stack without buckets alone", async () => {
    expect(await evaluateStack(s3PublicAccessBlock, [{ type: "aws:sqs/queue:Queue", name: "queue" }])).toEqual([]);
  });
});
