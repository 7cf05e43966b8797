/** Bounds for namespaces in the cluster. */
export const NAMESPACES = {
  /**
   * Pod Security levels from strict to open; SEC-13.
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  podSecurityLevels: ["restricted", "baseline", "privileged"],
  /** The level of a namespace that gives no reason for another; SEC-13. */
  defaultPodSecurity: "restricted",
  /** What namespaces hold: our customers' services, or what keeps them running. */
  tiers: ["application", "platform"],
  /** The namespace of the cluster's own controllers; every stack file has it. */
  platform: "platform",
  /** The namespace of what measures the others; its Prometheus is let in everywhere. */
  monitoring: "monitoring",
  /** Reasons for a weaker level are sentences, not words; in characters. */
  minReasonLength: 20,
} as const;
