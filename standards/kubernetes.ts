/** Bounds for what runs in the cluster. */
export const KUBERNETES = {
  /** Pods that a service keeps at least, so that one may go; CLUS-04, CLUS-12. */
  minReplicas: 2,
  /** Highest CPU or memory use, in percent of the request, at which an autoscaler adds pods; CLUS-03. */
  maxScalingTargetPercent: 80,
  /**
   * Version of the Pod Security Standards that namespaces enforce and rules judge by: a newer one may tighten them.
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  podSecurityVersion: "v1.35",
  /**
   * Where images may come from, as `host/path` prefixes that end at a path boundary; `*` stands for one label or segment.
   * The registries of our accounts, and AWS' own public one. CLUS-10, SEC-29.
   */
  imageRegistries: ["*.dkr.ecr.*.amazonaws.com", "public.ecr.aws"],
  /** Where charts may come from; releases are opaque to the other rules. */
  chartRepositories: [
    "https://argoproj.github.io/argo-helm",
    "https://aws.github.io/eks-charts",
    "https://charts.external-secrets.io",
    "https://charts.jetstack.io",
    "https://fluent.github.io/helm-charts",
    "https://grafana-community.github.io/helm-charts",
    "https://jaegertracing.github.io/helm-charts",
    "https://kedacore.github.io/charts",
    "https://kubernetes-sigs.github.io/external-dns",
    "https://kubernetes-sigs.github.io/metrics-server",
    "https://open-telemetry.github.io/opentelemetry-helm-charts",
    "https://opencost.github.io/opencost-helm-chart",
    "https://prometheus-community.github.io/helm-charts",
    "oci://public.ecr.aws/karpenter",
  ],
} as const;
