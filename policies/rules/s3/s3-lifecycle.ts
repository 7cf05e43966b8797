import type { BucketLifecycleConfigurationArgs } from "@pulumi/aws/s3/index.js";

import { show } from "../../../core/finding.ts";
import { BUCKETS as LIMITS } from "../../../standards/buckets.ts";
import type { BucketProps } from "../../lib/bucket.ts";
import { BUCKETS, partsOf } from "../../lib/bucket.ts";
import { given, isSet } from "../../lib/is-set.ts";
import { stackRule } from "../../lib/rule.ts";

export const s3Lifecycle = stackRule<BucketProps>({
  name: "s3-lifecycle",
  description: "Buckets throw broken uploads and old versions away: both are paid for and seen by nobody.",
  severity: "low",
  checklist: ["DATA-15", "COST-06"],
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lifecycle-mgmt.html",
  remediation:
    "Add a BucketLifecycleConfiguration with abortIncompleteMultipartUpload and noncurrentVersionExpiration.",
  type: BUCKETS,
  check(bucket, stack, report) {
    const rules = partsOf<BucketLifecycleConfigurationArgs>(stack, bucket, "LifecycleConfiguration")
      .flatMap(({ props }) => props.rules ?? [])
      .filter(({ status }) => status === "Enabled");
    const days = rules
      .map(({ abortIncompleteMultipartUpload: abort }) => abort?.daysAfterInitiation)
      .find((found) => given(found) !== undefined);
    if (days === undefined || days > LIMITS.maxAbortIncompleteUploadDays) {
      report({
        property: "abortIncompleteMultipartUpload.daysAfterInitiation",
        found: show(days),
        required: `at most ${LIMITS.maxAbortIncompleteUploadDays} (days)`,
      });
    }
    if (!rules.some((rule) => isSet(rule, "noncurrentVersionExpiration"))) {
      report({ property: "noncurrentVersionExpiration", found: "nothing", required: "an end for old versions" });
    }
  },
});
