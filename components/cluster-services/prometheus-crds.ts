import type { Release } from "@pulumi/kubernetes/helm/v3/index.js";
import type * as pulumi from "@pulumi/pulumi";

import { CHARTS } from "../../standards/charts.ts";
import { KEEP } from "../shared/kubernetes/chart-values.ts";
import { createRelease } from "../shared/kubernetes/release.ts";
import type { ControllerContext } from "./context.ts";

/** The kinds of the Prometheus operator, before everything that describes how it is watched; they stay when the chart goes. */
export function createPrometheusCrds(
  name: string,
  { namespace }: ControllerContext,
  opts: pulumi.CustomResourceOptions,
): Release {
  return createRelease(
    name,
    { chart: CHARTS.prometheusOperatorCrds, namespace, values: { crds: { annotations: KEEP } } },
    opts,
  );
}
