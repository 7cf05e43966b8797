import type { ResourceValidationPolicy } from "@pulumi/policy";

import { albAccessLogs } from "../../policies/rules/elb/alb-access-logs.ts";
import { albHardening } from "../../policies/rules/elb/alb-hardening.ts";
import { albHttps } from "../../policies/rules/elb/alb-https.ts";
import { albPublicByIntent } from "../../policies/rules/elb/alb-public-by-intent.ts";
import { albTargetHealth } from "../../policies/rules/elb/alb-target-health.ts";
import { albTls12 } from "../../policies/rules/elb/alb-tls12.ts";
import { albWaf } from "../../policies/rules/elb/alb-waf.ts";
import { evaluate, evaluateStack } from "./policy.ts";

export const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
export const INGRESS_PATCH = `${INGRESS}Patch`;

/** The controller's annotations, by their names without the common beginning. */
export type Annotations = Readonly<Record<string, string>>;

/** The annotation as findings show it. */
export const key = (name: string): string => `metadata.annotations["alb.ingress.kubernetes.io/${name}"]`;

export const prefixed = (annotations: Annotations): Annotations =>
  Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`alb.ingress.kubernetes.io/${name}`, value]));

/** Inputs of an Ingress that the controller serves. */
export const ingressWith = (annotations: Annotations): Record<string, unknown> => ({
  metadata: { annotations: prefixed(annotations) },
  spec: { ingressClassName: "alb" },
});

export const ATTRIBUTES = "load-balancer-attributes";

/** What a correct Ingress carries; every rule takes it. */
export const GOOD: Annotations = {
  scheme: "internet-facing",
  tags: "exposure=public",
  "listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
  "ssl-redirect": "443",
  "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "wafv2-acl-arn": "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/balancer/1",
  [ATTRIBUTES]:
    "access_logs.s3.enabled=true,access_logs.s3.bucket=records,routing.http.drop_invalid_header_fields.enabled=true",
  "healthcheck-path": "/ready",
};

const RULES: readonly ResourceValidationPolicy[] = [
  albAccessLogs,
  albHardening,
  albHttps,
  albPublicByIntent,
  albTargetHealth,
  albTls12,
];

/** What all rules about balancers say of an Ingress called "web". */
export async function judgeIngress(props: Record<string, unknown>, type = INGRESS): Promise<readonly string[]> {
  const findings = await Promise.all(RULES.map((rule) => evaluate(rule, type, props)));
  return [...findings.flat(), ...(await evaluateStack(albWaf, [{ type, name: "web", props }]))];
}
