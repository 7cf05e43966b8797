import * as pulumi from "@pulumi/pulumi";

import type { RunningSettings } from "../../config/blocks/services/service.ts";
import { secretFile } from "../../core/names.ts";
import type { WorkloadContext } from "./context.ts";
import { databaseRoles } from "./context.ts";
import { secretFilesOf } from "./secret-files.ts";

/** A variable of a container. No secret is one: variables keep the value that a pod started with, and show it to whoever asks. */
export interface Variable {
  readonly name: string;
  readonly value: pulumi.Input<string>;
}

/** `order-fulfilment` as part of a variable's name. */
const constant = (name: string) => name.toUpperCase().replaceAll("-", "_");

/** Where the database is: through the proxy if there is one, with TLS that checks the name, and a token instead of a password. */
export function databaseVariables(
  { name, needs }: RunningSettings,
  { database, environment }: WorkloadContext,
): Variable[] {
  if (needs.database === null) return [];
  return [
    { name: "DATABASE_HOST", value: database.proxyEndpoint ?? database.writerEndpoint },
    { name: "DATABASE_READER_HOST", value: database.readerEndpoint },
    { name: "DATABASE_PORT", value: pulumi.interpolate`${database.port}` },
    { name: "DATABASE_NAME", value: needs.database.name },
    { name: "DATABASE_USER", value: databaseRoles(name).runtime },
    { name: "DATABASE_AUTHENTICATION", value: "iam" },
    { name: "DATABASE_SSLMODE", value: "verify-full" },
    { name: "DATABASE_POOL_SIZE", value: String(needs.database.poolSize) },
    { name: "DATABASE_REGION", value: environment.region },
  ];
}

function cacheVariables({ needs }: RunningSettings, { cache, secrets }: WorkloadContext): Variable[] {
  const login = needs.cache === null ? undefined : secrets.cacheLogins[needs.cache];
  if (login === undefined) return [];
  return [
    { name: "CACHE_HOST", value: cache.primaryEndpoint },
    { name: "CACHE_PORT", value: pulumi.interpolate`${cache.port}` },
    { name: "CACHE_USER", value: login.username },
    { name: "CACHE_TLS", value: "true" },
  ];
}

function messagingVariables({ needs }: RunningSettings, { queues }: WorkloadContext): Variable[] {
  return [
    ...needs.publishesTo.flatMap((topic) => {
      const arn = queues.topicArns[topic];
      return arn === undefined ? [] : [{ name: `TOPIC_${constant(topic)}_ARN`, value: arn }];
    }),
    ...[...new Set([...needs.consumesFrom, ...needs.sendsTo])].flatMap((queue) => {
      const outputs = queues.queues[queue];
      return outputs === undefined ? [] : [{ name: `QUEUE_${constant(queue)}_URL`, value: outputs.url }];
    }),
  ];
}

/** Addresses of the services it calls, and limits of outside services. */
function neighbourVariables({ needs }: RunningSettings, { services }: WorkloadContext): Variable[] {
  const called = services.catalogue.filter((other) => other.kind === "api" && needs.services.includes(other.name));
  const outside = services.externals.filter(({ name }) => needs.externals.includes(name));
  return [
    ...called.map(({ name, namespace }) => ({
      name: `SERVICE_${constant(name)}_URL`,
      value: `http://${name}.${namespace}.svc.cluster.local`,
    })),
    ...outside.map(({ name, rateLimitPerSecond }) => ({
      name: `EXTERNAL_${constant(name)}_RATE_PER_SECOND`,
      value: String(rateLimitPerSecond),
    })),
  ];
}

/** Where the service finds its secrets, one variable a file. */
function secretVariables(service: RunningSettings, context: WorkloadContext): Variable[] {
  return secretFilesOf(service, context).map(({ name }) => ({
    name: secretFile.variable(name),
    value: secretFile.path(name),
  }));
}

/** All variables of a service's container, sorted by name: what the row says, and what its needs bring. */
export function variablesOf(service: RunningSettings, context: WorkloadContext): Variable[] {
  const { environment } = context;
  const all: Variable[] = [
    { name: "ENVIRONMENT", value: environment.name },
    { name: "AWS_REGION", value: environment.region },
    { name: "OTEL_SERVICE_NAME", value: service.name },
    {
      name: "OTEL_RESOURCE_ATTRIBUTES",
      value: `deployment.environment.name=${environment.name},service.namespace=${service.namespace}`,
    },
    // Where the service reads its flags and, apart from them, the switches for bad days; both work without a release.
    { name: "FLAGS_APPLICATION_ID", value: context.flags.applicationId },
    { name: "FLAGS_ENVIRONMENT_ID", value: context.flags.releases.environmentId },
    { name: "FLAGS_PROFILE_ID", value: context.flags.releases.configurationProfileId },
    { name: "SWITCHES_ENVIRONMENT_ID", value: context.flags.switches.environmentId },
    { name: "SWITCHES_PROFILE_ID", value: context.flags.switches.configurationProfileId },
    ...Object.entries(service.environment.values).map(([name, value]) => ({ name, value })),
    ...databaseVariables(service, context),
    ...cacheVariables(service, context),
    ...messagingVariables(service, context),
    ...neighbourVariables(service, context),
    ...secretVariables(service, context),
  ];
  return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
