import { CronJob, Job } from "@pulumi/kubernetes/batch/v1/index.js";
import type * as inputs from "@pulumi/kubernetes/types/input.js";
import type * as pulumi from "@pulumi/pulumi";

import type { JobSettings, ServingSettings } from "../../config/blocks/services/service.ts";
import { priorityClass } from "../../core/names.ts";
import type { WorkloadContext } from "./context.ts";
import { databaseRoles } from "./context.ts";
import type { Variable } from "./environment-variables.ts";
import { variablesOf } from "./environment-variables.ts";
import { jobLabels, serviceLabels } from "./labels.ts";
import { baseContainer, basePod } from "./pod.ts";
import { secretFiles } from "./secret-files.ts";

/** How long a finished job can be looked at, in seconds. */
const KEEP_FINISHED_SECONDS = 7 * 24 * 3600;

type PodSpec = inputs.core.v1.PodSpec;

function onceOnly(pod: PodSpec): PodSpec {
  return { ...pod, restartPolicy: "Never" };
}

/** Service account of a service's migrations; they may change tables, which the service itself may not. */
export function migrationAccount(serviceName: string): string {
  return `${serviceName}-migrate`;
}

/**
 * Brings the database to the new version before its pods start; the workload depends on it, so a migration that fails
 * stops the release with the old version serving. Named after the image: each version migrates once, and again only when
 * it is rolled forward again. The lock timeout keeps it from blocking users.
 */
export function createMigration(
  name: string,
  service: ServingSettings,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): Job | undefined {
  const { migrations } = service;
  if (migrations === null || context.services.shutdown) return undefined;
  const container = { ...baseContainer(service, context), name: "migrate", command: [...migrations.command] };
  const own = new Map<string, Variable>([
    ["DATABASE_USER", { name: "DATABASE_USER", value: databaseRoles(service.name).migrator }],
    // Not through the proxy: it refuses sessions with options, and shares connections that migrations change.
    ["DATABASE_HOST", { name: "DATABASE_HOST", value: context.database.writerEndpoint }],
  ]);
  const variables = [
    ...variablesOf(service, context).map((variable) => own.get(variable.name) ?? variable),
    { name: "MIGRATION_LOCK_TIMEOUT_SECONDS", value: String(migrations.lockTimeoutSeconds) },
    // PostgreSQL's own client variable: no statement of the session waits longer for a lock.
    { name: "PGOPTIONS", value: `-c lock_timeout=${migrations.lockTimeoutSeconds}s` },
  ];
  const labels = jobLabels(service.name, "migrate");
  return new Job(
    name,
    {
      metadata: { name: `${service.name}-migrate-${digestOf(service.image)}`, namespace: service.namespace, labels },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: migrations.timeoutSeconds,
        ttlSecondsAfterFinished: KEEP_FINISHED_SECONDS,
        template: {
          metadata: { labels },
          spec: onceOnly(
            basePod(
              { ...container, env: variables },
              migrationAccount(service.name),
              secretFiles(service, context).volumes,
            ),
          ),
        },
      },
    },
    // The new version's job replaces the old one's object; the name differs, so it comes first.
    { ...opts, customTimeouts: { create: `${migrations.timeoutSeconds + 120}s` } },
  );
}

/** The first digits of an image's digest: enough to tell versions apart in a name. */
function digestOf(image: string): string {
  return image.split("@sha256:")[1]?.slice(0, 10) ?? "unpinned";
}

/** A service that runs on a schedule: one run at a time, ended when it takes too long. */
export function createCronJob(
  name: string,
  service: JobSettings,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): void {
  const labels = serviceLabels(service);
  const pod = basePod(
    { ...baseContainer(service, context), command: [...service.command] },
    service.name,
    secretFiles(service, context).volumes,
  );
  new CronJob(
    name,
    {
      metadata: { name: service.name, namespace: service.namespace, labels },
      spec: {
        schedule: service.schedule,
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        suspend: context.services.shutdown,
        startingDeadlineSeconds: 300,
        successfulJobsHistoryLimit: 3,
        failedJobsHistoryLimit: 3,
        jobTemplate: {
          metadata: { labels },
          spec: {
            backoffLimit: 2,
            activeDeadlineSeconds: service.timeoutSeconds,
            template: {
              metadata: { labels },
              spec: onceOnly({
                ...pod,
                priorityClassName: priorityClass(context.environment, service.critical ? "critical" : "standard"),
              }),
            },
          },
        },
      },
    },
    opts,
  );
}
