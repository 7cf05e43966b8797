import * as z from "zod";

import { PREFIX, repositoryName } from "../../../core/names.ts";
import { BALANCER } from "../../../standards/balancer.ts";
import { LATENCY_CLASSES, SERVICES } from "../../../standards/services.ts";
import { flag, slug, text, wholeNumber } from "../../types.ts";
import { REPOSITORY } from "../registry.ts";

/** Keys of a record as a non-empty tuple, which Zod's enum wants. */
function names<K extends string>(record: Readonly<Record<K, unknown>>): [K, ...K[]] {
  const [first, ...rest] = Object.keys(record).filter((key): key is K => key in record);
  if (first === undefined) throw new Error("no names");
  return [first, ...rest];
}

export const httpPath = (description: string): z.ZodString =>
  text(/^\/[\w\-./]*$/, 'a path, for instance "/health"', description);

const variableName = text(
  /^[A-Z][A-Z0-9_]*$/,
  'an environment variable in capitals, for instance "LOG_LEVEL"',
  "Name of an environment variable",
);

/** An image of the environment's own registry: its repository and digest, the same text in every environment. */
export const image = (description: string): z.ZodString =>
  text(
    new RegExp(`^${REPOSITORY}@sha256:[0-9a-f]{64}$`),
    'a repository of registry.repositories with a digest, for instance "reviews@sha256:<64 hex digits>"',
    `${description} Write only the part after "${repositoryName({ prefix: PREFIX }, "")}": this environment's account and region are put in front.`,
  );

export const port = wholeNumber(
  { min: 1024, max: 65535, unit: "port" },
  "Port on which the container listens; below 1024 it would have to be root.",
);

export const health = z.strictObject({
  readinessPath: httpPath("Answers 200 when the pod can take traffic, 503 while a dependency that it needs is down."),
  livenessPath: httpPath(
    "Answers 200 while the process works, also when a dependency is down; another path than readiness.",
  ),
  startupSeconds: wholeNumber(
    { min: 5, max: SERVICES.maxStartupSeconds, unit: "seconds" },
    "Time for the start before the pod counts as failed.",
  ),
});

export const scaling = z.strictObject({
  minReplicas: wholeNumber({ min: 1, max: SERVICES.maxReplicas, unit: "pods" }, "Pods that always run."),
  maxReplicas: wholeNumber({ min: 2, max: SERVICES.maxReplicas, unit: "pods" }, "Pods at the highest load."),
  cpuTargetPercent: wholeNumber(
    { min: SERVICES.minScalingTargetPercent, max: SERVICES.maxScalingTargetPercent, unit: "percent of the request" },
    "CPU use at which pods are added.",
  ),
  memoryTargetPercent: wholeNumber(
    { min: SERVICES.minScalingTargetPercent, max: SERVICES.maxScalingTargetPercent, unit: "percent of the request" },
    "Memory use at which pods are added.",
  ),
  queueDepthPerReplica: z.int().min(1).max(SERVICES.maxQueueDepthPerReplica).nullable().meta({
    description: "Waiting messages for which one worker is enough; null: the service does not scale by a queue.",
    unit: "messages",
  }),
});

export const needs = z.strictObject({
  database: z
    .strictObject({
      name: text(
        /^[a-z][a-z0-9_]{0,62}$/,
        "lower-case letters, digits and underscores",
        "The service's own database in the cluster; made by its bootstrap job.",
      ),
      poolSize: wholeNumber(
        { min: 1, max: 500, unit: "connections of a pod" },
        "Connections which one pod holds at most.",
      ),
      extensions: z
        .array(z.enum(["vector", "pg_trgm", "pgcrypto", "uuid-ossp", "citext", "pg_stat_statements"]))
        .meta({ description: "Extensions made in the database." }),
    })
    .nullable()
    .meta({ description: "The service's database; null if it has none." }),
  cache: slug(
    "Entry of kind redisUser in the secrets block with which the service logs in to the cache.",
    60,
  ).nullable(),
  publishesTo: z
    .array(slug("A topic of the queue block"))
    .meta({ description: "Topics to which the service publishes." }),
  consumesFrom: z
    .array(slug("A queue of the queue block"))
    .meta({ description: "Queues from which the service reads." }),
  sendsTo: z
    .array(slug("A queue of the queue block"))
    .meta({ description: "Queues to which the service sends directly, without a topic." }),
  services: z
    .array(slug("A service of this block"))
    .meta({ description: "Services which it calls; these are rolled out before it." }),
  externals: z.array(slug("An entry of services.externals")).meta({ description: "Outside services which it calls." }),
});

export const environmentContract = z.strictObject({
  required: z
    .array(variableName)
    .meta({ description: "Variables and secrets without which the service does not start; each must be set below." }),
  values: z.record(variableName, z.string()).meta({ description: "Plain settings." }),
  secrets: z
    .record(variableName, slug("An entry of the secrets block", 60))
    .meta({ description: "Files with values from Secrets Manager; the variable <NAME>_FILE tells where each is." }),
});

export const objectives = z.strictObject({
  availabilityPercent: z
    .number()
    .min(90)
    .max(99.99)
    .meta({ description: "Share of good requests in 30 days which users are promised.", unit: "percent" }),
  latencyClass: z
    .enum(names(LATENCY_CLASSES))
    .meta({ description: "Class of standards/services.ts with the p95 target." }),
});

export const traffic = z.strictObject({
  path: httpPath("Requests below this path go to the service; of two paths that fit, the longer one wins.").max(
    BALANCER.maxPathChars,
  ),
  authenticationTier: z.enum(["browser", "login", "machine"]).meta({
    description:
      "Whose requests they are, and so which rate of the block waf counts them: browser is the API's, for people's pages; login the one for logins; machine that for callers with an API key, who may send more.",
  }),
});

export const strategy = z.enum(["rolling", "blueGreen", "canary"]).meta({
  description:
    "How a new version takes over: pod by pod, all at once after a check, or by growing shares of the traffic.",
});

export const migrations = z.strictObject({
  image: image(
    "What the database was last brought up to date with: the service's newest image, by digest. It goes forward only; a way back changes the service's own image and leaves this one.",
  ),
  command: z.array(z.string().min(1)).min(1).meta({
    description: "Run in that image before the new version; must suit the old version too, and may be tried again.",
  }),
  lockTimeoutSeconds: wholeNumber(
    { min: 1, max: SERVICES.maxMigrationLockSeconds, unit: "seconds" },
    "Wait for a lock in the database before the migration gives up, so that it never blocks users for longer.",
  ),
  timeoutSeconds: wholeNumber(
    { min: 10, max: SERVICES.maxMigrationTimeoutSeconds, unit: "seconds" },
    "The whole migration ends after so long, as failed.",
  ),
});

export const critical = flag("Users cannot do without it: gets the high priority and pages.");
