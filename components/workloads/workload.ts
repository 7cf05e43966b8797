import { ServiceAccount } from "@pulumi/kubernetes/core/v1/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { RunningSettings, ServingSettings } from "../../config/blocks/services/service.ts";
import { isServing } from "../../core/kinds.ts";
import { createAnalysis } from "./analysis.ts";
import { createScaling } from "./autoscaling.ts";
import type { Edge } from "./balancer.ts";
import type { WorkloadContext } from "./context.ts";
import { createMonitor, createServices } from "./endpoints.ts";
import { createExternalSecret } from "./external-secret.ts";
import { createIdentity, createMigrationIdentity } from "./identity.ts";
import { createCronJob } from "./jobs.ts";
import { serviceLabels } from "./labels.ts";
import { createMigration, migrationAccount } from "./migration.ts";
import { createMigrationPolicy, createNetworkPolicy } from "./network.ts";
import { createRollout } from "./rollout.ts";
import { createIngress } from "./traffic.ts";

export interface WorkloadArgs {
  /** The service's row of the catalogue. */
  readonly service: RunningSettings;
  readonly context: WorkloadContext;
  readonly edge: Edge;
  /** The class of the Ingress objects, which says what their balancer is; absent when it is there already. */
  readonly balancerClass?: pulumi.Resource;
  /** What must be there before its pods start: its database, and the services that it calls. */
  readonly after: readonly pulumi.Resource[];
}

/**
 * One service of the catalogue in the cluster, as production wants it: hardened pods spread over zones, an autoscaler and a
 * disruption budget, exactly the network and AWS access that its row names, secrets that follow their rotation, metrics,
 * and a roll-out that leaves the old version serving when the new one fails.
 */
export class Workload extends pulumi.ComponentResource {
  constructor(name: string, args: WorkloadArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:workload:Workload", name, {}, opts);
    const { service, context, after } = args;
    const child = { parent: this };
    const ways = createNetworkPolicy(name, service, context, child);
    const identity = createIdentity(name, service, context, child);
    const account = new ServiceAccount(
      name,
      {
        metadata: { name: service.name, namespace: service.namespace, labels: serviceLabels(service) },
        automountServiceAccountToken: false,
      },
      child,
    );
    const secrets = createExternalSecret(name, service, context, child);
    const prerequisites = [account, ways, identity, ...(secrets === undefined ? [] : [secrets]), ...after];
    if (isServing(service)) this.serve(name, service, args, prerequisites);
    else createCronJob(name, service, context, { parent: this, dependsOn: prerequisites });
    this.registerOutputs({});
  }

  private serve(
    name: string,
    service: ServingSettings,
    { context, edge, balancerClass }: WorkloadArgs,
    prerequisites: readonly pulumi.Resource[],
  ): void {
    const child = { parent: this };
    const services = createServices(name, service, child);
    const ingress =
      service.kind === "api"
        ? createIngress(name, service, edge, context, {
            parent: this,
            dependsOn: [...(balancerClass === undefined ? [] : [balancerClass]), ...services],
          })
        : undefined;
    createMonitor(name, service, child);
    const migration = this.migrate(`${name}-migrate`, service, context, prerequisites);
    // A migration that fails stops here: the old version goes on serving.
    const dependsOn = [...prerequisites, ...services, ...(migration === undefined ? [] : [migration])];
    if (service.kind === "api" && service.strategy !== "rolling") {
      // A Rollout is invalid while an object that it names is missing.
      if (ingress !== undefined) dependsOn.push(ingress);
      if (context.prometheus !== undefined) dependsOn.push(createAnalysis(name, service, context.prometheus, child));
    }
    const target = createRollout(name, service, context, { parent: this, dependsOn });
    createScaling(name, service, target, context, child);
  }

  private migrate(
    name: string,
    service: ServingSettings,
    context: WorkloadContext,
    prerequisites: readonly pulumi.Resource[],
  ): pulumi.Resource | undefined {
    if (service.migrations === null) return undefined;
    const child = { parent: this };
    const identity = createMigrationIdentity(name, service, context, child);
    const ways = createMigrationPolicy(name, service, context, child);
    const account = new ServiceAccount(
      name,
      {
        metadata: {
          name: migrationAccount(service.name),
          namespace: service.namespace,
          labels: serviceLabels(service),
        },
        automountServiceAccountToken: false,
      },
      child,
    );
    return createMigration(name, service, context, {
      parent: this,
      dependsOn: [...prerequisites, identity, ways, account],
    });
  }
}
