import type { LoadBalancerArgs } from "@pulumi/aws/lb/index.js";

import { BALANCER } from "../../../standards/balancer.ts";
import { LOAD_BALANCERS } from "../../lib/balancer.ts";
import { show } from "../../lib/finding.ts";
import type { IngressProps } from "../../lib/ingress.ts";
import { annotationKey, balancerAnnotations, INGRESSES, isIngress, isPublic } from "../../lib/ingress.ts";
import { resourceRule } from "../../lib/rule.ts";

const { exposureTag, publicExposure } = BALANCER;

export const albPublicByIntent = resourceRule<LoadBalancerArgs & IngressProps>({
  name: "alb-public-by-intent",
  description:
    "A balancer that the internet reaches says in a tag that it is meant to be: for balancers made without a word, public is the default.",
  severity: "medium",
  checklist: ["SEC-12", "NET-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/how-elastic-load-balancing-works.html",
  remediation: `Set internal to true, or the tag ${exposureTag}=${publicExposure}.`,
  types: [...LOAD_BALANCERS, ...INGRESSES],
  check(subject, report, { type }) {
    if (isIngress(type)) {
      const annotations = balancerAnnotations(subject, type);
      if (
        annotations === undefined ||
        !isPublic(annotations) ||
        annotations.pairs("tags").get(exposureTag) === publicExposure
      )
        return;
      report({
        property: annotationKey("scheme"),
        found: "internet-facing",
        required: `internal, or ${exposureTag}=${publicExposure} among the annotation tags`,
      });
      return;
    }
    // Absent means public.
    if (subject.internal === true || (subject.tags ?? {})[exposureTag] === publicExposure) return;
    report({
      property: "internal",
      found: show(subject.internal),
      required: `true, or the tag ${exposureTag}=${publicExposure}`,
    });
  },
});
