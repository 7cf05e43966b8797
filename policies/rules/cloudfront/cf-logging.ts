import type { DistributionArgs } from "@pulumi/aws/cloudfront/index.js";

import { DISTRIBUTION } from "../../lib/distribution.ts";
import { given } from "../../lib/is-set.ts";
import { stackRule } from "../../lib/rule.ts";

const SOURCE = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const DELIVERY = "aws:cloudwatch/logDelivery:LogDelivery";

export const cfLogging = stackRule<DistributionArgs>({
  name: "cf-logging",
  description:
    "Requests to a distribution are on record: without it nobody can say afterwards what an attacker asked for.",
  severity: "medium",
  checklist: ["SEC-18", "LOG-05"],
  url: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html",
  remediation: "Add a LogDeliverySource for the distribution and a LogDelivery from it, in us-east-1.",
  type: DISTRIBUTION,
  check(distribution, stack, report) {
    // The first generation of access logs, set on the distribution itself.
    if (given(distribution.props.loggingConfig) !== undefined) return;
    const sources = stack.referring(SOURCE, "resourceArn", distribution);
    if (sources.length === 0) {
      report({ property: "(access logs)", found: "nothing", required: "a source of log deliveries" });
    } else if (!sources.some((source) => stack.referring(DELIVERY, "deliverySourceName", source).length > 0)) {
      report({
        property: "(access logs)",
        found: "a source from which nothing is delivered",
        required: "a LogDelivery from the source",
      });
    }
  },
});
