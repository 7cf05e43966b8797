import * as pulumi from "@pulumi/pulumi";

import type { RunningSettings, ServiceSettings } from "../../config/blocks/services/service.ts";
import { isRunning } from "../../core/kinds.ts";
import type { Edge } from "./balancer.ts";
import { createBalancerClass } from "./balancer.ts";
import type { WorkloadContext } from "./context.ts";
import { DatabaseBootstrap } from "./database-bootstrap.ts";
import { Workload } from "./workload.ts";

export interface WorkloadsArgs extends WorkloadContext {
  readonly edge: Edge;
}

/** Services in an order in which each comes after those that it calls; the schema has refused cycles. */
export function rolloutOrder(services: readonly RunningSettings[]): RunningSettings[] {
  const ordered: RunningSettings[] = [];
  const visit = (service: RunningSettings): void => {
    if (ordered.includes(service)) return;
    for (const other of services) if (service.needs.services.includes(other.name)) visit(other);
    ordered.push(service);
  };
  for (const service of services) visit(service);
  return ordered;
}

/** Services whose strategy looks at what users meet before it goes on. */
function judgedByMetrics(catalogue: readonly ServiceSettings[]): string[] {
  return catalogue.flatMap((service) =>
    service.kind === "api" && service.strategy !== "rolling" ? [service.name] : [],
  );
}

function unmeasuredText(names: readonly string[]): string {
  return `Releases of ${names.join(", ")} are not measured: the program installs no Prometheus yet. A new version takes over when its pods are ready, a canary step by step; errors and slow answers do not take it back. Watch the release, and go back by hand.`;
}

/**
 * Every service of the catalogue that has pods. A service starts after its database was made and after the services that
 * it calls are up: a release goes through the layers in the order in which they need each other. DEPL-11
 */
export class Workloads extends pulumi.ComponentResource {
  /** Services whose new versions nothing measures: they go forward when their pods are ready. */
  readonly unmeasured: readonly string[];

  constructor(name: string, args: WorkloadsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:workload:Workloads", name, {}, opts);
    const { edge, ...context } = args;
    const { environment, services, prometheus } = context;
    const balancerClass = createBalancerClass(`${name}-balancer`, edge, services.ingress, environment, {
      parent: this,
    });
    this.unmeasured = prometheus === undefined ? judgedByMetrics(services.catalogue) : [];
    if (this.unmeasured.length > 0) void pulumi.log.warn(unmeasuredText(this.unmeasured), this);
    const bootstrap = new DatabaseBootstrap(`${name}-database`, { context }, { parent: this });
    const made = new Map<string, Workload>();
    for (const service of rolloutOrder(services.catalogue.filter(isRunning))) {
      const database = bootstrap.prepare(service);
      const called = service.needs.services.flatMap((other) => made.get(other) ?? []);
      made.set(
        service.name,
        new Workload(
          `${name}-${service.name}`,
          {
            service,
            context,
            edge,
            balancerClass,
            after: [...(database === undefined ? [] : [database, ...context.database.ready]), ...called],
          },
          { parent: this },
        ),
      );
    }
    this.registerOutputs({ unmeasured: this.unmeasured });
  }
}
