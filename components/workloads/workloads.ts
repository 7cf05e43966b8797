import * as pulumi from "@pulumi/pulumi";

import type { RunningSettings } from "../../config/blocks/services/service.ts";
import { isRunning } from "../../core/kinds.ts";
import type { WorkloadContext } from "./context.ts";
import { DatabaseBootstrap } from "./database-bootstrap.ts";
import type { Edge } from "./traffic.ts";
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

/**
 * Every service of the catalogue that has pods. A service starts after its database was made and after the services that
 * it calls are up: a release goes through the layers in the order in which they need each other. DEPL-11
 */
export class Workloads extends pulumi.ComponentResource {
  constructor(name: string, args: WorkloadsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:workload:Workloads", name, {}, opts);
    const { edge, ...context } = args;
    const bootstrap = new DatabaseBootstrap(`${name}-database`, { context }, { parent: this });
    const made = new Map<string, Workload>();
    for (const service of rolloutOrder(context.services.catalogue.filter(isRunning))) {
      const database = bootstrap.prepare(service);
      const called = service.needs.services.flatMap((other) => made.get(other) ?? []);
      made.set(
        service.name,
        new Workload(
          `${name}-${service.name}`,
          { service, context, edge, after: [...(database === undefined ? [] : [database]), ...called] },
          { parent: this },
        ),
      );
    }
    this.registerOutputs({});
  }
}
