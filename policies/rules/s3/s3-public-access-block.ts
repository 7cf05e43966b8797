import type { BucketPublicAccessBlockArgs } from "@pulumi/aws/s3/index.js";

import { show } from "../../../core/finding.ts";
import type { BucketProps } from "../../lib/bucket.ts";
import { BUCKETS, partsOf } from "../../lib/bucket.ts";
import { stackRule } from "../../lib/rule.ts";

const FLAGS = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

export const s3PublicAccessBlock = stackRule<BucketProps>({
  name: "s3-public-access-block",
  description:
    "Every bucket blocks every way of becoming public, whatever its policy or its objects' lists will say one day.",
  severity: "high",
  checklist: ["NET-04", "SEC-14"],
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
  remediation: "Add a BucketPublicAccessBlock with all four settings true.",
  type: BUCKETS,
  check(bucket, stack, report) {
    const blocks = partsOf<BucketPublicAccessBlockArgs>(stack, bucket, "PublicAccessBlock");
    if (blocks.length === 0)
      report({ property: "(public access block)", found: "nothing", required: "a block with all four settings" });
    for (const { props } of blocks) {
      // Absent means false.
      for (const flag of FLAGS)
        if (props[flag] !== true) report({ property: flag, found: show(props[flag]), required: "true" });
    }
  },
});
