/** Labels of everything that belongs to a service; `app.kubernetes.io/name` alone selects its pods. */
export function serviceLabels(service: { readonly name: string; readonly kind: string }): Record<string, string> {
  return {
    ...podSelector(service.name),
    "app.kubernetes.io/component": service.kind,
    "app.kubernetes.io/part-of": "preflight",
  };
}

/** What selects a service's pods, and no other's. */
export function podSelector(serviceName: string): Record<string, string> {
  return { "app.kubernetes.io/name": serviceName };
}

/** Jobs of a service must not get its traffic nor count for its disruption budget. */
export function jobLabels(serviceName: string, role: "bootstrap" | "migrate"): Record<string, string> {
  return { "app.kubernetes.io/name": `${serviceName}-${role}`, "app.kubernetes.io/part-of": "preflight" };
}
