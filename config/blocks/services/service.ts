import * as z from "zod";

import type { ResourceProfile } from "../../../standards/services.ts";
import { SERVICES } from "../../../standards/services.ts";
import { emailAddress, slug, text, wholeNumber } from "../../types.ts";
import * as part from "./fields.ts";

/** What every row has, of whatever kind. */
const common = {
  name: slug("Name of the service; unique, part of every object's name.", 40),
  namespace: slug("A namespace of the namespaces block.", 63),
  owner: emailAddress("Who answers for the service; an annotation of what runs its pods."),
  critical: part.critical,
};

/** What everything that runs in pods has. */
const running = {
  ...common,
  image: part.image("What runs, by the digest that was tested, never a tag."),
  profile: z
    .enum(["small", "medium", "large", "memory"] satisfies ResourceProfile[])
    .meta({ description: "Size of the container; the profiles are in standards/services.ts." }),
  needs: part.needs,
  environment: part.environmentContract,
};

/** What runs on, and is replaced while it runs. */
const serving = {
  ...running,
  port: part.port,
  health: part.health,
  scaling: part.scaling,
  terminationGraceSeconds: wholeNumber(
    { min: 5, max: SERVICES.maxTerminationGraceSeconds, unit: "seconds" },
    "Time to finish what was begun before the pod is killed.",
  ),
  metricsPath: part.httpPath("Where Prometheus reads the service's metrics, on the same port."),
  businessMetrics: z
    .array(text(/^[a-z][a-z0-9_]*$/, "a Prometheus metric's name", "A metric that the business watches"))
    .meta({ description: "Metrics for the business dashboard." }),
  objectives: part.objectives,
  migrations: part.migrations.nullable().meta({ description: "Run before each new version; null if there are none." }),
};

/** Answers requests: of the world if it has traffic, else of other services. */
const api = z.strictObject({
  ...serving,
  kind: z.literal("api"),
  traffic: part.traffic.nullable().meta({ description: "How the world reaches it; null: only other services do." }),
  strategy: part.strategy,
});

/** Works through queues. */
const worker = z.strictObject({
  ...serving,
  kind: z.literal("worker"),
  strategy: z.enum(["rolling"]).meta({ description: "Workers have no traffic to share out." }),
});

/** Runs on a schedule and ends. */
const job = z.strictObject({
  ...running,
  kind: z.literal("job"),
  schedule: text(/^(\S+ ){4}\S+$/, 'five fields of cron, for instance "0 3 * * *"', "When it runs, in UTC."),
  command: z.array(z.string().min(1)).min(1).meta({ description: "What runs in the image." }),
  timeoutSeconds: wholeNumber({ min: 10, max: 86_400, unit: "seconds" }, "A run ends after so long, as failed."),
});

/** Files in the CDN's bucket, under a prefix for each release. */
const frontend = z.strictObject({
  ...common,
  kind: z.literal("frontend"),
  path: text(
    /^\/(?:[\w~-]+(?:\/[\w~-]+)*)?$/,
    'a path without a slash at the end, for instance "/admin"; "/" for the root',
    "Where it is mounted on the site.",
  ),
  release: text(
    /^[\w.-]{1,64}$/,
    'a version, for instance "2026.11.1"',
    "The release that visitors see; rolled back by naming an older one, without a copy and without purging.",
  ),
  routing: z.enum(["spa", "pages"]).meta({
    description: "spa: every path without a file is the application's own; pages: /about is about/index.html.",
  }),
});

export const serviceSchema = z.discriminatedUnion("kind", [api, worker, job, frontend]);

export type ServiceSettings = z.output<typeof serviceSchema>;
export type ApiSettings = z.output<typeof api>;
export type WorkerSettings = z.output<typeof worker>;
export type JobSettings = z.output<typeof job>;
export type FrontendSettings = z.output<typeof frontend>;
/** What runs on: APIs and workers. */
export type ServingSettings = ApiSettings | WorkerSettings;
/** Everything with pods. */
export type RunningSettings = ServingSettings | JobSettings;

/** What rows may name beside their own: each other, and services of others. */
export interface Catalogue {
  readonly catalogue: readonly ServiceSettings[];
  readonly externals: readonly { readonly name: string }[];
}
