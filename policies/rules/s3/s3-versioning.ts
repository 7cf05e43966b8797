import type { BucketVersioningArgs } from "@pulumi/aws/s3/index.js";

import { show } from "../../../core/finding.ts";
import type { BucketProps } from "../../lib/bucket.ts";
import { BUCKETS, partsOf } from "../../lib/bucket.ts";
import { stackRule } from "../../lib/rule.ts";

export const s3Versioning = stackRule<BucketProps>({
  name: "s3-versioning",
  description:
    "Buckets keep old versions, so that what was overwritten or deleted by mistake can be fetched back; backups need them too.",
  severity: "medium",
  checklist: ["DATA-05", "DATA-10"],
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html",
  remediation: "Add a BucketVersioning with the status Enabled.",
  type: BUCKETS,
  check(bucket, stack, report) {
    const [versioning] = partsOf<BucketVersioningArgs>(stack, bucket, "Versioning");
    if (versioning === undefined && bucket.props.versioning?.enabled === true) return;
    const status = versioning?.props.versioningConfiguration.status;
    if (status !== "Enabled")
      report({ property: "versioningConfiguration.status", found: show(status), required: "Enabled" });
  },
});
