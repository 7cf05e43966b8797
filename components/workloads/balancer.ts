import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import { IngressClass } from "@pulumi/kubernetes/networking/v1/index.js";
import * as pulumi from "@pulumi/pulumi";

import type { ServicesSettings } from "../../config/blocks/services/services.ts";
import type { Scope } from "../../core/names.ts";
import { balancerGroup } from "../../core/names.ts";
import { BALANCER } from "../../standards/balancer.ts";
import { INGRESS_CLASS } from "../shared/kubernetes/names.ts";

/** What the shared balancer is made with. */
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

/** Beginning of the controller's annotations. */
export const ANNOTATION = "alb.ingress.kubernetes.io";

/** TLS 1.2 and 1.3 with forward secrecy. @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const SSL_POLICY = BALANCER.tlsPolicy;
const SCHEME = "internet-facing";
const ADDRESSES = "ipv4";
const SECURE_PORT = "443";

type Attributes = Readonly<Record<string, pulumi.Input<string> | number | boolean>>;

/** Attributes as one annotation holds them. */
export function attributesText(pairs: Attributes): pulumi.Output<string> {
  return pulumi
    .all(Object.entries(pairs).map(([key, value]) => pulumi.interpolate`${key}=${value}`))
    .apply((parts) => parts.join(","));
}

function attributesOf(edge: Edge, ingress: ServicesSettings["ingress"]): Attributes {
  return {
    "access_logs.s3.enabled": true,
    "access_logs.s3.bucket": edge.accessLogsBucketName,
    "idle_timeout.timeout_seconds": ingress.idleTimeoutSeconds,
    "routing.http.desync_mitigation_mode": "defensive",
    "routing.http.drop_invalid_header_fields.enabled": true,
  };
}

/**
 * The class of every Ingress, and in its parameters what concerns the balancer as a whole. The controller takes the class's
 * word over a member's annotation, so members that are changed one after the other never disagree, for which it would stop
 * serving all of them.
 *
 * The balancer's protection against deletion is here and in no annotation: in an annotation it would keep the controller
 * from taking out a single member, and then from doing anything for the others. What is here binds everybody but the
 * controller, which takes the protection off before it deletes; its own right to delete is `services.ingress.keepBalancer`.
 * @see https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/ingress_class/
 */
export function createBalancerClass(
  name: string,
  edge: Edge,
  ingress: ServicesSettings["ingress"],
  scope: Pick<Scope, "prefix">,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  const attributes = { ...attributesOf(edge, ingress), "deletion_protection.enabled": true };
  const parameters = new CustomResource(
    name,
    {
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "IngressClassParams",
      metadata: { name: INGRESS_CLASS },
      spec: {
        // Nobody gets a second balancer by another annotation.
        group: { name: balancerGroup(scope) },
        scheme: SCHEME,
        ipAddressType: ADDRESSES,
        certificateArn: [edge.certificateArn],
        sslPolicy: SSL_POLICY,
        sslRedirectPort: SECURE_PORT,
        wafv2AclArn: edge.webAclArn,
        tags: [{ key: BALANCER.exposureTag, value: BALANCER.publicExposure }],
        loadBalancerAttributes: Object.entries(attributes).map(([key, value]) => ({
          key,
          value: pulumi.interpolate`${value}`,
        })),
      },
    },
    opts,
  );
  return new IngressClass(
    name,
    {
      metadata: { name: INGRESS_CLASS },
      spec: {
        controller: "ingress.k8s.aws/alb",
        parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: INGRESS_CLASS },
      },
    },
    pulumi.mergeOptions(opts, { dependsOn: [parameters] }),
  );
}

/**
 * The same on each Ingress, for the rules about balancers and for whoever reads the object, and what the class cannot say.
 * The latter never changes in the balancer's life.
 */
export function balancerAnnotations(
  edge: Edge,
  ingress: ServicesSettings["ingress"],
  scope: Pick<Scope, "prefix">,
): Record<string, pulumi.Input<string>> {
  return {
    [`${ANNOTATION}/group.name`]: balancerGroup(scope),
    [`${ANNOTATION}/scheme`]: SCHEME,
    // Meant to be public, behind the CDN; the rule alb-public-by-intent asks for it.
    [`${ANNOTATION}/tags`]: `${BALANCER.exposureTag}=${BALANCER.publicExposure}`,
    [`${ANNOTATION}/ip-address-type`]: ADDRESSES,
    [`${ANNOTATION}/listen-ports`]: `[{"HTTP":80},{"HTTPS":${SECURE_PORT}}]`,
    [`${ANNOTATION}/ssl-redirect`]: SECURE_PORT,
    [`${ANNOTATION}/ssl-policy`]: SSL_POLICY,
    [`${ANNOTATION}/certificate-arn`]: edge.certificateArn,
    [`${ANNOTATION}/wafv2-acl-arn`]: edge.webAclArn,
    [`${ANNOTATION}/security-groups`]: edge.securityGroupId,
    [`${ANNOTATION}/manage-backend-security-group-rules`]: "true",
    [`${ANNOTATION}/load-balancer-attributes`]: attributesText(attributesOf(edge, ingress)),
    "external-dns.alpha.kubernetes.io/hostname": edge.originHost,
  };
}
