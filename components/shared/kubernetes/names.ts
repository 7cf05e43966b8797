import { NAMESPACES } from "../../../standards/namespaces.ts";

/** Names inside the cluster which several parts must agree on. */

/** The SecretStore of every namespace; External Secrets reads through it with the namespace's own role. */
export const SECRETS_STORE_NAME = "secrets-manager";

/** The AWS load balancer controller's ingress class. */
export const INGRESS_CLASS = "alb";

/** KEDA's TriggerAuthentication of every namespace; it stands for the operator's own Pod Identity. */
export const KEDA_AUTHENTICATION_NAME = "aws";

/** Namespace in which the controllers run. */
export const PLATFORM_NAMESPACE = NAMESPACES.platform;

/** Namespace whose Prometheus scrapes, and the label of its pods. */
export const MONITORING_NAMESPACE = NAMESPACES.monitoring;
export const PROMETHEUS_LABELS = { "app.kubernetes.io/name": "prometheus" } as const;

/** A reference to an issuer of the whole cluster, as cert-manager and the charts take it. */
export function issuerRef(name: string): { readonly group: string; readonly kind: string; readonly name: string } {
  return { group: "cert-manager.io", kind: "ClusterIssuer", name };
}
