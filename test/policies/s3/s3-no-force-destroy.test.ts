import { describe, expect, it } from "vitest";

import { s3NoForceDestroy } from "../../../policies/rules/s3/s3-no-force-destroy.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TYPE = "aws:s3/bucket:Bucket";

describe(s3NoForceDestroy.name, () => {
  it.each<{ title: string; props: Record<string, unknown>; findings: string[] }>([
    { title: "accepts a bucket that must be emptied on purpose", props: { forceDestroy: false }, findings: [] },
    { title: "accepts an absent switch, which AWS reads as off", props: {}, findings: [] },
    {
      title: "rejects a bucket that goes with all it holds",
      props: { forceDestroy: true },
      findings: ["forceDestroy is true, required false or absent"],
    },
    {
      title: "is undetermined while the switch is unknown",
      props: { forceDestroy: UNKNOWN },
      findings: ["undetermined: forceDestroy"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(s3NoForceDestroy, TYPE, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(s3NoForceDestroy, "aws:s3/bucketPolicy:BucketPolicy", {})).toEqual([]);
  });

  it("judges the older name of the type too", async () => {
    expect(await evaluate(s3NoForceDestroy, "aws:s3/bucketV2:BucketV2", { forceDestroy: true })).toHaveLength(1);
  });
});
