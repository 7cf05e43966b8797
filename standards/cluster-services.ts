/** Bounds for the controllers inside the cluster and for the nodes that Karpenter makes. */
export const CLUSTER_SERVICES = {
  /** Pods of a controller that serves, so that a drained node takes none of its work away; CLUS-04. */
  minReplicas: 2,
  /** More would wait for the one that leads. */
  maxReplicas: 5,
  /** Longest life of a node in hours: thirty days, so that no node misses a month's patches; CLUS-01, SEC-13. */
  maxNodeHours: 720,
  /** Shortest life of a node in hours: below it the cluster is busy with moving pods. */
  minNodeHours: 24,
  /** Share of a pool's nodes, in percent, that may be replaced at the same time without a failure; CLUS-04. */
  maxDisruptedPercent: 20,
  /** Oldest generation of instances: older ones lack Nitro's encryption between instances; SEC-13. */
  minInstanceGeneration: 5,
  /** Minutes for which a node must be nearly idle before its pods are moved; a pause in the load is shorter. */
  maxConsolidateAfterMinutes: 120,
  /**
   * Seconds for which a notice of an interruption is worth reading; AWS takes spot instances back after two minutes.
   * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
   */
  interruptionRetentionSeconds: 300,
  /** Age in seconds at which an unread notice means that nobody reads them: half of what AWS leaves. */
  maxInterruptionAgeSeconds: 60,
} as const;
