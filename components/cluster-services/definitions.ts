import { CustomResource } from "@pulumi/kubernetes/apiextensions/index.js";
import type * as pulumi from "@pulumi/pulumi";

import balancerController from "./definitions/aws-load-balancer-controller.json" with { type: "json" };
import externalDns from "./definitions/external-dns.json" with { type: "json" };

/** Definitions of kinds as a chart has them in its folder `crds/`. */
interface Definition {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
  readonly spec: object;
}

const DEFINITIONS: Readonly<Record<"aws-load-balancer-controller" | "external-dns", readonly Definition[]>> = {
  "aws-load-balancer-controller": balancerController.definitions,
  "external-dns": externalDns.definitions,
};

/**
 * The kinds of a chart that has them in its folder `crds/`. Helm would make them once and never change them, so that a
 * newer controller would meet the kinds of the first version; releases skip the folder. They stay when the chart goes: with
 * a definition all objects of its kind would go too. In the same cluster a chart can come back only after a `pulumi import` of them.
 * @see https://helm.sh/docs/chart_best_practices/custom_resource_definitions/
 */
export function createDefinitions(
  name: string,
  chart: keyof typeof DEFINITIONS,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  return DEFINITIONS[chart].map(
    ({ apiVersion, kind, metadata, spec }) =>
      new CustomResource(
        `${name}-${metadata.name}`,
        { apiVersion, kind, metadata: { name: metadata.name, annotations: metadata.annotations }, spec },
        { ...opts, retainOnDelete: true },
      ),
  );
}
