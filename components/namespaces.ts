import * as core from "@pulumi/kubernetes/core/v1/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { Environment } from "../config/blocks/environment.ts";
import type { NamespaceSettings, NamespacesSettings } from "../config/blocks/namespaces.ts";
import { count, gibibytes, mebibytes, millicores } from "../core/quantities.ts";
import { KUBERNETES } from "../standards/kubernetes.ts";
import { NAMESPACES } from "../standards/namespaces.ts";
import { allow, denyAll, toDns, toPodIdentityAgent } from "./shared/kubernetes/network-policies.ts";

export interface NamespacesArgs {
  readonly environment: Environment;
  /** Namespaces by name. */
  readonly settings: NamespacesSettings;
}

/**
 * Namespaces in which nothing is open by default: Pod Security enforced at a pinned version, all traffic denied but DNS
 * and the Pod Identity agent, resources bounded, and no token in pods that do not ask for one. Workloads
 * allow their own traffic (`shared/kubernetes/network-policies.ts`). Lives in the cluster: give it `cluster.inClusterOptions`.
 */
export class Namespaces extends pulumi.ComponentResource {
  /** Name of each namespace. What must not start before the policies and quotas depends on the component. */
  readonly names: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: NamespacesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("preflight:cluster:Namespaces", name, {}, opts);
    const names: Record<string, pulumi.Output<string>> = {};
    for (const [namespaceName, settings] of Object.entries(args.settings)) {
      names[namespaceName] = this.createNamespace(
        `${name}-${namespaceName}`,
        namespaceName,
        settings,
        args.environment,
      );
    }
    this.names = names;
    this.registerOutputs({ names: this.names });
  }

  private createNamespace(
    childName: string,
    namespaceName: string,
    settings: NamespaceSettings,
    environment: Environment,
  ): pulumi.Output<string> {
    const namespace = new core.Namespace(
      childName,
      {
        metadata: {
          name: namespaceName,
          labels: labelsOf(settings, environment),
          // Why less than the strict level is enforced, for whoever finds that it is.
          ...(settings.podSecurityReason === ""
            ? {}
            : { annotations: { "pod-security-reason": settings.podSecurityReason } }),
        },
      },
      // Deleting a namespace deletes the volumes in it.
      { parent: this, protect: environment.protectStatefulResources },
    );
    const created = namespace.metadata.name;
    // Children of the component, so that depending on it reaches them. They have no life outside their namespace.
    const child = { parent: this, deletedWith: namespace };
    denyAll(`${childName}-default-deny`, created, child);
    allow(
      `${childName}-allow-basics`,
      { namespace: created, policyName: "allow-basics", egress: [toDns(), toPodIdentityAgent()] },
      child,
    );
    bound(childName, created, settings, child);
    // Kubernetes makes this account by itself; pods that name none get it, and then no token.
    new core.ServiceAccountPatch(
      `${childName}-default`,
      { metadata: { name: "default", namespace: created }, automountServiceAccountToken: false },
      child,
    );
    return created;
  }
}

function labelsOf({ owner, tier, podSecurity }: NamespaceSettings, environment: Environment): Record<string, string> {
  return {
    owner,
    tier,
    environment: environment.name,
    "pod-security.kubernetes.io/enforce": podSecurity,
    "pod-security.kubernetes.io/enforce-version": KUBERNETES.podSecurityVersion,
    // Where less is enforced, what the strict level would refuse is still seen: by whoever deploys, and in the audit log.
    "pod-security.kubernetes.io/warn": NAMESPACES.defaultPodSecurity,
    "pod-security.kubernetes.io/warn-version": KUBERNETES.podSecurityVersion,
    "pod-security.kubernetes.io/audit": NAMESPACES.defaultPodSecurity,
    "pod-security.kubernetes.io/audit-version": KUBERNETES.podSecurityVersion,
    // A new pod counts as ready when the balancer's health check has passed too, so that a roll-out never ends the last pod
    // that receives requests. Only services stand behind the balancer.
    ...(tier === "application" ? { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } : {}),
  };
}

/** Quota for the namespace, and limits for containers that say nothing or too much. */
function bound(
  childName: string,
  namespace: pulumi.Output<string>,
  { quota, containerDefaults }: NamespaceSettings,
  opts: pulumi.CustomResourceOptions,
): void {
  new core.ResourceQuota(
    childName,
    {
      metadata: { name: "quota", namespace },
      spec: {
        hard: {
          pods: count(quota.pods),
          "requests.cpu": count(quota.cpuRequestCores),
          "requests.memory": gibibytes(quota.memoryRequestGiB),
          "limits.memory": gibibytes(quota.memoryLimitGiB),
          persistentvolumeclaims: count(quota.volumes),
          "requests.storage": gibibytes(quota.storageGiB),
          // Traffic comes in through the one balancer of the Ingress objects.
          "services.loadbalancers": "0",
          "services.nodeports": "0",
        },
      },
    },
    opts,
  );
  new core.LimitRange(
    childName,
    {
      metadata: { name: "container-defaults", namespace },
      spec: {
        limits: [
          {
            type: "Container",
            defaultRequest: {
              cpu: millicores(containerDefaults.cpuRequestMillicores),
              memory: mebibytes(containerDefaults.memoryRequestMiB),
            },
            // No processor limit: it throttles a container while the node is idle.
            default: { memory: mebibytes(containerDefaults.memoryLimitMiB) },
            max: { memory: mebibytes(containerDefaults.maxMemoryMiB) },
          },
        ],
      },
    },
    opts,
  );
}
