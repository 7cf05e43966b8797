import { createHash } from "node:crypto";
import { Job } from "@pulumi/kubernetes/batch/v1/index.js";
import type * as inputs from "@pulumi/kubernetes/types/input.js";
import * as pulumi from "@pulumi/pulumi";

import type { ServingSettings } from "../../config/blocks/services/service.ts";
import { imageAddress } from "../../core/names.ts";
import { MIGRATION_PROFILE } from "../../standards/services.ts";
import type { WorkloadContext } from "./context.ts";
import { databaseRoles } from "./context.ts";
import type { Variable } from "./environment-variables.ts";
import { databaseVariables } from "./environment-variables.ts";
import { KEEP_FINISHED_SECONDS, onceOnly, RUN_AGAIN } from "./job-parts.ts";
import { jobLabels } from "./labels.ts";
import { basePod, hardenedContainer } from "./pod.ts";
import { seconds, WAITS } from "./waits.ts";

/** Further tries of a migration: each is a new pod, which is given credentials anew. */
const RETRIES = 2;

/** What only a running service needs of its database. */
const NOT_FOR_MIGRATIONS: readonly string[] = ["DATABASE_POOL_SIZE", "DATABASE_READER_HOST"];

/** Service account of a service's migrations; they may change tables, which the service itself may not. */
export function migrationAccount(serviceName: string): string {
  return `${serviceName}-migrate`;
}

type Migrations = NonNullable<ServingSettings["migrations"]>;

/** What a migration finds in its environment: the way to the database as the role that owns the tables, and nothing else. */
function variablesFor(
  service: ServingSettings,
  { lockTimeoutSeconds }: Migrations,
  context: WorkloadContext,
): Variable[] {
  const own = new Map<string, Variable>([
    ["DATABASE_USER", { name: "DATABASE_USER", value: databaseRoles(service.name).migrator }],
    // Not through the proxy: it refuses sessions with options, and shares connections that migrations change.
    ["DATABASE_HOST", { name: "DATABASE_HOST", value: context.database.writerEndpoint }],
  ]);
  return [
    ...databaseVariables(service, context)
      .filter(({ name }) => !NOT_FOR_MIGRATIONS.includes(name))
      .map((variable) => own.get(variable.name) ?? variable),
    { name: "MIGRATION_LOCK_TIMEOUT_SECONDS", value: String(lockTimeoutSeconds) },
    // PostgreSQL's own client variable: no statement of the session waits longer for a lock.
    { name: "PGOPTIONS", value: `-c lock_timeout=${lockTimeoutSeconds}s` },
  ];
}

/** First digits of a hash over all that the program decides of a pod: another content is another job. */
function contentOf(pod: inputs.core.v1.PodSpec): string {
  const text = JSON.stringify(pod, (_, value: unknown) => (pulumi.Output.isInstance(value) ? "(output)" : value));
  return createHash("sha256").update(text).digest("hex").slice(0, 10);
}

/**
 * Brings the database to the newest version before pods start; the workload depends on it, so a migration that fails stops
 * the release with the old version serving. It runs what `migrations.image` names, which goes forward only: putting a
 * former digest back into `image` starts no job, and no former image ever meets a schema that it does not know. The job is
 * named after its content, so that it runs once, and again only when something of it changes. The lock timeout keeps it
 * from blocking users.
 */
export function createMigration(
  name: string,
  service: ServingSettings,
  context: WorkloadContext,
  opts: pulumi.CustomResourceOptions,
): Job | undefined {
  const { migrations, namespace } = service;
  if (migrations === null || context.services.shutdown) return undefined;
  const container = {
    ...hardenedContainer("migrate", imageAddress(context.environment, migrations.image), MIGRATION_PROFILE),
    command: [...migrations.command],
    env: variablesFor(service, migrations, context),
  };
  const pod = onceOnly(basePod(container, migrationAccount(service.name)));
  const labels = jobLabels(service.name, "migrate");
  return new Job(
    name,
    {
      metadata: { name: `${service.name}-migrate-${contentOf(pod)}`, namespace, labels, annotations: RUN_AGAIN },
      spec: {
        backoffLimit: RETRIES,
        // Two migrations at a time would wait for each other's locks: the next try starts when the last pod is gone.
        podReplacementPolicy: "Failed",
        activeDeadlineSeconds: migrations.timeoutSeconds,
        ttlSecondsAfterFinished: KEEP_FINISHED_SECONDS,
        template: { metadata: { labels }, spec: pod },
      },
    },
    { ...opts, customTimeouts: { create: seconds(migrations.timeoutSeconds + WAITS.margin) } },
  );
}
