import { Provider } from "@pulumi/kubernetes/provider.js";
import * as pulumi from "@pulumi/pulumi";

import { ClusterServices } from "../../components/cluster-services/cluster-services.ts";
import { Namespaces } from "../../components/namespaces.ts";
import { inClusterOptions } from "../../components/shared/kubernetes/in-cluster-options.ts";
import type { ClusterServicesSettings } from "../../config/blocks/cluster-services.ts";
import type { NamespaceSettings } from "../../config/blocks/namespaces.ts";
import { ENVIRONMENT } from "./environment.ts";

export const CLUSTER_SERVICES_SETTINGS: ClusterServicesSettings = {
  controllerReplicas: 2,
  karpenter: {
    amiAlias: "al2023@v20260930",
    diskGiB: 50,
    nodePools: {
      general: {
        architecture: "arm64",
        capacityTypes: ["spot", "on-demand"],
        instanceCategories: ["c", "m"],
        minInstanceGeneration: 6,
        cpuLimitCores: 64,
        memoryLimitGiB: 256,
        expireAfterHours: 336,
        consolidateAfterMinutes: 10,
        maxDisruptedPercent: 10,
      },
    },
  },
};

const namespace = (tier: NamespaceSettings["tier"]): NamespaceSettings => ({
  owner: "team",
  tier,
  podSecurity: "restricted",
  podSecurityReason: "",
  quota: { pods: 80, cpuRequestCores: 8, memoryRequestGiB: 16, memoryLimitGiB: 32, volumes: 0, storageGiB: 0 },
  containerDefaults: { cpuRequestMillicores: 20, memoryRequestMiB: 64, memoryLimitMiB: 128, maxMemoryMiB: 2048 },
});

export const MASTER_SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:rds!cluster-1";
const topics = (region: string) => {
  const arn = (audience: string) => pulumi.output(`arn:aws:sns:${region}:111122223333:${audience}`);
  return { page: arn("page"), ticket: arn("ticket"), security: arn("security"), cost: arn("cost") };
};
const queue = (name: string) => ({
  arn: pulumi.output(`arn:aws:sqs:eu-west-1:111122223333:${name}`),
  url: pulumi.output(name),
  name: pulumi.output(name),
  deadLetterArn: pulumi.output(name),
  stalledAlarmArn: pulumi.output(name),
});

/** The cluster services of a test, in a cluster that is there already. */
export function makeClusterServices(): ClusterServices {
  const kubernetes = new Provider("kubernetes", { kubeconfig: "{}" });
  const inside = inClusterOptions(kubernetes, []);
  const namespaceSettings = {
    shop: namespace("application"),
    monitoring: namespace("platform"),
    platform: namespace("platform"),
  };
  const namespaces = new Namespaces("namespaces", { environment: ENVIRONMENT, settings: namespaceSettings }, inside);
  const key = (purpose: string) => pulumi.output(`arn:aws:kms:eu-west-1:111122223333:key/${purpose}`);
  return new ClusterServices(
    "services",
    {
      environment: ENVIRONMENT,
      settings: CLUSTER_SERVICES_SETTINGS,
      keepBalancer: true,
      cluster: {
        name: pulumi.output("preflight-staging"),
        endpoint: pulumi.output("https://api.example.com"),
        apiServerCidrs: ["172.20.0.1/32", "10.20.24.0/22"],
        nodeRoleArn: pulumi.output("arn:aws:iam::111122223333:role/nodes"),
        nodeRoleName: pulumi.output("nodes"),
      },
      network: {
        vpcId: pulumi.output("vpc-1"),
        cidrBlock: "10.20.0.0/16",
        privateCidrBlocks: ["10.20.0.0/19"],
        isolatedCidrBlocks: ["10.20.24.0/22"],
      },
      keys: { arns: { secrets: key("secrets"), volumes: key("volumes") } },
      namespaces,
      namespaceSettings,
      dns: { zoneId: pulumi.output("Z1"), zoneName: "staging.example.com" },
      queues: { queues: { orders: queue("orders") } },
      notify: {
        runbookBaseUrl: "https://runbooks.example.com",
        topicArns: topics("eu-west-1"),
        usEast1TopicArns: topics("us-east-1"),
      },
      platformSecretArns: [MASTER_SECRET_ARN],
    },
    inside,
  );
}
