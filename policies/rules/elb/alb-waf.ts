import type { LoadBalancerArgs } from "@pulumi/aws/lb/index.js";

import { isApplication, LOAD_BALANCERS } from "../../lib/balancer.ts";
import type { IngressProps } from "../../lib/ingress.ts";
import { annotationKey, balancerAnnotations, INGRESSES, isIngress, isPublic } from "../../lib/ingress.ts";
import type { StackResource } from "../../lib/rule.ts";
import { stackRule } from "../../lib/rule.ts";

/** A resource of AWS or of Kubernetes: which of them, the type token tells. */
type Judged = LoadBalancerArgs & IngressProps;

const ASSOCIATION = "aws:wafv2/webAclAssociation:WebAclAssociation";
const MISSING = { found: "nothing", required: "a web ACL" };

function judgeIngress(
  { props, type }: StackResource<Judged>,
  report: (finding: { property: string; found: string; required: string }) => void,
): void {
  const annotations = balancerAnnotations(props, type);
  if (annotations === undefined || !isPublic(annotations)) return;
  // A web ACL that is made in the same run has no ARN yet, but is one all the same.
  if (!annotations.isSet("wafv2-acl-arn")) report({ property: annotationKey("wafv2-acl-arn"), ...MISSING });
}

export const albWaf = stackRule<Judged>({
  name: "alb-waf",
  description: "Balancers that the internet reaches stand behind a web ACL, also those that an Ingress makes.",
  severity: "medium",
  checklist: ["SEC-06", "SEC-08"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-waf.html",
  remediation: "Add a WebAclAssociation for the balancer, or the annotation wafv2-acl-arn to the Ingress.",
  type: [...LOAD_BALANCERS, ...INGRESSES],
  check(resource, stack, report) {
    if (isIngress(resource.type)) {
      judgeIngress(resource, report);
      return;
    }
    // Network balancers take no web ACL. Absent means that a balancer is public.
    if (!isApplication(resource.props) || resource.props.internal === true) return;
    if (stack.referring(ASSOCIATION, "resourceArn", resource).length === 0)
      report({ property: "(web ACL)", ...MISSING });
  },
});
