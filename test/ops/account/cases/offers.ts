import { parsedStack } from "../../../support/stack-files.ts";
import { refuse } from "../support/recorded.ts";
import type { Case } from "./case.ts";

const config = parsedStack("production");

/** What AWS does not offer, one case for each kind of answer. */
export const OFFERS: readonly Case[] = [
  {
    title: "a region that is off",
    answers: {
      "ec2:DescribeRegions": () => ({ Regions: [{ RegionName: "eu-central-1", OptInStatus: "not-opted-in" }] }),
    },
    what: "Region eu-central-1",
    verdict: "blocks",
    found: "not-opted-in",
    todo: "aws account enable-region --region-name eu-central-1",
  },
  {
    title: "a zone in which EKS makes no cluster",
    answers: {
      "ec2:DescribeAvailabilityZones": () => ({
        AvailabilityZones: [
          { ZoneName: "eu-west-1a", ZoneId: "use1-az3", State: "available", ZoneType: "availability-zone" },
        ],
      }),
    },
    what: "Zone eu-west-1a",
    verdict: "blocks",
    found: "use1-az3, in which EKS makes no cluster",
  },
  {
    title: "an image of another Kubernetes patch",
    answers: {
      "ec2:DescribeImages": () => ({
        Images: [{ ImageId: "ami-1", Description: "Amazon Linux 2023, (k8s: 1.35.99, containerd: 2.*)" }],
      }),
    },
    what: "Image of node group system",
    verdict: "blocks",
    found: "the image of that day has Kubernetes 1.35.99",
  },
  {
    title: "an image that was never made",
    answers: {
      "ec2:DescribeImages": () => ({ Images: [] }),
      "ssm:GetParameter": ({ Name = "" }) =>
        Name.includes("recommended") ? { Parameter: { Value: "1.35.9-20261201" } } : refuse("ParameterNotFound"),
    },
    what: "Image of node pool general",
    verdict: "blocks",
    found: "no such image in this region",
    todo: "Take 1.35.9-20261201, which EKS recommends now",
  },
  {
    title: "an add-on's build that EKS has withdrawn",
    answers: {
      "eks:DescribeAddonVersions": () => ({
        addons: [
          {
            addonVersions: [
              { addonVersion: "v9.0.0-eksbuild.1" },
              { addonVersion: "v8.0.0-eksbuild.2", compatibilities: [{ defaultVersion: true }] },
            ],
          },
        ],
      }),
    },
    what: "Add-on coredns",
    verdict: "blocks",
    found: "not among the builds that EKS offers",
    todo: "Set cluster.addons.coredns to v8.0.0-eksbuild.2, EKS' own choice",
  },
  {
    title: "a Kubernetes version that EKS sells for six times the price",
    answers: {
      "eks:DescribeClusterVersions": () => ({
        clusterVersions: [{ clusterVersion: config.cluster.kubernetesVersion, versionStatus: "EXTENDED_SUPPORT" }],
      }),
    },
    what: `Kubernetes ${config.cluster.kubernetesVersion}`,
    verdict: "advice",
    found: "extended support, at six times the price",
  },
  {
    title: "a type of instance that a zone lacks",
    answers: {
      "ec2:DescribeInstanceTypeOfferings": () => ({
        InstanceTypeOfferings: [
          { InstanceType: "m7g.xlarge", Location: "eu-west-1a" },
          { InstanceType: "m7g.xlarge", Location: "eu-west-1b" },
        ],
      }),
    },
    what: "Instances of node group system",
    verdict: "blocks",
    found: "no m7g.xlarge in eu-west-1c",
  },
  {
    title: "a class of the database that a zone lacks",
    answers: {
      "rds:DescribeOrderableDBInstanceOptions": () => ({
        OrderableDBInstanceOptions: [{ AvailabilityZones: [{ Name: "eu-west-1a" }, { Name: "eu-west-1c" }] }],
      }),
    },
    what: "Class of the database",
    verdict: "blocks",
    found: "not in eu-west-1b",
  },
  {
    title: "a release that Aurora never had",
    answers: {
      "rds:DescribeDBEngineVersions": () => ({ DBEngineVersions: [{ EngineVersion: "17.99", Status: "available" }] }),
    },
    what: "Release of the database",
    verdict: "blocks",
    found: "not offered",
    todo: "17.99",
  },
  {
    title: "a release of the cache that the region lacks",
    answers: {
      "elasticache:DescribeCacheEngineVersions": () => ({ CacheEngineVersions: [{ EngineVersion: "7.2.6" }] }),
    },
    what: "Release of the cache",
    verdict: "blocks",
    found: "not offered",
  },
  {
    title: "an endpoint that takes no policy",
    answers: {
      "ec2:DescribeVpcEndpointServices": () => ({
        ServiceDetails: [
          {
            ServiceName: "com.amazonaws.eu-west-1.kms",
            AvailabilityZones: [...config.network.zones],
            VpcEndpointPolicySupported: false,
          },
        ],
      }),
    },
    what: "Endpoint kms",
    verdict: "blocks",
    found: "takes no policy here",
  },
  {
    title: "networks kept from the internet",
    answers: {
      "ec2:DescribeVpcBlockPublicAccessOptions": () => ({
        VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: "block-ingress", ManagedBy: "declarative-policy" },
      }),
    },
    what: "VPC block public access",
    verdict: "blocks",
    found: "block-ingress",
    todo: "the organisation's policy decides it",
  },
  {
    title: "images of AWS not allowed",
    answers: {
      "ec2:GetAllowedImagesSettings": () => ({
        State: "enabled",
        ImageCriteria: [{ ImageProviders: ["111122223333"] }],
      }),
    },
    what: "Allowed images",
    verdict: "blocks",
    found: "enabled, for 111122223333",
  },
];
