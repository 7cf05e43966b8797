import type { ListenerArgs } from "@pulumi/aws/lb/index.js";

import { show } from "../../../core/finding.ts";
import { BALANCER } from "../../../standards/balancer.ts";
import { LISTENERS } from "../../lib/balancer.ts";
import { balancerRule } from "../../lib/balancer-rule.ts";

const ALLOWED: readonly string[] = BALANCER.tlsPolicies;
const REQUIRED = `a policy with TLS 1.2 or newer only, for instance ${BALANCER.tlsPolicy}`;

export const albTls12 = balancerRule<ListenerArgs>({
  name: "alb-tls12",
  description:
    "Listeners speak TLS 1.2 or newer with forward secrecy; the policy which AWS takes without a word allows TLS 1.0.",
  severity: "high",
  checklist: ["SEC-01", "SEC-04"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
  remediation: `Set sslPolicy, or the annotation ssl-policy of the Ingress, to ${BALANCER.tlsPolicy}.`,
  types: LISTENERS,
  check(listener, report) {
    if (listener.protocol !== "HTTPS" && listener.protocol !== "TLS") return;
    if (!ALLOWED.includes(listener.sslPolicy ?? ""))
      report({ property: "sslPolicy", found: show(listener.sslPolicy), required: REQUIRED });
  },
  ingress(annotations, report) {
    if (!annotations.manages("ssl-policy")) return;
    const policy = annotations.get("ssl-policy");
    if (!ALLOWED.includes(policy ?? "")) report.annotation("ssl-policy", policy, REQUIRED);
  },
});
