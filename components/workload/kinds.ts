import type { RunningSettings, ServiceSettings, ServingSettings } from "../../config/services/service.ts";

/** Whether the service runs on, and so has traffic, probes and an autoscaler. */
export function isServing(service: ServiceSettings): service is ServingSettings {
  return service.kind === "api" || service.kind === "worker";
}

/** Whether the service has pods at all; a front end is files. */
export function isRunning(service: ServiceSettings): service is RunningSettings {
  return service.kind !== "frontend";
}
