import type { LoadBalancerArgs } from "@pulumi/aws/lb/index.js";

import { LOAD_BALANCERS } from "../../lib/balancer.ts";
import { show } from "../../lib/finding.ts";
import type { IngressProps } from "../../lib/ingress.ts";
import { annotationKey, balancerAnnotations, INGRESSES, isIngress } from "../../lib/ingress.ts";
import { resourceRule } from "../../lib/rule.ts";

const ATTRIBUTES = "load-balancer-attributes";

export const albAccessLogs = resourceRule<LoadBalancerArgs & IngressProps>({
  name: "alb-access-logs",
  description: "Balancers record every request in a bucket, also those that an Ingress makes.",
  severity: "medium",
  checklist: ["SEC-18", "NET-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
  remediation:
    "Set accessLogs.enabled and bucket, or access_logs.s3.enabled and access_logs.s3.bucket among the Ingress' load-balancer-attributes.",
  types: [...LOAD_BALANCERS, ...INGRESSES],
  check(subject, report, { type }) {
    if (isIngress(type)) {
      const annotations = balancerAnnotations(subject, type);
      if (annotations?.judged(ATTRIBUTES) !== true) return;
      const attributes = annotations.pairs(ATTRIBUTES);
      if (attributes.get("access_logs.s3.enabled") !== "true") {
        report({
          property: annotationKey(ATTRIBUTES),
          found: `access_logs.s3.enabled ${show(attributes.get("access_logs.s3.enabled"))}`,
          required: "access_logs.s3.enabled=true",
        });
      } else if ((attributes.get("access_logs.s3.bucket") ?? "") === "") {
        report({
          property: annotationKey(ATTRIBUTES),
          found: "access_logs.s3.bucket nothing",
          required: "access_logs.s3.bucket with a bucket's name",
        });
      }
      return;
    }
    // Absent means off, also when a bucket is named.
    const logs = subject.accessLogs;
    if (logs?.enabled !== true)
      report({ property: "accessLogs.enabled", found: show(logs?.enabled), required: "true" });
    else if (!("bucket" in logs)) report({ property: "accessLogs.bucket", found: "nothing", required: "a bucket" });
  },
});
