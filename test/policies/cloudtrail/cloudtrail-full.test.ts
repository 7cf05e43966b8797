import { describe, expect, it } from "vitest";

import { cloudtrailFull } from "../../../policies/rules/cloudtrail/cloudtrail-full.ts";
import { evaluate, UNKNOWN } from "../../support/policy.ts";

const TRAIL = "aws:cloudtrail/trail:Trail";
const FULL = {
  isMultiRegionTrail: true,
  enableLogFileValidation: true,
  kmsKeyId: UNKNOWN,
  cloudWatchLogsGroupArn: UNKNOWN,
};

describe(cloudtrailFull.name, () => {
  it.each([
    { title: "accepts a full trail whose key and group come with the same deployment", props: FULL, findings: [] },
    {
      title: "rejects a trail of one region",
      props: { ...FULL, isMultiRegionTrail: false },
      findings: ["isMultiRegionTrail is false, required true"],
    },
    {
      title: "rejects a trail that is switched off",
      props: { ...FULL, enableLogging: false },
      findings: ["enableLogging is false, required true or absent"],
    },
    {
      title: "rejects absent settings, which AWS reads as off",
      props: {},
      findings: [
        "isMultiRegionTrail is nothing, required true",
        "enableLogFileValidation is nothing, required true",
        "kmsKeyId is nothing, required a customer key",
        "cloudWatchLogsGroupArn is nothing, required a log group",
      ],
    },
    {
      title: "is undetermined while a switch is unknown",
      props: { ...FULL, enableLogFileValidation: UNKNOWN },
      findings: ["undetermined: enableLogFileValidation"],
    },
  ])("$title", async ({ props, findings }) => {
    expect(await evaluate(cloudtrailFull, TRAIL, props)).toEqual(findings);
  });

  it("leaves other resource types alone", async () => {
    expect(await evaluate(cloudtrailFull, "aws:s3/bucket:Bucket", {})).toEqual([]);
  });
});
