import type { DistributionArgs } from "@pulumi/aws/cloudfront/index.js";

import { DISTRIBUTION } from "../../lib/distribution.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const cfOac = resourceRule<DistributionArgs>({
  name: "cf-oac",
  description:
    "The CDN signs its requests to buckets, so that buckets need not be public and cannot be reached past the CDN.",
  severity: "high",
  checklist: ["NET-04", "SEC-06"],
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
  remediation:
    "Make an OriginAccessControl and name it in originAccessControlId; do not use the bucket's website address.",
  types: [DISTRIBUTION],
  check({ origins }, report) {
    for (const [index, origin] of origins.entries()) {
      const property = `origins[${index}]`;
      // A website address is public by nature, and CloudFront treats it as any other host.
      if ("customOriginConfig" in origin || "vpcOriginConfig" in origin) {
        if (/\.s3-website[.-]/.test(origin.domainName)) {
          report({
            property: `${property}.domainName`,
            found: "a bucket's website address",
            required: "the bucket's regional name with signed requests",
          });
        }
        continue;
      }
      const signed =
        isSet(origin, "originAccessControlId") ||
        (origin.s3OriginConfig !== undefined && isSet(origin.s3OriginConfig, "originAccessIdentity"));
      if (!signed)
        report({
          property: `${property}.originAccessControlId`,
          found: "nothing",
          required: "an origin access control",
        });
    }
  },
});
