import { EKS_VERSIONS } from "./facts/eks-versions.ts";

/** Bounds for the Kubernetes cluster, its nodes and its add-ons. */
export const CLUSTER = {
  /**
   * Last day of EKS' standard support by Kubernetes version; afterwards the hour costs six times as much, or AWS upgrades
   * by itself. Dates as year-month-day, so that they compare as texts; CLUS-01.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html
   */
  endOfStandardSupport: Object.fromEntries(
    Object.entries(EKS_VERSIONS.minors).map(([minor, { endOfStandardSupport }]) => [minor, endOfStandardSupport]),
  ),
  /** The version of which messages take their examples; one that EKS supports. */
  exampleVersion: "1.35",
  /** The day for which the calendar above is judged: nothing here reads a clock. Move it whenever a version is added. */
  calendarAsOf: "2026-11-21",
  /** Days before the end of standard support from which the preview reminds: an upgrade is tried on staging first; CLUS-01. */
  supportReminderDays: 90,
  /**
   * Every log of the control plane; SEC-18, COMP-05.
   * @see https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html
   */
  logTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
  /**
   * Days for which the control plane's logs are kept at least: an intrusion is often found months later; LOG-05. In
   * production they count as audit logs (`LOGS.minAuditRetentionDays`).
   */
  minLogRetentionDays: 90,
  /** Smallest prefix length of an IPv4 block that may reach a public API endpoint: 65,536 addresses; SEC-12. */
  minApiCidrPrefixLength: 16,
  /** The same for IPv6: what a provider assigns to one organisation; SEC-12. */
  minApiIpv6CidrPrefixLength: 32,
  /**
   * Blocks of addresses that may reach a public API endpoint; EKS does not raise it (quota L-93A74D60).
   * @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html
   */
  awsMaxPublicCidrs: 40,
  /**
   * Largest block of service addresses which EKS accepts, as prefix length; the smallest follows.
   * @see https://docs.aws.amazon.com/eks/latest/APIReference/API_KubernetesNetworkConfigRequest.html
   */
  awsMinServicePrefixLength: 12,
  awsMaxServicePrefixLength: 24,
  /** Add-ons without which pods have no address, no name service, no volume or no identity; CLUS-01. */
  requiredAddons: ["aws-ebs-csi-driver", "coredns", "eks-pod-identity-agent", "kube-proxy", "vpc-cni"],
  /**
   * Seconds after which a new pod identity association holds everywhere: AWS says "several seconds", and to make associations
   * ahead of what is critical. @see https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
   */
  podIdentitySettleSeconds: 20,
  /** Nodes in a group, so that one may fail; CLUS-01. */
  minNodes: 2,
  /** Lasting nodes (on demand, untainted) in production: one for each of three zones; CLUS-04. */
  minProductionNodes: 3,
  /** Subnets, and so zones, over which a group of nodes or the control plane spreads; CLUS-04. */
  minSubnets: 2,
  /** Smallest root volume in GiB: the system, the images of some forty pods, and their logs; CLUS-11. */
  minNodeDiskGiB: 30,
  /** Largest gp3 volume in GiB. @see https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
  awsMaxDiskGiB: 16_384,
  /** Nodes in one managed group. @see https://docs.aws.amazon.com/eks/latest/userguide/service-quotas.html */
  awsMaxNodesPerGroup: 450,
  /** Hops which the metadata service's answer may take: 1 keeps it from pods, 2 serves containers on plain instances; SEC-13. */
  maxMetadataHops: 2,
} as const;

/** The add-ons' names at EKS, by their keys in a stack file. */
export const ADDON_NAMES = {
  vpcCni: "vpc-cni",
  kubeProxy: "kube-proxy",
  podIdentityAgent: "eks-pod-identity-agent",
  coredns: "coredns",
  ebsCsiDriver: "aws-ebs-csi-driver",
  metricsServer: "metrics-server",
  nodeMonitoringAgent: "eks-node-monitoring-agent",
} as const;
