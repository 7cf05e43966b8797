/** A field of an object of ours that a controller writes, and how the two writers get along. */
export interface SharedField {
  /** Type token of our object. */
  readonly type: string;
  /** Keys from the object's root. */
  readonly path: readonly string[];
  readonly writer: string;
  /**
   * `theirs`: we never write it. `ignored`: we write it once and then leave it, by `ignoreChanges`. `same text`: both write the
   * same while nothing is going on. `shutdown`: theirs, but in an emergency shutdown we take it by force.
   */
  readonly settled: "theirs" | "ignored" | "same text" | "shutdown";
}

const ROLLOUT = "kubernetes:argoproj.io/v1alpha1:Rollout";
const INGRESS = "kubernetes:networking.k8s.io/v1:Ingress";
const SERVICE = "kubernetes:core/v1:Service";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const ARGO = "Argo Rollouts 1.9";
const BALANCER = "AWS Load Balancer Controller 3.5";
const SCALERS = "the HPA's controller, for KEDA's HPA too";

/**
 * Every field that two write. What is not here, only we write; server-side apply without force refuses the rest. Read in the
 * controllers' sources and in what they left behind on a real API server (test/kubernetes/releases/recorded.json).
 */
export const SHARED_FIELDS: readonly SharedField[] = [
  // It reads the object into its own types and writes it back as a whole: quantities must be spelled as it spells them.
  { type: ROLLOUT, path: ["spec", "template"], writer: ARGO, settled: "same text" },
  { type: ROLLOUT, path: ["spec", "replicas"], writer: `${ARGO}, and ${SCALERS}`, settled: "shutdown" },
  { type: ROLLOUT, path: ["metadata", "annotations", "rollout.argoproj.io/revision"], writer: ARGO, settled: "theirs" },
  { type: ROLLOUT, path: ["status"], writer: ARGO, settled: "theirs" },
  { type: DEPLOYMENT, path: ["spec", "replicas"], writer: SCALERS, settled: "shutdown" },
  {
    type: DEPLOYMENT,
    path: ["metadata", "annotations", "deployment.kubernetes.io/revision"],
    writer: "the Deployments' controller",
    settled: "theirs",
  },
  { type: SERVICE, path: ["spec", "selector"], writer: ARGO, settled: "ignored" },
  {
    type: SERVICE,
    path: ["metadata", "annotations", "argo-rollouts.argoproj.io/managed-by-rollouts"],
    writer: ARGO,
    settled: "theirs",
  },
  {
    type: INGRESS,
    path: ["metadata", "annotations", "alb.ingress.kubernetes.io/actions.*"],
    writer: ARGO,
    settled: "same text",
  },
  {
    type: INGRESS,
    path: ["metadata", "annotations", "rollouts.argoproj.io/managed-alb-actions"],
    writer: ARGO,
    settled: "theirs",
  },
  { type: INGRESS, path: ["metadata", "finalizers"], writer: BALANCER, settled: "theirs" },
  { type: INGRESS, path: ["status"], writer: BALANCER, settled: "theirs" },
  {
    type: "kubernetes:keda.sh/v1alpha1:ScaledObject",
    path: ["metadata", "labels", "scaledobject.keda.sh/name"],
    writer: "KEDA 2.20",
    settled: "theirs",
  },
  {
    type: "kubernetes:keda.sh/v1alpha1:ScaledObject",
    path: ["metadata", "finalizers"],
    writer: "KEDA 2.20",
    settled: "theirs",
  },
  {
    type: "kubernetes:external-secrets.io/v1:ExternalSecret",
    path: ["metadata", "finalizers"],
    writer: "External Secrets 2.9",
    settled: "theirs",
  },
  // cert-manager and Karpenter write status, finalizers and hashes; external-dns writes names in the zone and no object.
  {
    type: "kubernetes:cert-manager.io/v1:ClusterIssuer",
    path: ["status"],
    writer: "cert-manager 1.21",
    settled: "theirs",
  },
  {
    type: "kubernetes:cert-manager.io/v1:Certificate",
    path: ["status"],
    writer: "cert-manager 1.21",
    settled: "theirs",
  },
  {
    type: "kubernetes:karpenter.sh/v1:NodePool",
    path: ["metadata", "annotations", "karpenter.sh/nodepool-hash"],
    writer: "Karpenter 1.14",
    settled: "theirs",
  },
  {
    type: "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    path: ["metadata", "annotations", "karpenter.k8s.aws/ec2nodeclass-hash"],
    writer: "Karpenter 1.14",
    settled: "theirs",
  },
  {
    type: "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass",
    path: ["metadata", "finalizers"],
    writer: "Karpenter 1.14",
    settled: "theirs",
  },
];
