import type { DeliveryChannelArgs } from "@pulumi/aws/cfg/index.js";
import type { BucketObjectLockConfigurationArgs } from "@pulumi/aws/s3/index.js";

import type { Bucket } from "../../lib/bucket.ts";
import { BUCKETS, partsOf } from "../../lib/bucket.ts";
import { given } from "../../lib/is-set.ts";
import type { StackResource, StackView } from "../../lib/rule.ts";
import { stackRule } from "../../lib/rule.ts";

/** Buckets that the channel delivers into. */
function bucketsOf(stack: StackView, channel: StackResource<DeliveryChannelArgs>): Bucket[] {
  const urns = new Set((channel.propertyDependencies["s3BucketName"] ?? []).map(({ urn }) => urn));
  return BUCKETS.flatMap((type) => stack.ofType<Bucket["props"]>(type).filter(({ urn }) => urns.has(urn)));
}

export const configChannelUnlocked = stackRule<DeliveryChannelArgs>({
  name: "config-channel-unlocked",
  description:
    "AWS Config delivers into a bucket whose objects are not locked by default: into another it delivers nothing, and nobody is told.",
  severity: "high",
  checklist: ["LOG-05", "SEC-18"],
  url: "https://docs.aws.amazon.com/config/latest/developerguide/manage-delivery-channel.html",
  remediation:
    "Give AWS Config a bucket of its own without a default retention; refuse deletion by the bucket's policy.",
  type: "aws:cfg/deliveryChannel:DeliveryChannel",
  check(channel, stack, report) {
    for (const bucket of bucketsOf(stack, channel)) {
      const locks = partsOf<BucketObjectLockConfigurationArgs>(stack, bucket, "ObjectLockConfiguration");
      for (const { props } of locks) {
        if (given(props.rule?.defaultRetention) === undefined) continue;
        report({
          property: "s3BucketName",
          found: `${bucket.name}, whose objects are locked from the start`,
          required: "a bucket without a default retention",
        });
      }
    }
  },
});
