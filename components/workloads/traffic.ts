import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import { Service } from "@pulumi/kubernetes/core/v1/index.js";
import { Ingress } from "@pulumi/kubernetes/networking/v1/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { ApiSettings, ServingSettings } from "../../config/blocks/services/service.ts";
import type { ServicesSettings } from "../../config/blocks/services/services.ts";
import type { Scope } from "../../core/names.ts";
import { balancerGroup } from "../../core/names.ts";
import { BALANCER } from "../../standards/balancer.ts";
import { INGRESS_CLASS } from "../shared/kubernetes/names.ts";
import type { WorkloadContext } from "./context.ts";
import { podSelector, serviceLabels } from "./labels.ts";
import { trafficServices } from "./rollout.ts";

/** What the shared balancer is made with; the same for every Ingress, since they are one balancer. */
export interface Edge {
  /** Host under which the CDN reaches the balancer. */
  readonly originHost: string;
  /** Certificate in the stack's region. */
  readonly certificateArn: pulumi.Input<string>;
  /** Web ACL that refuses what did not come through the CDN. */
  readonly webAclArn: pulumi.Input<string>;
  /** Group that admits CloudFront only. */
  readonly securityGroupId: pulumi.Input<string>;
  /** Bucket for the balancer's access logs. */
  readonly accessLogsBucketName: pulumi.Input<string>;
}

const ANNOTATION = "alb.ingress.kubernetes.io";

const attributes = (pairs: Readonly<Record<string, pulumi.Input<string> | number | boolean>>) =>
  pulumi
    .all(Object.entries(pairs).map(([key, value]) => pulumi.interpolate`${key}=${value}`))
    .apply((parts) => parts.join(","));

/** Annotations that concern the balancer as a whole; the controller refuses a group whose members disagree. */
function balancerAnnotations(
  edge: Edge,
  ingress: ServicesSettings["ingress"],
  scope: Pick<Scope, "prefix">,
): Record<string, pulumi.Input<string>> {
  return {
    [`${ANNOTATION}/group.name`]: balancerGroup(scope),
    [`${ANNOTATION}/scheme`]: "internet-facing",
    // Meant to be public, behind the CDN; the rule alb-public-by-intent asks for it.
    [`${ANNOTATION}/tags`]: `${BALANCER.exposureTag}=${BALANCER.publicExposure}`,
    [`${ANNOTATION}/ip-address-type`]: "ipv4",
    [`${ANNOTATION}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
    [`${ANNOTATION}/ssl-redirect`]: "443",
    [`${ANNOTATION}/ssl-policy`]: BALANCER.tlsPolicy,
    [`${ANNOTATION}/certificate-arn`]: edge.certificateArn,
    [`${ANNOTATION}/wafv2-acl-arn`]: edge.webAclArn,
    [`${ANNOTATION}/security-groups`]: edge.securityGroupId,
    [`${ANNOTATION}/manage-backend-security-group-rules`]: "true",
    [`${ANNOTATION}/load-balancer-attributes`]: attributes({
      "access_logs.s3.enabled": true,
      "access_logs.s3.bucket": edge.accessLogsBucketName,
      "deletion_protection.enabled": true,
      "idle_timeout.timeout_seconds": ingress.idleTimeoutSeconds,
      "routing.http.desync_mitigation_mode": "defensive",
      "routing.http.drop_invalid_header_fields.enabled": true,
    }),
    "external-dns.alpha.kubernetes.io/hostname": edge.originHost,
  };
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
    [`${ANNOTATION}/target-group-attributes`]: attributes({
      "deregistration_delay.timeout_seconds": ingress.drainSeconds,
      "load_balancing.algorithm.type": "least_outstanding_requests",
    }),
  };
}

/** The services of a workload: one, and for a Rollout a second one for the new version. */
export function createServices(name: string, service: ServingSettings, opts: pulumi.CustomResourceOptions): void {
  const { stable, next } = trafficServices(service);
  // A Rollout points the services at the version that each stands for; putting that back would move all traffic.
  const options = next === undefined ? opts : { ...opts, ignoreChanges: ["spec.selector"] };
  for (const objectName of next === undefined ? [stable] : [stable, next]) {
    new Service(
      objectName === stable ? name : `${name}-next`,
      {
        metadata: { name: objectName, namespace: service.namespace, labels: serviceLabels(service) },
        spec: {
          type: "ClusterIP",
          selector: podSelector(service.name),
          ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
        },
      },
      options,
    );
  }
}

/** The way from the balancer to a service. Deleting it deletes its part of the balancer, which the controller must live to see. */
export function createIngress(
  name: string,
  service: ApiSettings,
  edge: Edge,
  { environment, services: { ingress } }: Pick<WorkloadContext, "environment" | "services">,
  opts: pulumi.CustomResourceOptions,
): void {
  if (service.traffic === null) return;
  const { stable, next } = trafficServices(service);
  const isCanary = service.strategy === "canary" && next !== undefined;
  const action = `${ANNOTATION}/actions.${stable}`;
  const weights = {
    Type: "forward",
    ForwardConfig: {
      TargetGroups: [
        { ServiceName: stable, ServicePort: "80", Weight: 100 },
        { ServiceName: next ?? stable, ServicePort: "80", Weight: 0 },
      ],
    },
  };
  new Ingress(
    name,
    {
      metadata: {
        name: service.name,
        namespace: service.namespace,
        labels: serviceLabels(service),
        annotations: {
          ...balancerAnnotations(edge, ingress, environment),
          ...targetAnnotations(service, ingress),
          ...(isCanary ? { [action]: JSON.stringify(weights) } : {}),
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
                  path: service.traffic.path,
                  pathType: "Prefix",
                  backend: { service: { name: stable, port: isCanary ? { name: "use-annotation" } : { number: 80 } } },
                },
              ],
            },
          },
        ],
      },
    },
    // During a canary Argo Rollouts writes the shares into this annotation.
    isCanary ? { ...opts, ignoreChanges: [`metadata.annotations["${action}"]`] } : opts,
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
