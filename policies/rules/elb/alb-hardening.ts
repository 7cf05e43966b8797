import type { LoadBalancerArgs } from "@pulumi/aws/lb/index.js";

import { isApplication, LOAD_BALANCERS } from "../../lib/balancer.ts";
import { show } from "../../lib/finding.ts";
import type { IngressProps } from "../../lib/ingress.ts";
import { annotationKey, balancerAnnotations, INGRESSES, isIngress } from "../../lib/ingress.ts";
import { resourceRule } from "../../lib/rule.ts";

const ATTRIBUTES = "load-balancer-attributes";
const DESYNC = "routing.http.desync_mitigation_mode";

export const albHardening = resourceRule<LoadBalancerArgs & IngressProps>({
  name: "alb-hardening",
  description:
    "Balancers drop malformed headers, do not let requests be smuggled past them, and cannot be deleted by one call.",
  severity: "medium",
  checklist: ["SEC-06", "NET-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
  remediation:
    "Set dropInvalidHeaderFields and enableDeletionProtection, and leave desyncMitigationMode at defensive or strictest.",
  types: [...LOAD_BALANCERS, ...INGRESSES],
  check(subject, report, { type }) {
    if (isIngress(type)) {
      const annotations = balancerAnnotations(subject, type);
      if (annotations?.judged(ATTRIBUTES) !== true) return;
      const attributes = annotations.pairs(ATTRIBUTES);
      for (const key of ["routing.http.drop_invalid_header_fields.enabled", "deletion_protection.enabled"]) {
        if (attributes.get(key) !== "true")
          report({
            property: annotationKey(ATTRIBUTES),
            found: `${key} ${show(attributes.get(key))}`,
            required: `${key}=true`,
          });
      }
      if (attributes.get(DESYNC) === "monitor")
        report({ property: annotationKey(ATTRIBUTES), found: `${DESYNC} monitor`, required: "defensive or strictest" });
      return;
    }
    // Both are off when absent.
    if (subject.enableDeletionProtection !== true)
      report({ property: "enableDeletionProtection", found: show(subject.enableDeletionProtection), required: "true" });
    if (!isApplication(subject)) return;
    if (subject.dropInvalidHeaderFields !== true)
      report({ property: "dropInvalidHeaderFields", found: show(subject.dropInvalidHeaderFields), required: "true" });
    // Absent means defensive.
    if (subject.desyncMitigationMode === "monitor")
      report({ property: "desyncMitigationMode", found: "monitor", required: "defensive or strictest" });
  },
});
