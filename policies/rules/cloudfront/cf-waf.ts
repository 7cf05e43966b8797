import type { DistributionArgs } from "@pulumi/aws/cloudfront/index.js";

import { DISTRIBUTION } from "../../lib/distribution.ts";
import { isSet } from "../../lib/is-set.ts";
import { resourceRule } from "../../lib/rule.ts";

export const cfWaf = resourceRule<DistributionArgs>({
  name: "cf-waf",
  description:
    "Every distribution stands behind a web ACL: the edge is the only place that knows visitors by their addresses.",
  severity: "high",
  checklist: ["SEC-06", "SEC-08"],
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/distribution-web-awswaf.html",
  remediation: "Set webAclId to the ARN of a web ACL with the scope CLOUDFRONT.",
  types: [DISTRIBUTION],
  check(distribution, report) {
    if (!isSet(distribution, "webAclId")) report({ property: "webAclId", found: "nothing", required: "a web ACL" });
  },
});
