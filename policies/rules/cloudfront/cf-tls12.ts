import type { DistributionArgs } from "@pulumi/aws/cloudfront/index.js";

import { show } from "../../../core/finding.ts";
import { CDN } from "../../../standards/cdn.ts";
import { DISTRIBUTION } from "../../lib/distribution.ts";
import { resourceRule } from "../../lib/rule.ts";

export const cfTls12 = resourceRule<DistributionArgs>({
  name: "cf-tls12",
  description:
    "Distributions speak TLS 1.2 or newer with strong ciphers only; CloudFront's own certificate allows TLS 1.0.",
  severity: "high",
  checklist: ["SEC-01", "SEC-04"],
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/secure-connections-supported-viewer-protocols-ciphers.html",
  remediation:
    "Give the distribution a certificate of its own and set viewerCertificate.minimumProtocolVersion to TLSv1.2_2021.",
  types: [DISTRIBUTION],
  check({ viewerCertificate }, report) {
    if (viewerCertificate.cloudfrontDefaultCertificate === true) {
      report({
        property: "viewerCertificate.cloudfrontDefaultCertificate",
        found: "true",
        required: "a certificate of one's own",
      });
    }
    // Absent means TLSv1.
    const version = viewerCertificate.minimumProtocolVersion;
    if (!CDN.viewerTlsPolicies.some((allowed) => allowed === version)) {
      report({
        property: "viewerCertificate.minimumProtocolVersion",
        found: show(version),
        required: `one of ${CDN.viewerTlsPolicies.join(", ")}`,
      });
    }
  },
});
