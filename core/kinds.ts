/** A row of the service catalogue, of which only the kind matters. */
interface Row {
  readonly kind: "api" | "worker" | "job" | "frontend";
}

/** Whether the service runs on, and so has traffic, probes and an autoscaler. */
export function isServing<T extends Row>(service: T): service is Extract<T, { readonly kind: "api" | "worker" }> {
  return service.kind === "api" || service.kind === "worker";
}

/** Whether the service has pods at all; a front end is files. */
export function isRunning<T extends Row>(service: T): service is Exclude<T, { readonly kind: "frontend" }> {
  return service.kind !== "frontend";
}
