import { CronJob } from "@pulumi/kubernetes/batch/v1/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { JobSettings } from "../../config/blocks/services/service.ts";
import { priorityClass } from "../../core/names.ts";
import type { WorkloadContext } from "./context.ts";
import { onceOnly } from "./job-parts.ts";
import { serviceLabels } from "./labels.ts";
import { baseContainer, basePod } from "./pod.ts";
import { secretFiles } from "./secret-files.ts";

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
      metadata: { name: service.name, namespace: service.namespace, labels, annotations: { owner: service.owner } },
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
