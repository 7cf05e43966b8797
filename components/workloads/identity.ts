import type * as pulumi from "@pulumi/pulumi";

import type { RunningSettings } from "../../config/blocks/services/service.ts";
import { arnOf } from "../../core/names.ts";
import type { PolicyStatement } from "../shared/iam.ts";
import { PodIdentity } from "../shared/pod-identity.ts";
import type { WorkloadContext } from "./context.ts";
import { databaseRoles } from "./context.ts";
import { migrationAccount } from "./migration.ts";

/** One role's login, to the cluster or to its proxy. */
function loginArn(
  { environment }: WorkloadContext,
  resourceId: pulumi.Output<string>,
  user: string,
): pulumi.Output<string> {
  return resourceId.apply((id) => arnOf(environment, "rds-db", `dbuser:${id}/${user}`));
}

/** Where a service may log in to: the proxy if there is one, and the cluster's own endpoints for reading. */
function loginArns(context: WorkloadContext, user: string): pulumi.Output<string>[] {
  const { clusterResourceId, proxyResourceId } = context.database;
  return [clusterResourceId, ...(proxyResourceId === undefined ? [] : [proxyResourceId])].map((id) =>
    loginArn(context, id, user),
  );
}

/** The service's flags and switches, of this environment only. */
function readFlags({ flags }: WorkloadContext): PolicyStatement {
  return {
    Sid: "ReadFlags",
    Effect: "Allow",
    Action: ["appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"],
    Resource: [flags.releases.configurationArn, flags.switches.configurationArn],
  };
}

/** What a service may do in AWS: read its switches, log in to its database as its own role, and use the queues and topics that its row names. */
export function permissionsOf({ name, needs }: RunningSettings, context: WorkloadContext): PolicyStatement[] {
  const { queues, keys } = context;
  const topics = needs.publishesTo.flatMap((topic) => queues.topicArns[topic] ?? []);
  const sources = needs.consumesFrom.flatMap((queue) => queues.queues[queue]?.arn ?? []);
  const targets = needs.sendsTo.flatMap((queue) => queues.queues[queue]?.arn ?? []);
  return [
    readFlags(context),
    ...(needs.database === null
      ? []
      : [
          {
            Sid: "LogInToDatabase",
            Effect: "Allow",
            Action: "rds-db:connect",
            Resource: loginArns(context, databaseRoles(name).runtime),
          } as const,
        ]),
    ...(topics.length === 0
      ? []
      : [{ Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topics } as const]),
    ...(sources.length === 0
      ? []
      : [
          {
            Sid: "Consume",
            Effect: "Allow",
            Action: [
              "sqs:ChangeMessageVisibility",
              "sqs:DeleteMessage",
              "sqs:GetQueueAttributes",
              "sqs:ReceiveMessage",
            ],
            Resource: sources,
          } as const,
        ]),
    ...(targets.length === 0
      ? []
      : [
          {
            Sid: "Send",
            Effect: "Allow",
            Action: ["sqs:GetQueueAttributes", "sqs:SendMessage"],
            Resource: targets,
          } as const,
        ]),
    ...(topics.length + sources.length + targets.length === 0
      ? []
      : // Who only takes messages makes no data keys.
        [
          {
            Sid: "UseMessagingKey",
            Effect: "Allow",
            Action: ["kms:Decrypt", ...(topics.length + targets.length === 0 ? [] : ["kms:GenerateDataKey"])],
            Resource: keys.arns.messaging,
          } as const,
        ]),
  ];
}

/** The service's identity in AWS. Pods must start after it. */
export function createIdentity(
  name: string,
  service: RunningSettings,
  context: WorkloadContext,
  opts: pulumi.ComponentResourceOptions,
): PodIdentity {
  return new PodIdentity(
    name,
    {
      environment: context.environment,
      cluster: context.cluster,
      namespace: service.namespace,
      serviceAccount: service.name,
      description: `Pods of the service ${service.name}`,
      statements: permissionsOf(service, context),
    },
    opts,
  );
}

/** The identity of a service's migrations: log in to the cluster itself as the role that may change tables, nothing else. */
export function createMigrationIdentity(
  name: string,
  service: RunningSettings,
  context: WorkloadContext,
  opts: pulumi.ComponentResourceOptions,
): PodIdentity {
  return new PodIdentity(
    name,
    {
      environment: context.environment,
      cluster: context.cluster,
      namespace: service.namespace,
      serviceAccount: migrationAccount(service.name),
      description: `Migrations of the service ${service.name}`,
      statements: [
        {
          Sid: "LogInToDatabase",
          Effect: "Allow",
          Action: "rds-db:connect",
          Resource: loginArn(context, context.database.clusterResourceId, databaseRoles(service.name).migrator),
        },
      ],
    },
    opts,
  );
}
