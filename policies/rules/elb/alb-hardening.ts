import type { LoadBalancerArgs } from "@pulumi/aws/lb/index.js";

import { show } from "../../../core/finding.ts";
import { isApplication, LOAD_BALANCERS } from "../../lib/balancer.ts";
import { balancerRule } from "../../lib/balancer-rule.ts";
import type { IngressProps } from "../../lib/ingress.ts";
import { INGRESS_CLASSES } from "../../lib/ingress.ts";
import type { Report } from "../../lib/rule.ts";

const DROP_INVALID = "routing.http.drop_invalid_header_fields.enabled";
const PROTECTION = "deletion_protection.enabled";
const DESYNC = "routing.http.desync_mitigation_mode";
const SAFE_DESYNC = "defensive or strictest";

/**
 * A balancer of Ingress objects is protected by the class's parameters. In an annotation the protection would keep the
 * controller from letting a single Ingress go, and from doing anything for the others of the group from then on.
 */
function judgeClass({ spec }: IngressProps, report: Report, type: string): void {
  if (type === INGRESS_CLASSES.type) {
    if (spec?.controller !== INGRESS_CLASSES.controller || spec.parameters !== undefined) return;
    report({ property: "spec.parameters", found: "nothing", required: `IngressClassParams with ${PROTECTION}=true` });
    return;
  }
  const value = spec?.loadBalancerAttributes?.find(({ key }) => key === PROTECTION)?.value;
  if (value !== "true")
    report({
      property: "spec.loadBalancerAttributes",
      found: `${PROTECTION} ${show(value)}`,
      required: `${PROTECTION}=true`,
    });
}

export const albHardening = balancerRule<LoadBalancerArgs>({
  name: "alb-hardening",
  description:
    "Balancers drop malformed headers, do not let requests be smuggled past them, and cannot be deleted by one call.",
  severity: "medium",
  checklist: ["SEC-06", "NET-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html",
  remediation:
    "Set dropInvalidHeaderFields and enableDeletionProtection (for Ingress objects in their class's IngressClassParams), and leave desyncMitigationMode at defensive or strictest.",
  types: [...LOAD_BALANCERS, INGRESS_CLASSES.type, INGRESS_CLASSES.parametersType],
  check(balancer, report, type) {
    if (type === INGRESS_CLASSES.type || type === INGRESS_CLASSES.parametersType) {
      judgeClass(balancer, report, type);
      return;
    }
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
    const dropped = attributes.get(DROP_INVALID);
    if (dropped !== "true") report.attribute(DROP_INVALID, dropped, `${DROP_INVALID}=true`);
    const protection = attributes.get(PROTECTION);
    if (protection === "true") report.attribute(PROTECTION, protection, "it in the class's IngressClassParams instead");
    if (attributes.get(DESYNC) === "monitor") report.attribute(DESYNC, "monitor", SAFE_DESYNC);
  },
});
