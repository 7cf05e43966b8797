import { PriorityClass } from "@pulumi/kubernetes/scheduling/v1/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Scope } from "../../core/names.ts";
import { priorityClass } from "../../core/names.ts";

/** When nodes are short, a critical service's pods take the place of others'; both stay below the cluster's own parts. */
export function createPriorities(
  name: string,
  scope: Pick<Scope, "prefix">,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource[] {
  return [
    new PriorityClass(
      `${name}-critical`,
      {
        metadata: { name: priorityClass(scope, "critical") },
        value: 1_000_000,
        description: "Services whose loss users notice at once.",
      },
      opts,
    ),
    new PriorityClass(
      `${name}-standard`,
      {
        metadata: { name: priorityClass(scope, "standard") },
        value: 1000,
        globalDefault: true,
        description: "Everything that names no class.",
      },
      opts,
    ),
  ];
}
