import type { DistributionArgs } from "@pulumi/aws/cloudfront/index.js";

import { show } from "../../../core/finding.ts";
import { CDN } from "../../../standards/cdn.ts";
import { DISTRIBUTION } from "../../lib/distribution.ts";
import { resourceRule } from "../../lib/rule.ts";

const ALLOWED: readonly string[] = CDN.originTlsProtocols;

export const cfOriginTls = resourceRule<DistributionArgs>({
  name: "cf-origin-tls",
  description:
    "The way from the CDN to an origin is encrypted with TLS 1.2 or newer: it crosses the internet like any other.",
  severity: "high",
  checklist: ["SEC-01"],
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-cloudfront-to-custom-origin.html",
  remediation: "Set originProtocolPolicy to https-only and originSslProtocols to [TLSv1.2].",
  types: [DISTRIBUTION],
  check({ origins }, report) {
    for (const [index, { customOriginConfig }] of origins.entries()) {
      // Buckets have none: CloudFront always speaks TLS with them.
      if (customOriginConfig === undefined) continue;
      const property = `origins[${index}].customOriginConfig`;
      if (customOriginConfig.originProtocolPolicy !== "https-only") {
        report({
          property: `${property}.originProtocolPolicy`,
          found: show(customOriginConfig.originProtocolPolicy),
          required: "https-only",
        });
      }
      const weak = customOriginConfig.originSslProtocols.filter((protocol) => !ALLOWED.includes(protocol));
      if (weak.length > 0)
        report({
          property: `${property}.originSslProtocols`,
          found: weak.join(", "),
          required: `nothing but ${ALLOWED.join(", ")}`,
        });
    }
  },
});
