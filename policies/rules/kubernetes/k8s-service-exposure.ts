import { show } from "../../../core/finding.ts";
import type { Metadata } from "../../lib/pod.ts";
import { resourceRule } from "../../lib/rule.ts";

interface ServiceProps {
  readonly metadata?: Metadata;
  readonly spec?: { readonly type?: string; readonly externalIPs?: readonly string[] };
}

const INTERNAL = "service.beta.kubernetes.io/aws-load-balancer-scheme";

export const k8sServiceExposure = resourceRule<ServiceProps>({
  name: "k8s-service-exposure",
  description:
    "Services are reached inside the cluster only; what the world may reach goes through the shared balancer with its certificate, web ACL and logs.",
  severity: "high",
  checklist: ["SEC-06", "SEC-12", "NET-02"],
  url: "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
  remediation: "Use type ClusterIP and give the service traffic in the catalogue (an Ingress on the shared balancer).",
  types: ["kubernetes:core/v1:Service", "kubernetes:core/v1:ServicePatch"],
  check({ metadata, spec }, report) {
    // Absent means ClusterIP.
    const type = spec?.type ?? "ClusterIP";
    const internal = metadata?.annotations?.[INTERNAL] === "internal";
    if (type === "NodePort" || (type === "LoadBalancer" && !internal)) {
      report({
        property: "spec.type",
        found: type,
        required: `ClusterIP, or LoadBalancer with the annotation ${INTERNAL}=internal`,
      });
    }
    if ((spec?.externalIPs ?? []).length > 0)
      report({ property: "spec.externalIPs", found: show(spec?.externalIPs?.length), required: "none" });
  },
});
