import type { LoadBalancerArgs } from "@pulumi/aws/lb/index.js";

import { show } from "../../../core/finding.ts";
import { BALANCER } from "../../../standards/balancer.ts";
import { LOAD_BALANCERS } from "../../lib/balancer.ts";
import { balancerRule } from "../../lib/balancer-rule.ts";
import { isPublic } from "../../lib/ingress.ts";

const { exposureTag, publicExposure } = BALANCER;

export const albPublicByIntent = balancerRule<LoadBalancerArgs>({
  name: "alb-public-by-intent",
  description:
    "A balancer that the internet reaches says in a tag that it is meant to be: for balancers made without a word, public is the default.",
  severity: "medium",
  checklist: ["SEC-12", "NET-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html",
  remediation: `Set internal to true, or the tag ${exposureTag}=${publicExposure}.`,
  types: LOAD_BALANCERS,
  check(balancer, report) {
    // Absent means public.
    if (balancer.internal === true || (balancer.tags ?? {})[exposureTag] === publicExposure) return;
    report({
      property: "internal",
      found: show(balancer.internal),
      required: `true, or the tag ${exposureTag}=${publicExposure}`,
    });
  },
  ingress(annotations, report) {
    if (!isPublic(annotations) || annotations.pairs("tags").get(exposureTag) === publicExposure) return;
    const required = `internal, or ${exposureTag}=${publicExposure} among the annotation tags`;
    report.annotation("scheme", "internet-facing", required);
  },
});
