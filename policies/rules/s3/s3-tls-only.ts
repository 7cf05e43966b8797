import type { BucketPolicyArgs } from "@pulumi/aws/s3/index.js";

import type { BucketProps } from "../../lib/bucket.ts";
import { BUCKETS, partsOf } from "../../lib/bucket.ts";
import { given } from "../../lib/is-set.ts";
import { refusesWithoutTls } from "../../lib/resource-policy.ts";
import { stackRule } from "../../lib/rule.ts";

export const s3TlsOnly = stackRule<BucketProps>({
  name: "s3-tls-only",
  description: "Buckets refuse requests without TLS, whoever makes them.",
  severity: "medium",
  checklist: ["SEC-01", "SEC-02"],
  url: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html",
  remediation: "Add a BucketPolicy that denies s3:* to everybody when aws:SecureTransport is false.",
  type: BUCKETS,
  check(bucket, stack, report) {
    const beside = partsOf<BucketPolicyArgs>(stack, bucket, "Policy").map(({ props }) => props.policy);
    const policies = beside.length > 0 ? beside : [given(bucket.props.policy) ?? []].flat();
    if (
      !policies.some((policy) => refusesWithoutTls(policy, "s3:GetObject") && refusesWithoutTls(policy, "s3:PutObject"))
    ) {
      report({
        property: "(policy)",
        found: policies.length === 0 ? "nothing" : "a policy that lets requests without TLS in",
        required: "a Deny of s3:* for everybody when aws:SecureTransport is false",
      });
    }
  },
});
