import { Ingress } from "@pulumi/kubernetes/networking/v1/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { ApiSettings } from "../../config/blocks/services/service.ts";
import type { ServicesSettings } from "../../config/blocks/services/services.ts";
import { BALANCER } from "../../standards/balancer.ts";
import { INGRESS_CLASS } from "../shared/kubernetes/names.ts";
import type { Edge } from "./balancer.ts";
import { ANNOTATION, attributesText, balancerAnnotations } from "./balancer.ts";
import type { WorkloadContext } from "./context.ts";
import { serviceLabels } from "./labels.ts";
import { trafficServices } from "./rollout.ts";
import { seconds, WAITS, waitFor } from "./waits.ts";

/**
 * The place of a path among the balancer's rules, of which the first that fits wins: longer paths come first, so that one
 * below another gets its requests whatever the services are called. Between Ingresses nothing else decides but the name.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#group.order
 */
export function groupOrder(path: string): number {
  return BALANCER.lastGroupOrder - path.length;
}

/** Annotations that concern the service's own target group. */
function targetAnnotations(
  { health }: ApiSettings,
  ingress: ServicesSettings["ingress"],
): Record<string, pulumi.Input<string>> {
  return {
    [`${ANNOTATION}/target-type`]: "ip",
    [`${ANNOTATION}/backend-protocol`]: "HTTP",
    [`${ANNOTATION}/healthcheck-path`]: health.readinessPath,
    [`${ANNOTATION}/healthcheck-interval-seconds`]: "10",
    [`${ANNOTATION}/healthcheck-timeout-seconds`]: "5",
    [`${ANNOTATION}/healthy-threshold-count`]: "2",
    [`${ANNOTATION}/unhealthy-threshold-count`]: "2",
    [`${ANNOTATION}/success-codes`]: "200",
    [`${ANNOTATION}/target-group-attributes`]: attributesText({
      "deregistration_delay.timeout_seconds": ingress.drainSeconds,
      "load_balancing.algorithm.type": "least_outstanding_requests",
    }),
  };
}

/**
 * Which version gets which share, in the very text that Argo Rollouts writes while no canary runs: two writers of one field
 * agree only while they write the same. During a canary the text is Argo Rollouts' own, and a change of this Ingress is
 * refused until the canary has ended; putting our text back by force would move its traffic.
 */
function shares(stable: string, next: string): string {
  return JSON.stringify({
    Type: "forward",
    ForwardConfig: {
      TargetGroups: [
        { ServiceName: next, ServicePort: "80", Weight: 0 },
        { ServiceName: stable, ServicePort: "80", Weight: 100 },
      ],
    },
  });
}

/** The way from the balancer to a service. Deleting it deletes its part of the balancer, which the controller must live to see. */
export function createIngress(
  name: string,
  service: ApiSettings,
  edge: Edge,
  { environment, services: { ingress } }: Pick<WorkloadContext, "environment" | "services">,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource | undefined {
  if (service.traffic === null) return undefined;
  const { path } = service.traffic;
  const { stable, next } = trafficServices(service);
  const canary = service.strategy === "canary" ? next : undefined;
  return new Ingress(
    name,
    {
      metadata: {
        name: service.name,
        namespace: service.namespace,
        labels: serviceLabels(service),
        annotations: {
          ...balancerAnnotations(edge, ingress, environment),
          ...targetAnnotations(service, ingress),
          [`${ANNOTATION}/group.order`]: String(groupOrder(path)),
          ...(canary === undefined ? {} : { [`${ANNOTATION}/actions.${stable}`]: shares(stable, canary) }),
          // The balancer alone: the pods behind it come later, and are waited for themselves.
          ...waitFor("{.status.loadBalancer.ingress[0].hostname}"),
        },
      },
      spec: {
        ingressClassName: INGRESS_CLASS,
        rules: [
          {
            host: edge.originHost,
            http: {
              paths: [
                {
                  path,
                  pathType: "Prefix",
                  backend: {
                    service: { name: stable, port: canary === undefined ? { number: 80 } : { name: "use-annotation" } },
                  },
                },
              ],
            },
          },
        ],
      },
    },
    { ...opts, customTimeouts: { create: seconds(WAITS.balancer), update: seconds(WAITS.balancer) } },
  );
}
