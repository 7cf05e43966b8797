import type { LoadBalancerArgs } from "@pulumi/aws/lb/index.js";

import { show } from "../../../core/finding.ts";
import { LOAD_BALANCERS } from "../../lib/balancer.ts";
import { balancerRule } from "../../lib/balancer-rule.ts";
import { isSet } from "../../lib/is-set.ts";

const ENABLED = "access_logs.s3.enabled";
const BUCKET = "access_logs.s3.bucket";

export const albAccessLogs = balancerRule<LoadBalancerArgs>({
  name: "alb-access-logs",
  description: "Balancers record every request in a bucket, also those that an Ingress makes.",
  severity: "medium",
  checklist: ["SEC-18", "NET-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html",
  remediation: `Set accessLogs.enabled and bucket, or ${ENABLED} and ${BUCKET} among the Ingress' load-balancer-attributes.`,
  types: LOAD_BALANCERS,
  check({ accessLogs: logs }, report) {
    // Absent means off, also when a bucket is named.
    if (logs?.enabled !== true)
      report({ property: "accessLogs.enabled", found: show(logs?.enabled), required: "true" });
    else if (!isSet(logs, "bucket")) report({ property: "accessLogs.bucket", found: "nothing", required: "a bucket" });
  },
  ingress(annotations, report) {
    const attributes = annotations.attributes();
    if (attributes === undefined) return;
    if (attributes.get(ENABLED) !== "true") report.attribute(ENABLED, attributes.get(ENABLED), `${ENABLED}=true`);
    else if ((attributes.get(BUCKET) ?? "") === "")
      report.attribute(BUCKET, undefined, `${BUCKET} with a bucket's name`);
  },
});
