import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { isRecord } from "../../core/records.ts";
import { CHARTS } from "../../standards/charts.ts";
import { deploy } from "../support/cloud.ts";
import { makeClusterServices } from "../support/cluster-services-program.ts";
import { committedResources } from "../support/committed-resources.ts";
import { STACK_NAMES } from "../support/stack-files.ts";
import { hasRecord, PINNED, readRecord, recordFile } from "./support/recorded.ts";
import type { ProgramRelease } from "./support/releases.ts";
import { releasesOf } from "./support/releases.ts";

const HOW = "make its record: docs/guides/raise-a-version.md, section 8";

/** Values that name the environment, by chart: they are of tests in a record. Every other value shapes what Helm makes. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "aws-load-balancer-controller": [
    "clusterName",
    "defaultTags.cost-center",
    "defaultTags.environment",
    "region",
    "vpcId",
  ],
  "external-dns": ["domainFilters.0", "extraArgs.zone-id-filter", "txtOwnerId"],
  karpenter: ["settings.clusterEndpoint", "settings.clusterName", "settings.interruptionQueue"],
  keda: ["clusterName"],
};

/** Every leaf of values by its path. */
function leaves(values: unknown, path: readonly string[] = []): [string, unknown][] {
  const inside = Array.isArray(values) ? Object.entries(values) : isRecord(values) ? Object.entries(values) : [];
  return inside.length === 0
    ? [[path.join("."), values]]
    : inside.flatMap(([key, item]) => leaves(item, [...path, key]));
}

let releases: ProgramRelease[];
beforeAll(async () => {
  releases = releasesOf(await deploy(makeClusterServices));
});

describe.each(PINNED)("The chart $chart $version", (pinned) => {
  it("has a record of this very version", () => {
    expect(hasRecord(pinned), `no record of ${pinned.chart} ${pinned.version}; ${HOW}`).toBe(true);
    expect(readRecord(pinned)).toMatchObject(pinned);
    expect(readRecord(pinned).source).toMatch(/^[\w.-]+\/[\w.-]+@[0-9a-f]{40}$|^(?:https|oci):\/\//);
  });

  it("was recorded with the values that the program gives it", () => {
    const release = releases.find(({ chart }) => chart === pinned.chart);
    const { values, namespace } = readRecord(pinned);
    expect(release, `no release of ${pinned.chart}`).toMatchObject({ version: pinned.version, namespace });
    expect(release?.values, `other values may make other pods; ${HOW}`).toEqual(values);
  });
});

describe.each(STACK_NAMES)("The releases of %s", (environment) => {
  it("have the values of the records, but for the environment's own names", async () => {
    const committed = releasesOf(await committedResources(environment));
    expect(committed.map(({ chart }) => chart).toSorted()).toEqual(PINNED.map(({ chart }) => chart).toSorted());
    for (const { chart, version, values } of committed) {
      const shaping = (of: unknown) => leaves(of).filter(([path]) => !(NAMES[chart] ?? []).includes(path));
      expect(shaping(values), `${chart}; ${HOW}`).toEqual(shaping(readRecord({ chart, version }).values));
    }
  });
});

it("No record is left of a version that is not pinned any more", () => {
  expect(PINNED).toHaveLength(Object.keys(CHARTS).length);
  const files = PINNED.map(recordFile);
  const folder = dirname(files[0] ?? "");
  expect(readdirSync(folder).toSorted()).toEqual(files.map((file) => file.slice(folder.length + 1)).toSorted());
});
