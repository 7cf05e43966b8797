import type { ListenerArgs } from "@pulumi/aws/lb/index.js";

import { show } from "../../../core/finding.ts";
import { LISTENERS } from "../../lib/balancer.ts";
import type { IngressReport } from "../../lib/balancer-rule.ts";
import { balancerRule } from "../../lib/balancer-rule.ts";
import type { BalancerAnnotations } from "../../lib/ingress.ts";
import { listenPorts } from "../../lib/ingress.ts";

/** Protocols whose content the balancer does not see: encryption is then the targets' business. */
const OPAQUE: readonly string[] = ["TCP", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"];

/** Plain HTTP is for redirecting all of it to a port that speaks HTTPS; the controller does that with HTTP_301. */
function judgeIngress(annotations: BalancerAnnotations, report: IngressReport): void {
  if (!annotations.manages("listen-ports")) return;
  const listeners = listenPorts(annotations);
  const written = annotations.get("listen-ports");
  if (listeners === undefined) {
    report.annotation("listen-ports", written, 'a list of listeners, for instance [{"HTTPS":443}]');
    return;
  }
  const secure = listeners.filter(({ protocol }) => protocol === "HTTPS").map(({ port }) => String(port));
  if (secure.length === 0) report.annotation("listen-ports", written, "a listener for HTTPS");
  if (secure.length === 0 || secure.length === listeners.length) return;
  // Read only where it decides: it may not be known yet.
  const redirect = annotations.get("ssl-redirect");
  if (!secure.includes(redirect ?? ""))
    report.annotation("ssl-redirect", redirect, `${secure.join(" or ")}: plain HTTP does nothing but redirect`);
}

export const albHttps = balancerRule<ListenerArgs>({
  name: "alb-https",
  description: "Listeners serve HTTPS; those for plain HTTP do nothing but redirect, for good.",
  severity: "critical",
  checklist: ["SEC-01", "SEC-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
  remediation:
    "Set protocol to HTTPS with a certificate, or make the only action a redirect to HTTPS with HTTP_301; for an Ingress, set listen-ports and ssl-redirect.",
  types: LISTENERS,
  check(listener, report) {
    // Absent means what the port suggests: 443 is HTTPS, everything else HTTP.
    const protocol = listener.protocol ?? (listener.port === 443 ? "HTTPS" : "HTTP");
    if (protocol === "HTTPS" || protocol === "TLS" || OPAQUE.includes(protocol)) return;
    const [action, ...others] = listener.defaultActions;
    const redirect = others.length === 0 && action?.type === "redirect" ? action.redirect : undefined;
    if (redirect === undefined) {
      report({
        property: "protocol",
        found: `${protocol} with ${show(action?.type)}`,
        required: "HTTPS, or HTTP with a redirect and nothing else",
      });
      return;
    }
    // An absent protocol keeps the one of the request.
    if (redirect.protocol !== "HTTPS")
      report({ property: "defaultActions[0].redirect.protocol", found: show(redirect.protocol), required: "HTTPS" });
    if (redirect.statusCode !== "HTTP_301")
      report({
        property: "defaultActions[0].redirect.statusCode",
        found: show(redirect.statusCode),
        required: "HTTP_301",
      });
  },
  ingress: judgeIngress,
});
