import type { DistributionArgs, ResponseHeadersPolicyArgs } from "@pulumi/aws/cloudfront/index.js";

import { show } from "../../../core/finding.ts";
import { CDN } from "../../../standards/cdn.ts";
import { behaviorsOf, DISTRIBUTION } from "../../lib/distribution.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

type Judged = DistributionArgs | ResponseHeadersPolicyArgs;

const HSTS = "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec";

export const cfSecurityHeaders = resourceRule<Judged>({
  name: "cf-security-headers",
  description: `Every answer of a distribution carries security headers, and browsers are told to insist on HTTPS for ${CDN.minHstsSeconds} seconds at least.`,
  severity: "low",
  checklist: ["SEC-03", "SEC-04", "SEC-07"],
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
  remediation:
    "Set responseHeadersPolicyId on every behaviour, to a policy with strictTransportSecurity of a year and without wildcards for CORS.",
  types: [DISTRIBUTION, "aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy"],
  check(subject, report) {
    if ("defaultCacheBehavior" in subject) {
      for (const { property, behavior } of behaviorsOf(subject)) {
        if (!isSet(behavior, "responseHeadersPolicyId"))
          report({
            property: `${property}.responseHeadersPolicyId`,
            found: "nothing",
            required: "a response headers policy",
          });
      }
      return;
    }
    const seconds = subject.securityHeadersConfig?.strictTransportSecurity?.accessControlMaxAgeSec;
    if (seconds === undefined || seconds < CDN.minHstsSeconds) {
      report({ property: HSTS, found: show(seconds), required: `at least ${CDN.minHstsSeconds} (seconds)` });
    }
    const open = (subject.corsConfig?.accessControlAllowOrigins.items ?? []).filter((origin) => origin.includes("*"));
    if (open.length > 0)
      report({
        property: "corsConfig.accessControlAllowOrigins",
        found: open.join(", "),
        required: "sites by name, without a wildcard",
      });
  },
});
