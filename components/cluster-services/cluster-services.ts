import * as pulumi from "@pulumi/pulumi";

import type { ClusterServicesSettings } from "../../config/blocks/cluster-services.ts";
import type { Environment } from "../../config/blocks/environment.ts";
import type { NamespacesSettings } from "../../config/blocks/namespaces.ts";
import type { Dns } from "../dns/dns.ts";
import type { Keys } from "../keys/keys.ts";
import type { Namespaces } from "../namespaces.ts";
import type { Notify } from "../notify/notify.ts";
import type { Queues } from "../queues.ts";
import { PLATFORM_NAMESPACE } from "../shared/kubernetes/names.ts";
import { createArgoRollouts } from "./argo-rollouts.ts";
import { createBalancerController } from "./aws-load-balancer-controller.ts";
import { createCertManager } from "./cert-manager.ts";
import type { ControllerContext } from "./context.ts";
import { createExternalDns } from "./external-dns.ts";
import { createExternalSecrets } from "./external-secrets.ts";
import { createKarpenter } from "./karpenter/karpenter.ts";
import { createKeda } from "./keda.ts";
import { createPriorities } from "./priorities.ts";
import { createPrometheusCrds } from "./prometheus-crds.ts";

export interface ClusterServicesArgs {
  readonly environment: Environment;
  readonly settings: ClusterServicesSettings;
  readonly cluster: ControllerContext["cluster"];
  readonly network: ControllerContext["network"];
  /** Nodes' disks use "volumes", the stores of secrets read with "secrets". */
  readonly keys: Pick<Keys<"secrets" | "volumes">, "arns">;
  readonly namespaces: Pick<Namespaces, "names">;
  /** Says which namespaces hold services, whose workers scale by queues. */
  readonly namespaceSettings: NamespacesSettings;
  readonly dns: Pick<Dns, "zoneId" | "zoneName">;
  readonly queues: Pick<Queues, "queues">;
  readonly notify: Pick<Notify, "runbookBaseUrl" | "topicArns" | "usEast1TopicArns">;
  /** Whether the shared balancer stays when no service needs it any more. */
  readonly keepBalancer: boolean;
  /** Secrets which the platform namespace alone may read, for instance the database's master login. */
  readonly platformSecretArns: readonly pulumi.Input<string>[];
}

/**
 * What services rely on in the cluster: balancer, addresses, secrets, certificates, nodes, roll-outs, scaling, and the
 * kinds by which they are watched. Each controller has an identity of its own with what it needs and nothing else; kinds
 * come before those that use them, identities before the pods. Lives in the cluster: give it `cluster.inClusterOptions`.
 */
export class ClusterServices extends pulumi.ComponentResource {
  /** What workloads depend on: they come after it, and are gone before a controller leaves that cleans up after them. */
  readonly ready: pulumi.Resource[];

  constructor(name: string, args: ClusterServicesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:cluster:ClusterServices", name, {}, opts);
    const child = { parent: this };
    const { environment, settings, cluster, network, namespaces, keys } = args;
    const namespace = namespaceOf(namespaces, PLATFORM_NAMESPACE);
    const context: ControllerContext = {
      environment,
      settings,
      cluster,
      network,
      namespaceName: PLATFORM_NAMESPACE,
      namespace,
    };

    const crds = createPrometheusCrds(`${name}-prometheus-crds`, context, child);
    const issuer = createCertManager(`${name}-cert-manager`, context, crds, child);
    const nodes = createKarpenter(`${name}-karpenter`, { ...context, keys, notify: args.notify }, [crds], child);
    const balancers = createBalancerController(
      `${name}-load-balancer`,
      { ...context, keepBalancer: args.keepBalancer },
      [crds, issuer],
      child,
    );
    const addresses = createExternalDns(`${name}-external-dns`, { ...context, dns: args.dns }, [crds], child);
    const stores = createExternalSecrets(
      `${name}-external-secrets`,
      { ...context, namespaces, keys, platformSecretArns: args.platformSecretArns },
      [crds, issuer],
      child,
    );
    const rollouts = createArgoRollouts(`${name}-argo-rollouts`, context, [crds], child);
    const scaling = createKeda(
      `${name}-keda`,
      { ...context, queues: args.queues, workerNamespaces: workerNamespaces(args) },
      [crds],
      child,
    );
    const priorities = createPriorities(`${name}-priority`, environment, child);

    this.ready = [crds, issuer, ...nodes, balancers, addresses, ...stores, rollouts, ...scaling, ...priorities];
    this.registerOutputs({});
  }
}

function namespaceOf({ names }: Pick<Namespaces, "names">, name: string): pulumi.Output<string> {
  const namespace = names[name];
  if (namespace === undefined) throw new Error(`the namespace ${name} is not among the namespaces`);
  return namespace;
}

/** Namespaces of services; the platform's own parts do not scale by queues. */
function workerNamespaces({
  namespaces,
  namespaceSettings,
}: ClusterServicesArgs): Record<string, pulumi.Output<string>> {
  const names = Object.entries(namespaceSettings).flatMap(([name, { tier }]) => (tier === "application" ? [name] : []));
  return Object.fromEntries(names.map((name) => [name, namespaceOf(namespaces, name)]));
}
