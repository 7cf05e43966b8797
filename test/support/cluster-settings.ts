import type { ClusterSettings } from "../../config/blocks/cluster/cluster.ts";

/** A cluster as components are tested with: two groups, three people's roles. */
export const CLUSTER_SETTINGS: ClusterSettings = {
  kubernetesVersion: "1.35",
  deployerRoleArn: "arn:aws:iam::111122223333:role/preflight-deploy",
  accessEntries: [
    { name: "operators", roleArn: "arn:aws:iam::111122223333:role/operators", level: "view", namespaces: [] },
    { name: "developers", roleArn: "arn:aws:iam::111122223333:role/developers", level: "edit", namespaces: ["shop"] },
    { name: "break-glass", roleArn: "arn:aws:iam::111122223333:role/break-glass", level: "admin", namespaces: [] },
    { name: "tenant", roleArn: "arn:aws:iam::111122223333:role/tenant", level: "admin", namespaces: ["shop"] },
  ],
  apiPublicCidrs: [],
  serviceCidr: "172.20.0.0/16",
  controlPlaneLogRetentionDays: 90,
  deletionProtection: true,
  nodeGroups: {
    system: {
      architecture: "arm64",
      instanceTypes: ["m7g.large"],
      releaseVersion: "1.35.8-20260930",
      capacity: "on-demand",
      minSize: 2,
      maxSize: 5,
      desiredSize: 2,
      diskGiB: 50,
      labels: { role: "system" },
      taints: [],
    },
    batch: {
      architecture: "x86_64",
      instanceTypes: ["m7i.large", "m6i.large"],
      releaseVersion: "1.35.8-20260930",
      capacity: "spot",
      minSize: 2,
      maxSize: 20,
      desiredSize: 2,
      diskGiB: 100,
      labels: {},
      taints: [{ key: "role", value: "batch", effect: "NoSchedule" }],
    },
  },
  addons: {
    vpcCni: "v1.22.4-eksbuild.3",
    kubeProxy: "v1.35.3-eksbuild.29",
    podIdentityAgent: "v1.3.10-eksbuild.3",
    coredns: "v1.13.2-eksbuild.31",
    ebsCsiDriver: "v1.66.0-eksbuild.1",
    metricsServer: "v0.9.0-eksbuild.11",
    nodeMonitoringAgent: "v1.7.2-eksbuild.1",
  },
};
