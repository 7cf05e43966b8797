import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import { Service } from "@pulumi/kubernetes/core/v1/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ServingSettings } from "../../config/blocks/services/service.ts";
import { podSelector, serviceLabels } from "./labels.ts";
import { trafficServices } from "./rollout.ts";
import { NO_WAIT } from "./waits.ts";

/** The services of a workload: one, and for a Rollout a second one for the new version. */
export function createServices(
  name: string,
  service: ServingSettings,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  const { stable, next } = trafficServices(service);
  // A Rollout points the services at the version that each stands for; putting that back would move all traffic.
  const options = next === undefined ? opts : { ...opts, ignoreChanges: ["spec.selector"] };
  return (next === undefined ? [stable] : [stable, next]).map(
    (objectName) =>
      new Service(
        objectName === stable ? name : `${name}-next`,
        {
          metadata: {
            name: objectName,
            namespace: service.namespace,
            labels: serviceLabels(service),
            // Its pods come later, behind database, secrets and migration: they are what is waited for.
            annotations: NO_WAIT,
          },
          spec: {
            type: "ClusterIP",
            selector: podSelector(service.name),
            ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
          },
        },
        options,
      ),
  );
}

/** What makes Prometheus scrape the service. */
export function createMonitor(name: string, service: ServingSettings, opts: pulumi.CustomResourceOptions): void {
  new CustomResource(
    name,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: { name: service.name, namespace: service.namespace, labels: serviceLabels(service) },
      spec: {
        selector: { matchLabels: podSelector(service.name) },
        jobLabel: "app.kubernetes.io/name",
        endpoints: [{ port: "http", path: service.metricsPath, interval: "30s", scrapeTimeout: "10s" }],
      },
    },
    opts,
  );
}
