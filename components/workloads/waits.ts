import type { ServingSettings } from "../../config/blocks/services/service.ts";
import { SERVICES } from "../../standards/services.ts";

/** Seconds that a pod must stay ready before it counts. */
export const MIN_READY_SECONDS = 10;

/** Seconds between a pod's leaving the balancer and its stop: the balancer needs them to notice. */
export const PRE_STOP_SECONDS = 10;

/** Time for a place, an image and its secrets before a pod can start, in seconds. */
const PROGRESS_MARGIN_SECONDS = 300;

/** Groups in which pods are replaced: a quarter of them at a time. */
const BATCHES = 4;

/** What `up` waits at most for, in seconds, beside what a row says of itself. */
export const WAITS = {
  /** A balancer is made and reports its name. Durations of minutes are usual; the provider's default is ten. */
  balancer: 900,
  /** The job that makes a service's database, all its tries together. */
  bootstrap: 600,
  /** What a controller takes to notice, and the API server to tell. */
  margin: 120,
} as const;

/** Seconds as `customTimeouts` takes them. */
export function seconds(amount: number): string {
  return `${amount}s`;
}

/** The provider makes the object and goes on: somebody else's readiness decides. */
export const NO_WAIT = { "pulumi.com/skipAwait": "true" } as const;

/**
 * What must be so before `up` goes on, as JSONPath (RFC 9535) with an optional `=value`; all of it at the same time. Without
 * it `up` goes on as soon as a custom resource is stored.
 * @see https://github.com/pulumi/pulumi-kubernetes/blob/v4.34.2/provider/pkg/metadata/overrides.go
 */
export function waitFor(...paths: readonly string[]): Record<string, string> {
  const conditions = paths.map((path) => `jsonpath=${path}`);
  return { "pulumi.com/waitFor": conditions.length === 1 ? (conditions[0] ?? "") : JSON.stringify(conditions) };
}

/** Seconds without progress after which Kubernetes calls a roll-out failed. */
export function progressDeadlineSeconds({ health }: Pick<ServingSettings, "health">): number {
  return health.startupSeconds + PROGRESS_MARGIN_SECONDS;
}

/** Seconds for which a canary watches all its steps together; none for other strategies. */
function watchedSeconds({ strategy }: Pick<ServingSettings, "strategy">): number {
  const watched = SERVICES.canaryStepsPercent.filter((percent) => percent < 100);
  return strategy === "canary" ? watched.length * SERVICES.canaryStepSeconds : 0;
}

/**
 * Seconds after which a roll-out that has not ended well counts as failed: the first pod's place and image, every batch's
 * start, what is watched and measured, and the old pods' end.
 */
export function rolloutSeconds(service: ServingSettings): number {
  return (
    progressDeadlineSeconds(service) +
    BATCHES * (service.health.startupSeconds + MIN_READY_SECONDS) +
    watchedSeconds(service) +
    (service.strategy === "blueGreen" ? SERVICES.analysisSeconds : 0) +
    endSeconds(service)
  );
}

/** Seconds after which pods that were asked to end are gone. */
export function endSeconds({ terminationGraceSeconds }: Pick<ServingSettings, "terminationGraceSeconds">): number {
  return terminationGraceSeconds + PRE_STOP_SECONDS + WAITS.margin;
}
