import type { BucketProps } from "../../lib/bucket.ts";
import { BUCKETS } from "../../lib/bucket.ts";
import { resourceRule } from "../../lib/rule.ts";

export const s3NoForceDestroy = resourceRule<BucketProps>({
  name: "s3-no-force-destroy",
  description:
    "A bucket with objects in it cannot be deleted by the program: one wrong line must not cost what years have gathered.",
  severity: "medium",
  checklist: ["DATA-10"],
  url: "https://www.pulumi.com/registry/packages/aws/api-docs/s3/bucket/",
  remediation: "Leave forceDestroy off; teardown empties buckets on purpose.",
  types: BUCKETS,
  check(bucket, report) {
    // Absent means false.
    if (bucket.forceDestroy === true) report({ property: "forceDestroy", found: "true", required: "false or absent" });
  },
});
