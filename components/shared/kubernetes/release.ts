import { Release } from "@pulumi/kubernetes/helm/v3/index.js";
import type * as pulumi from "@pulumi/pulumi";

import type { Chart } from "../../../standards/charts.ts";

type Value = string | number | boolean | pulumi.Output<string> | readonly Value[] | { readonly [key: string]: Value };

/**
 * Values of a chart: JSON whose leaves may be outputs, with nothing absent or null in it, which Helm would read in its own
 * way. Which keys a chart knows is checked against the pinned chart, not by the compiler.
 */
export type ChartValues = Readonly<Record<string, Value>>;

export interface ReleaseArgs {
  readonly chart: Chart;
  readonly namespace: pulumi.Input<string>;
  readonly values: ChartValues;
}

/** Revisions that Helm keeps for a way back; ROLL-17. */
const MAX_HISTORY = 5;

/** Seconds until an installation or upgrade counts as failed and goes back: images are pulled, pods become ready. */
const TIMEOUT_SECONDS = 600;

/** Name of a release in the cluster: the chart's own name, so that its objects are called as its documentation says. */
export function releaseName({ chart }: Pick<Chart, "chart">): string {
  return chart.split("/").at(-1) ?? chart;
}

/**
 * A third-party chart at its pinned version. It is there as a whole or not at all: what fails to become ready goes back to
 * the revision before, and what a failed upgrade made is removed. The kinds in a chart's folder `crds/` are not part of it.
 */
export function createRelease(
  name: string,
  { chart, namespace, values }: ReleaseArgs,
  opts: pulumi.CustomResourceOptions,
): Release {
  return new Release(
    name,
    {
      name: releaseName(chart),
      chart: chart.chart,
      version: chart.version,
      ...(chart.repository === undefined ? {} : { repositoryOpts: { repo: chart.repository } }),
      namespace,
      values,
      atomic: true,
      cleanupOnFail: true,
      maxHistory: MAX_HISTORY,
      timeout: TIMEOUT_SECONDS,
      waitForJobs: true,
      createNamespace: false,
      // Helm would make the kinds of a chart's folder crds/ once and never change them: they come before, another way.
      skipCrds: true,
    },
    opts,
  );
}
