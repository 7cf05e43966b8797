import type { BucketOwnershipControlsArgs } from "@pulumi/aws/s3/index.js";

import { show } from "../../../core/finding.ts";
import type { BucketProps } from "../../lib/bucket.ts";
import { BUCKETS, partTypes } from "../../lib/bucket.ts";
import { reportOpenStatements } from "../../lib/resource-policy.ts";
import { resourceRule } from "../../lib/rule.ts";

/** Inputs of a bucket or of what sets its access: which of them, the type token tells. */
type Judged = Pick<BucketProps, "acl" | "policy"> & Partial<Pick<BucketOwnershipControlsArgs, "rule">>;

/** Lists that let in everybody, or everybody with any AWS account. */
const PUBLIC_ACLS: readonly string[] = ["public-read", "public-read-write", "authenticated-read"];

export const s3NoPublicAclPolicy = resourceRule<Judged>({
  name: "s3-no-public-acl-policy",
  description:
    "No list and no policy of a bucket lets everybody in, and lists do not count at all: the bucket's owner owns what is in it.",
  severity: "critical",
  checklist: ["NET-04", "SEC-14"],
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html",
  remediation: "Set objectOwnership to BucketOwnerEnforced, remove acl, and name principals in the policy.",
  types: [
    BUCKETS[0],
    BUCKETS[1],
    ...partTypes("Acl"),
    "aws:s3/bucketOwnershipControls:BucketOwnershipControls",
    "aws:s3/bucketPolicy:BucketPolicy",
  ],
  check(subject, report) {
    if (subject.acl !== undefined && PUBLIC_ACLS.includes(subject.acl)) {
      report({ property: "acl", found: show(subject.acl), required: "no public list" });
    }
    // Absent means that AWS enforces the owner: the default since April 2023.
    if (subject.rule !== undefined && subject.rule.objectOwnership !== "BucketOwnerEnforced") {
      report({
        property: "rule.objectOwnership",
        found: show(subject.rule.objectOwnership),
        required: "BucketOwnerEnforced",
      });
    }
    if ("policy" in subject) reportOpenStatements(subject.policy, "policy", report);
  },
});
