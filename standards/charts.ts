/** A chart at one exact version. */
export interface Chart {
  /** Name in the repository; an `oci://` address holds both. */
  readonly chart: string;
  readonly version: string;
  /** Address of the repository; absent for `oci://` charts. It must be one of `KUBERNETES.chartRepositories`. */
  readonly repository?: string;
}

/**
 * Every third-party chart, at the version whose values were checked against the chart itself. A new version is a change
 * of this line and a run of the check; releases never follow the newest. DEPL-17, CLUS-10
 */
export const CHARTS = {
  argoRollouts: { chart: "argo-rollouts", version: "2.41.0", repository: "https://argoproj.github.io/argo-helm" },
  awsLoadBalancerController: {
    chart: "aws-load-balancer-controller",
    version: "3.5.0",
    repository: "https://aws.github.io/eks-charts",
  },
  certManager: { chart: "cert-manager", version: "v1.21.1", repository: "https://charts.jetstack.io" },
  externalDns: {
    chart: "external-dns",
    version: "1.21.1",
    repository: "https://kubernetes-sigs.github.io/external-dns",
  },
  externalSecrets: { chart: "external-secrets", version: "2.9.0", repository: "https://charts.external-secrets.io" },
  karpenter: { chart: "oci://public.ecr.aws/karpenter/karpenter", version: "1.14.1" },
  karpenterCrds: { chart: "oci://public.ecr.aws/karpenter/karpenter-crd", version: "1.14.1" },
  keda: { chart: "keda", version: "2.20.2", repository: "https://kedacore.github.io/charts" },
  prometheusOperatorCrds: {
    chart: "prometheus-operator-crds",
    version: "31.0.1",
    repository: "https://prometheus-community.github.io/helm-charts",
  },
} as const satisfies Readonly<Record<string, Chart>>;
