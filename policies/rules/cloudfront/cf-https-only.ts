import type { DistributionArgs } from "@pulumi/aws/cloudfront/index.js";

import { show } from "../../../core/finding.ts";
import { behaviorsOf, DISTRIBUTION } from "../../lib/distribution.ts";
import { resourceRule } from "../../lib/rule.ts";

export const cfHttpsOnly = resourceRule<DistributionArgs>({
  name: "cf-https-only",
  description:
    "No path of a distribution is served over plain HTTP: logins and pages could be read and changed on the way.",
  severity: "critical",
  checklist: ["SEC-02"],
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
  remediation: "Set viewerProtocolPolicy to https-only (APIs) or redirect-to-https (pages).",
  types: [DISTRIBUTION],
  check(distribution, report) {
    for (const { property, behavior } of behaviorsOf(distribution)) {
      const policy = behavior.viewerProtocolPolicy;
      if (policy === "https-only" || policy === "redirect-to-https") continue;
      report({
        property: `${property}.viewerProtocolPolicy`,
        found: show(policy),
        required: "https-only or redirect-to-https",
      });
    }
  },
});
