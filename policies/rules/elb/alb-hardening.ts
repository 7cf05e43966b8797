import type { LoadBalancerArgs } from "@pulumi/aws/lb/index.js";

import { show } from "../../../core/finding.ts";
import { isApplication, LOAD_BALANCERS } from "../../lib/balancer.ts";
import { balancerRule } from "../../lib/balancer-rule.ts";

const SWITCHES = ["routing.http.drop_invalid_header_fields.enabled", "deletion_protection.enabled"];
const DESYNC = "routing.http.desync_mitigation_mode";
const SAFE_DESYNC = "defensive or strictest";

export const albHardening = balancerRule<LoadBalancerArgs>({
  name: "alb-hardening",
  description:
    "Balancers drop malformed headers, do not let requests be smuggled past them, and cannot be deleted by one call.",
  severity: "medium",
  checklist: ["SEC-06", "NET-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
  remediation:
    "Set dropInvalidHeaderFields and enableDeletionProtection, and leave desyncMitigationMode at defensive or strictest.",
  types: LOAD_BALANCERS,
  check(balancer, report) {
    // Both are off when absent.
    if (balancer.enableDeletionProtection !== true)
      report({
        property: "enableDeletionProtection",
        found: show(balancer.enableDeletionProtection),
        required: "true",
      });
    if (!isApplication(balancer)) return;
    if (balancer.dropInvalidHeaderFields !== true)
      report({ property: "dropInvalidHeaderFields", found: show(balancer.dropInvalidHeaderFields), required: "true" });
    // Absent means defensive.
    if (balancer.desyncMitigationMode === "monitor")
      report({ property: "desyncMitigationMode", found: "monitor", required: SAFE_DESYNC });
  },
  ingress(annotations, report) {
    const attributes = annotations.attributes();
    if (attributes === undefined) return;
    for (const key of SWITCHES) {
      const value = attributes.get(key);
      if (value !== "true") report.attribute(key, value, `${key}=true`);
    }
    if (attributes.get(DESYNC) === "monitor") report.attribute(DESYNC, "monitor", SAFE_DESYNC);
  },
});
