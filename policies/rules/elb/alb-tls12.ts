import type { ListenerArgs } from "@pulumi/aws/lb/index.js";

import { BALANCER } from "../../../standards/balancer.ts";
import { LISTENERS } from "../../lib/balancer.ts";
import { show } from "../../lib/finding.ts";
import type { IngressProps } from "../../lib/ingress.ts";
import { annotationKey, balancerAnnotations, INGRESSES, isIngress } from "../../lib/ingress.ts";
import { resourceRule } from "../../lib/rule.ts";

const ALLOWED: readonly string[] = BALANCER.tlsPolicies;
const REQUIRED = `a policy with TLS 1.2 or newer only, for instance ${BALANCER.tlsPolicies[0]}`;

export const albTls12 = resourceRule<ListenerArgs & IngressProps>({
  name: "alb-tls12",
  description:
    "Listeners speak TLS 1.2 or newer with forward secrecy; the policy which AWS takes without a word allows TLS 1.0.",
  severity: "high",
  checklist: ["SEC-01", "SEC-04"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
  remediation: `Set sslPolicy, or the annotation ssl-policy of the Ingress, to ${BALANCER.tlsPolicies[0]}.`,
  types: [...LISTENERS, ...INGRESSES],
  check(subject, report, { type }) {
    if (isIngress(type)) {
      const annotations = balancerAnnotations(subject, type);
      if (annotations?.judged("ssl-policy") !== true || ALLOWED.includes(annotations.get("ssl-policy") ?? "")) return;
      report({ property: annotationKey("ssl-policy"), found: show(annotations.get("ssl-policy")), required: REQUIRED });
      return;
    }
    if (subject.protocol !== "HTTPS" && subject.protocol !== "TLS") return;
    if (!ALLOWED.includes(subject.sslPolicy ?? ""))
      report({ property: "sslPolicy", found: show(subject.sslPolicy), required: REQUIRED });
  },
});
