import type { DistributionArgs, ResponseHeadersPolicyArgs } from "@pulumi/aws/cloudfront/index.js";
import type { Unwrap } from "@pulumi/pulumi";

import { show } from "../../../core/finding.ts";
import { CDN } from "../../../standards/cdn.ts";
import { behaviorsOf, DISTRIBUTION } from "../../lib/distribution.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

type Judged = DistributionArgs | ResponseHeadersPolicyArgs;

const HSTS = "securityHeadersConfig.strictTransportSecurity.accessControlMaxAgeSec";

type SecurityHeaders = NonNullable<Unwrap<ResponseHeadersPolicyArgs["securityHeadersConfig"]>>;

/** Headers without which browsers protect less than they can; a policy that says frame-ancestors needs no other word on frames. */
function missingHeaders(headers: SecurityHeaders): { property: string; required: string }[] {
  const contentSecurityPolicy = headers.contentSecurityPolicy ?? { contentSecurityPolicy: "" };
  const frameOptions = headers.frameOptions ?? { frameOption: "" };
  const saysWhatLoads = isSet(contentSecurityPolicy, "contentSecurityPolicy");
  const saysWhoFrames =
    isSet(frameOptions, "frameOption") || contentSecurityPolicy.contentSecurityPolicy.includes("frame-ancestors");
  return [
    ...(saysWhatLoads ? [] : [{ property: "contentSecurityPolicy", required: "what pages may load" }]),
    ...(saysWhoFrames ? [] : [{ property: "frameOptions", required: "DENY or SAMEORIGIN" }]),
    ...(isSet(headers, "contentTypeOptions") ? [] : [{ property: "contentTypeOptions", required: "nosniff" }]),
  ];
}

export const cfSecurityHeaders = resourceRule<Judged>({
  name: "cf-security-headers",
  description: `Every answer of a distribution carries the headers that stop injected scripts, frames of others and guessed types, and browsers are told to insist on HTTPS for ${CDN.minHstsSeconds} seconds at least.`,
  severity: "low",
  checklist: ["SEC-03", "SEC-04", "SEC-07"],
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
  remediation:
    "Set responseHeadersPolicyId on every behaviour, to a policy with strictTransportSecurity of a year, contentSecurityPolicy, frameOptions and contentTypeOptions, and without wildcards for CORS.",
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
    for (const lack of missingHeaders(subject.securityHeadersConfig ?? {}))
      report({ ...lack, property: `securityHeadersConfig.${lack.property}`, found: "nothing" });
    const open = (subject.corsConfig?.accessControlAllowOrigins.items ?? []).filter((origin) => origin.includes("*"));
    if (open.length > 0)
      report({
        property: "corsConfig.accessControlAllowOrigins",
        found: open.join(", "),
        required: "sites by name, without a wildcard",
      });
  },
});
