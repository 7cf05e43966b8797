import { describe, expect, it } from "vitest";

import { configChannelUnlocked } from "../../../policies/rules/config/config-channel-unlocked.ts";
import { bucket, part } from "../../support/buckets.ts";
import { evaluateStack, UNKNOWN } from "../../support/policy.ts";

const channel = {
  type: "aws:cfg/deliveryChannel:DeliveryChannel",
  name: "recorder",
  refers: { s3BucketName: ["files"] },
};
const lock = (rule: unknown) => part("ObjectLockConfiguration", { rule });

describe(configChannelUnlocked.name, () => {
  it("accepts a bucket without a lock, and one whose lock has no default", async () => {
    expect(await evaluateStack(configChannelUnlocked, [channel, bucket()])).toEqual([]);
    expect(await evaluateStack(configChannelUnlocked, [channel, bucket(), lock(undefined)])).toEqual([]);
    expect(await evaluateStack(configChannelUnlocked, [channel, bucket(), lock(null)])).toEqual([]);
  });

  it("rejects a bucket whose objects are locked from the start, whatever the mode", async () => {
    for (const mode of ["GOVERNANCE", "COMPLIANCE"])
      expect(
        await evaluateStack(configChannelUnlocked, [channel, bucket(), lock({ defaultRetention: { mode, days: 1 } })]),
      ).toEqual([
        "recorder: s3BucketName is files, whose objects are locked from the start, required a bucket without a default retention",
      ]);
  });

  it("leaves a locked bucket alone that AWS Config does not deliver into", async () => {
    const other = { ...channel, refers: {} };
    const locked = lock({ defaultRetention: { mode: "GOVERNANCE", days: 1 } });
    expect(await evaluateStack(configChannelUnlocked, [other, bucket(), locked])).toEqual([]);
  });

  it("is undetermined while the lock's rule is unknown", async () => {
    expect(await evaluateStack(configChannelUnlocked, [channel, bucket(), lock(UNKNOWN)])).toEqual([
      "undetermined: rule",
    ]);
  });
});
