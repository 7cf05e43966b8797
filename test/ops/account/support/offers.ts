import type { StackConfig } from "../../../../config/schema.ts";
import type { Action } from "../../../../ops/account/calls/table.ts";
import type { Answers } from "./recorded.ts";

type Offers = Pick<
  Answers,
  | Extract<
      Action,
      | `ec2:${string}`
      | `eks:${string}`
      | `rds:${string}`
      | `elasticache:${string}`
      | `servicequotas:${string}`
      | `lambda:${string}`
    >
  | "ssm:GetParameter"
>;

/** The builds that the stack file names, by EKS' own names of the add-ons. */
function buildsOf({ addons }: StackConfig["cluster"]): ReadonlyMap<string, string> {
  return new Map([
    ["vpc-cni", addons.vpcCni],
    ["kube-proxy", addons.kubeProxy],
    ["eks-pod-identity-agent", addons.podIdentityAgent],
    ["coredns", addons.coredns],
    ["aws-ebs-csi-driver", addons.ebsCsiDriver],
    ["metrics-server", addons.metricsServer],
    ["eks-node-monitoring-agent", addons.nodeMonitoringAgent],
  ]);
}

/** What AWS offers: everything that the stack file names, and room enough. */
export function goodOffers(config: StackConfig): Offers {
  const { cache, cluster, database, environment, network } = config;
  const zones = network.zones;
  const builds = buildsOf(cluster);
  const [release = ""] = Object.values(cluster.nodeGroups).map(({ releaseVersion }) => releaseVersion);
  return {
    "ec2:DescribeRegions": () => ({
      Regions: ["eu-west-1", "eu-central-1", "us-east-1"].map((RegionName) => ({
        RegionName,
        OptInStatus: "opt-in-not-required",
      })),
    }),
    "ec2:DescribeAvailabilityZones": () => ({
      AvailabilityZones: zones.map((ZoneName, position) => ({
        ZoneName,
        ZoneId: `euw1-az${position + 1}`,
        State: "available",
        ZoneType: "availability-zone",
      })),
    }),
    "ec2:DescribeImages": ({ Filters = [] }) => ({
      Images: [
        {
          ImageId: "ami-0example",
          Name: Filters[0]?.Values?.[0],
          Description: `EKS-optimized Kubernetes node based on Amazon Linux 2023, (k8s: ${release.split("-")[0] ?? ""}, containerd: 2.1.*)`,
        },
      ],
    }),
    "ec2:DescribeInstanceTypeOfferings": () => ({
      InstanceTypeOfferings: zones.flatMap((Location) =>
        (["m7g.large", "m7g.xlarge"] as const).map((InstanceType) => ({ InstanceType, Location })),
      ),
    }),
    "ec2:DescribeInstanceTypes": () => ({
      InstanceTypes: [
        {
          InstanceType: "m7g.large",
          VCpuInfo: { DefaultVCpus: 2 },
          ProcessorInfo: { SupportedArchitectures: ["arm64"] },
        },
        {
          InstanceType: "m7g.xlarge",
          VCpuInfo: { DefaultVCpus: 4 },
          ProcessorInfo: { SupportedArchitectures: ["arm64"] },
        },
      ],
    }),
    "ec2:DescribeInstances": () => ({ Reservations: [] }),
    "ec2:DescribeVpcs": () => ({ Vpcs: [] }),
    "ec2:DescribeAddresses": () => ({ Addresses: [] }),
    "ec2:DescribeInternetGateways": () => ({ InternetGateways: [] }),
    "ec2:DescribeNatGateways": () => ({ NatGateways: [] }),
    "ec2:DescribeVpcEndpointServices": ({ Filters = [] }) => ({
      ServiceDetails: (Filters[0]?.Values ?? []).map((ServiceName) => ({
        ServiceName,
        ServiceType: [{ ServiceType: "Interface" }],
        AvailabilityZones: [...zones],
        VpcEndpointPolicySupported: true,
      })),
    }),
    "ec2:DescribeVpcBlockPublicAccessOptions": () => ({
      VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: "off" },
    }),
    "ec2:GetAllowedImagesSettings": () => ({ State: "disabled" }),
    "ec2:GetEbsEncryptionByDefault": () => ({ EbsEncryptionByDefault: true }),
    "ec2:GetSnapshotBlockPublicAccessState": () => ({ State: "block-all-sharing" }),
    "ec2:GetImageBlockPublicAccessState": () => ({ ImageBlockPublicAccessState: "block-new-sharing" }),
    "ec2:GetInstanceMetadataDefaults": () => ({ AccountLevel: { HttpTokens: "required" } }),
    "eks:DescribeClusterVersions": () => ({
      clusterVersions: [
        { clusterVersion: "1.34", versionStatus: "STANDARD_SUPPORT" },
        { clusterVersion: "1.35", versionStatus: "STANDARD_SUPPORT" },
      ],
    }),
    "eks:DescribeAddonVersions": ({ addonName = "" }) => ({
      addons: [
        {
          addonName,
          addonVersions: [{ addonVersion: builds.get(addonName), compatibilities: [{ defaultVersion: true }] }],
        },
      ],
    }),
    "eks:ListClusters": () => ({ clusters: [] }),
    "eks:DescribeCluster": () => ({
      cluster: { name: `preflight-${environment.name}`, version: cluster.kubernetesVersion },
    }),
    "ssm:GetParameter": ({ Name = "" }) => ({
      Parameter: { Name, Value: Name.endsWith("release_version") ? release : "ami-0example" },
    }),
    "rds:DescribeDBEngineVersions": () => ({
      DBEngineVersions: [{ EngineVersion: database.engineVersion, Status: "available" }],
    }),
    "rds:DescribeOrderableDBInstanceOptions": () => ({
      OrderableDBInstanceOptions: [{ AvailabilityZones: zones.map((Name) => ({ Name })) }],
    }),
    "rds:DescribeDBInstances": () => ({ DBInstances: [] }),
    "rds:DescribeDBClusters": () => ({ DBClusters: [] }),
    "elasticache:DescribeCacheEngineVersions": () => ({
      CacheEngineVersions: [
        { Engine: "valkey", EngineVersion: "7.2.6" },
        { Engine: "valkey", EngineVersion: `${cache.engineVersion}.0` },
      ],
    }),
    "elasticache:DescribeReservedCacheNodesOfferings": ({ CacheNodeType }) => ({
      ReservedCacheNodesOfferings: [{ CacheNodeType }],
    }),
    "elasticache:DescribeReplicationGroups": () => ({ ReplicationGroups: [] }),
    "elasticache:DescribeCacheClusters": () => ({ CacheClusters: [] }),
    "elasticache:DescribeSnapshots": () => ({ Snapshots: [] }),
    "servicequotas:GetServiceQuota": ({ QuotaCode }) => ({ Quota: { QuotaCode, Value: 1000 } }),
    "servicequotas:GetAWSDefaultServiceQuota": ({ QuotaCode }) => ({ Quota: { QuotaCode, Value: 5 } }),
    "lambda:GetAccountSettings": () => ({
      AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 },
    }),
  };
}
