import * as pulumi from "@pulumi/pulumi";

import type { Edge } from "../../components/workloads/balancer.ts";
import type { WorkloadContext } from "../../components/workloads/context.ts";
import type { ApiSettings, JobSettings, WorkerSettings } from "../../config/blocks/services/service.ts";
import type { ServicesSettings } from "../../config/blocks/services/services.ts";
import { ENVIRONMENT } from "./environment.ts";

/** An image that every row may have. */
export const IMAGE = `app@sha256:${"a".repeat(64)}`;

const common: Pick<JobSettings, "namespace" | "owner" | "critical" | "image" | "profile"> = {
  namespace: "shop",
  owner: "shop@example.com",
  critical: true,
  image: IMAGE,
  profile: "small",
};
const NO_NEEDS: JobSettings["needs"] = {
  database: null,
  cache: null,
  publishesTo: [],
  consumesFrom: [],
  sendsTo: [],
  services: [],
  externals: [],
};
const serving: Omit<WorkerSettings, "name" | "kind" | "strategy"> = {
  ...common,
  port: 8080,
  health: { readinessPath: "/ready", livenessPath: "/live", startupSeconds: 60 },
  scaling: {
    minReplicas: 3,
    maxReplicas: 6,
    cpuTargetPercent: 70,
    memoryTargetPercent: 80,
    queueDepthPerReplica: null,
  },
  terminationGraceSeconds: 30,
  metricsPath: "/metrics",
  businessMetrics: [],
  needs: NO_NEEDS,
  environment: { required: ["LOG_LEVEL"], values: { LOG_LEVEL: "info" }, secrets: {} },
  objectives: { availabilityPercent: 99.9, latencyClass: "read" },
  migrations: null,
};

/** A row that answers requests of the world; tests change single fields. */
export function api(change: Partial<ApiSettings> = {}): ApiSettings {
  return structuredClone({
    ...serving,
    name: "gateway",
    kind: "api",
    traffic: { path: "/api", authenticationTier: "browser" },
    strategy: "rolling",
    ...change,
  });
}

export function worker(change: Partial<WorkerSettings> = {}): WorkerSettings {
  return structuredClone({
    ...serving,
    name: "worker",
    kind: "worker",
    strategy: "rolling",
    scaling: { ...serving.scaling, queueDepthPerReplica: 50 },
    needs: { ...NO_NEEDS, consumesFrom: ["mail"] },
    ...change,
  });
}

export function job(change: Partial<JobSettings> = {}): JobSettings {
  return structuredClone({
    ...common,
    name: "report",
    kind: "job",
    needs: NO_NEEDS,
    environment: { required: [], values: {}, secrets: {} },
    schedule: "30 4 * * *",
    command: ["/app/report"],
    timeoutSeconds: 600,
    ...change,
  });
}

/** The block around rows. */
export function servicesOf(
  catalogue: ServicesSettings["catalogue"],
  change: Partial<ServicesSettings> = {},
): ServicesSettings {
  return {
    ingress: { idleTimeoutSeconds: 60, drainSeconds: 30, keepBalancer: true },
    shutdown: false,
    databaseClientImage: IMAGE,
    externals: [
      {
        name: "payments",
        probeUrl: "https://payments.example.net/healthz",
        criticality: "page",
        rateLimitPerSecond: 100,
        supportContact: "support",
      },
    ],
    catalogue,
    ...change,
  };
}

const text = (value: string) => pulumi.output(value);

const flagLine = (environmentId: string, profileId: string) => ({
  environmentId: text(environmentId),
  configurationProfileId: text(profileId),
  configurationArn: text(
    `arn:aws:appconfig:eu-west-1:111122223333:application/app/environment/${environmentId}/configuration/${profileId}`,
  ),
});

/** Everything that a workload may be connected to, with recognisable values. */
export function contextOf(services: ServicesSettings): WorkloadContext {
  const queue = (name: string) => ({
    arn: text(`arn:aws:sqs:eu-west-1:111122223333:${name}`),
    url: text(`https://sqs/${name}`),
    name: text(name),
    deadLetterArn: text("dead"),
    stalledAlarmArn: text("alarm"),
  });
  return {
    environment: ENVIRONMENT,
    services,
    cluster: { name: text("preflight-staging"), apiServerCidrs: ["172.20.0.1/32"] },
    network: {
      cidrBlock: "10.20.0.0/16",
      endpointServices: ["appconfigdata"],
      isolatedCidrBlocks: ["10.20.48.0/24"],
      privateCidrBlocks: ["10.20.0.0/20"],
      publicCidrBlocks: ["10.20.52.0/24"],
    },
    database: {
      writerEndpoint: text("writer.db"),
      readerEndpoint: text("reader.db"),
      proxyEndpoint: text("proxy.db"),
      proxyResourceId: text("prx-1"),
      port: 5432,
      clusterResourceId: text("cluster-1"),
      masterSecretArn: text("arn:aws:secretsmanager:eu-west-1:111122223333:secret:master"),
      databaseName: "preflight",
      ready: [],
    },
    cache: { primaryEndpoint: text("cache"), port: 6379 },
    queues: {
      topicArns: { orders: text("arn:aws:sns:eu-west-1:111122223333:orders") },
      queues: { mail: queue("mail") },
    },
    keys: {
      arns: {
        messaging: text("arn:aws:kms:eu-west-1:111122223333:key/messaging"),
        secrets: text("arn:aws:kms:eu-west-1:111122223333:key/secrets"),
      },
    },
    secrets: {
      kinds: { "api-token-signing": "random", "cache-gateway": "redisUser", "payment-key": "manual" },
      cacheLogins: {
        "cache-gateway": {
          userId: "preflight-staging-cache-gateway",
          username: "cache-gateway",
          password: text("never"),
        },
      },
    },
    prometheus: undefined,
    flags: {
      applicationId: text("app"),
      releases: flagLine("env", "flags"),
      switches: flagLine("env-switches", "switches"),
    },
  };
}

export const EDGE: Edge = {
  originHost: "origin.example.com",
  certificateArn: "arn:aws:acm:eu-west-1:111122223333:certificate/1",
  webAclArn: "arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/balancer/1",
  securityGroupId: "sg-balancer",
  accessLogsBucketName: "access-logs",
};
