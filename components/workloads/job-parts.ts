import type * as inputs from "@pulumi/kubernetes/types/input.js";

/** What jobs that `up` waits for have in common. */

/** How long a finished job can be looked at, in seconds. */
export const KEEP_FINISHED_SECONDS = 7 * 24 * 3600;

/**
 * A job that has failed is made again by the next `up`; without it `up` would only look at the failed one for ever.
 * @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/batch/v1/job/
 */
export const RUN_AGAIN = { "pulumi.com/replaceUnready": "true" } as const;

/** A pod that ends with its only try; the job decides on the next, with a new pod. */
export function onceOnly(pod: inputs.core.v1.PodSpec): inputs.core.v1.PodSpec {
  return { ...pod, restartPolicy: "Never" };
}
