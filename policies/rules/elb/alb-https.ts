import type { ListenerArgs } from "@pulumi/aws/lb/index.js";

import { LISTENERS } from "../../lib/balancer.ts";
import { show } from "../../lib/finding.ts";
import type { BalancerAnnotations, IngressProps } from "../../lib/ingress.ts";
import { annotationKey, balancerAnnotations, INGRESSES, isIngress, listenPorts } from "../../lib/ingress.ts";
import type { Report } from "../../lib/rule.ts";
import { resourceRule } from "../../lib/rule.ts";

/** Protocols whose content the balancer does not see: encryption is then the targets' business. */
const OPAQUE: readonly string[] = ["TCP", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC", "GENEVE"];

/** Plain HTTP is for redirecting all of it to a port that speaks HTTPS; the controller does that with HTTP_301. */
function judgeIngress(annotations: BalancerAnnotations, report: Report): void {
  if (!annotations.judged("listen-ports")) return;
  const listeners = listenPorts(annotations);
  if (listeners === undefined) {
    report({
      property: annotationKey("listen-ports"),
      found: show(annotations.get("listen-ports")),
      required: 'a list of listeners, for instance [{"HTTPS":443}]',
    });
    return;
  }
  const secure = listeners.filter(({ protocol }) => protocol === "HTTPS").map(({ port }) => String(port));
  if (secure.length === 0) {
    report({
      property: annotationKey("listen-ports"),
      found: show(annotations.get("listen-ports")),
      required: "a listener for HTTPS",
    });
  } else if (secure.length < listeners.length && !secure.includes(annotations.get("ssl-redirect") ?? "")) {
    report({
      property: annotationKey("ssl-redirect"),
      found: show(annotations.get("ssl-redirect")),
      required: `${secure.join(" or ")}: plain HTTP does nothing but redirect`,
    });
  }
}

export const albHttps = resourceRule<ListenerArgs & IngressProps>({
  name: "alb-https",
  description: "Listeners serve HTTPS; those for plain HTTP do nothing but redirect, for good.",
  severity: "critical",
  checklist: ["SEC-01", "SEC-02"],
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/create-https-listener.html",
  remediation:
    "Set protocol to HTTPS with a certificate, or make the only action a redirect to HTTPS with HTTP_301; for an Ingress, set listen-ports and ssl-redirect.",
  types: [...LISTENERS, ...INGRESSES],
  check(listener, report, { type }) {
    if (isIngress(type)) {
      const annotations = balancerAnnotations(listener, type);
      if (annotations !== undefined) judgeIngress(annotations, report);
      return;
    }
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
});
