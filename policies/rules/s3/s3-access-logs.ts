import type { BucketProps } from "../../lib/bucket.ts";
import { BUCKETS, partsOf, takesAccessLogs } from "../../lib/bucket.ts";
import { given } from "../../lib/is-set.ts";
import { stackRule } from "../../lib/rule.ts";

export const s3AccessLogs = stackRule<BucketProps>({
  name: "s3-access-logs",
  description: "Requests to a bucket are on record, except for the bucket with the records, which would fill itself.",
  severity: "low",
  checklist: ["SEC-18", "LOG-05"],
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html",
  remediation: "Add a BucketLogging to a bucket of the same region.",
  type: BUCKETS,
  check(bucket, stack, report) {
    if (
      takesAccessLogs(stack, bucket) ||
      partsOf(stack, bucket, "Logging").length > 0 ||
      given(bucket.props.logging) !== undefined
    )
      return;
    report({ property: "(access logs)", found: "nothing", required: "a BucketLogging" });
  },
});
