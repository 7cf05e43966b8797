import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { CHARTS } from "../../standards/charts.ts";
import { deploy } from "../support/cloud.ts";
import { makeClusterServices } from "../support/cluster-services-program.ts";
import { hasRecord, PINNED, readRecord, recordFile } from "./support/recorded.ts";
import type { ProgramRelease } from "./support/releases.ts";
import { releasesOf } from "./support/releases.ts";
import { shaping } from "./support/values.ts";

const HOW = "make its record: docs/guides/raise-a-version.md, section 8";

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
    expect(shaping(release?.values), `other values may make other pods; ${HOW}`).toEqual(values);
  });
});

it("No record is left of a version that is not pinned any more", () => {
  expect(PINNED).toHaveLength(Object.keys(CHARTS).length);
  const files = PINNED.map(recordFile);
  const folder = dirname(files[0] ?? "");
  expect(readdirSync(folder).toSorted()).toEqual(files.map((file) => file.slice(folder.length + 1)).toSorted());
});
