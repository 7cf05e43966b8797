import type { TargetGroupArgs } from "@pulumi/aws/lb/index.js";

import { show } from "../../../core/finding.ts";
import { TARGET_GROUPS } from "../../lib/balancer.ts";
import { balancerRule } from "../../lib/balancer-rule.ts";

const HTTP: readonly string[] = ["HTTP", "HTTPS"];
const REQUIRED = "a path that answers for the service's health";

export const albTargetHealth = balancerRule<TargetGroupArgs>({
  name: "alb-target-health",
  description:
    "Targets are asked for their health on a path of their own: the root page may answer well while the service behind it does not.",
  severity: "medium",
  checklist: ["NET-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
  remediation: "Set healthCheck.path, or the annotation healthcheck-path of the Ingress.",
  types: TARGET_GROUPS,
  check(group, report) {
    // Functions are not asked: their own errors tell.
    if (group.targetType === "lambda") return;
    const check = group.healthCheck;
    // Absent means on, with the root as path.
    if (check?.enabled === false)
      report({ property: "healthCheck.enabled", found: "false", required: "true or absent" });
    // Absent means HTTP, or for network balancers TCP, which knows no paths.
    const protocol = check?.protocol ?? (HTTP.includes(group.protocol ?? "") ? "HTTP" : "TCP");
    if (HTTP.includes(protocol) && check?.path === undefined)
      report({ property: "healthCheck.path", found: show(check?.path), required: REQUIRED });
  },
  ingress(annotations, report) {
    if (annotations.manages("healthcheck-path") && !annotations.isSet("healthcheck-path"))
      report.annotation("healthcheck-path", undefined, REQUIRED);
  },
});
