import { PriorityClass } from "@pulumi/kubernetes/scheduling/v1/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { PRIORITY_CLASSES } from "../shared/kubernetes/names.ts";

/** When nodes are short, a critical service's pods take the place of others'; both stay below the cluster's own parts. */
export function createPriorities(name: string, opts: pulumi.CustomResourceOptions): pulumi.Resource[] {
  return [
    new PriorityClass(
      `${name}-critical`,
      {
        metadata: { name: PRIORITY_CLASSES.critical },
        value: 1_000_000,
        description: "Services whose loss users notice at once.",
      },
      opts,
    ),
    new PriorityClass(
      `${name}-standard`,
      {
        metadata: { name: PRIORITY_CLASSES.standard },
        value: 1000,
        globalDefault: true,
        description: "Everything that names no class.",
      },
      opts,
    ),
  ];
}
