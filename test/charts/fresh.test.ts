import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { parse } from "yaml";

import { deploy } from "../support/cloud.ts";
import { makeClusterServices } from "../support/cluster-services-program.ts";
import type { Requirement } from "../support/requirements.ts";
import { describeWith } from "../support/requirements.ts";
import { PINNED, readRecord } from "./support/recorded.ts";
import type { ProgramRelease } from "./support/releases.ts";
import { releasesOf } from "./support/releases.ts";
import { render } from "./support/render.ts";

/** Where the guide puts the charts, a folder each; PREFLIGHT_CHARTS names another place. */
const FOLDER = process.env["PREFLIGHT_CHARTS"] ?? join(import.meta.dirname, "..", "..", ".pulumi", "charts");

function needed(): Requirement {
  if (spawnSync("helm", ["version"]).error !== undefined) return { here: false, missing: "no helm on PATH" };
  const absent = PINNED.filter(({ chart }) => !existsSync(join(FOLDER, chart, "Chart.yaml")));
  const missing = `no folder of ${absent.map(({ chart }) => chart).join(", ")} in .pulumi/charts or PREFLIGHT_CHARTS; docs/guides/raise-a-version.md, section 8, pulls them`;
  return { here: absent.length === 0, missing };
}

describeWith(needed(), "The records of charts, made again", () => {
  let releases: ProgramRelease[];
  beforeAll(async () => {
    releases = releasesOf(await deploy(makeClusterServices));
  });

  it.each(PINNED)("say of $chart $version what Helm says", (pinned) => {
    const folder = join(FOLDER, pinned.chart);
    expect(parse(readFileSync(join(folder, "Chart.yaml"), "utf8"))).toMatchObject({ version: pinned.version });
    const release = releases.find(({ chart }) => chart === pinned.chart);
    if (release === undefined) throw new Error(`the program has no release of ${pinned.chart}`);
    const record = readRecord(pinned);
    const { namespace, values } = release;
    // Which Helm it was may differ, as the day does.
    const { helm, ...rendered } = render(folder, release);
    const { chart, version, source, date } = record;
    expect({ chart, version, source, date, helm: record.helm, namespace, values, ...rendered }).toEqual(record);
    expect(helm).toMatch(/^v\d/);
  });
});
