import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

import { deploy } from "../support/cloud.ts";
import { makeClusterServices } from "../support/cluster-services-program.ts";
import type { Recorded } from "./support/recorded.ts";
import { PINNED, recordFile } from "./support/recorded.ts";
import { releasesOf } from "./support/releases.ts";
import { definitionsOf, render } from "./support/render.ts";

const USAGE = `node test/charts/record.ts <folder of the chart> <source>

Writes the record of a pinned chart: what Helm, which must be on PATH, makes of the folder with the program's values.
The source is what the record says of where the folder is from.`;

/** Where the program has the definitions of a chart's folder crds/, which Helm would make once and never change. */
const definitionsFile = (chart: string) =>
  join(import.meta.dirname, "..", "..", "components", "cluster-services", "definitions", `${chart}.json`);

const asJson = (value: unknown) => `${JSON.stringify(value, undefined, 2)}\n`;

async function record(folder: string, source: string): Promise<string> {
  const { name, version } = parse(readFileSync(join(folder, "Chart.yaml"), "utf8"));
  const pinned = PINNED.find((one) => one.chart === name && one.version === version);
  if (pinned === undefined)
    throw new Error(`${folder} has ${name} ${version}, which is not pinned in standards/charts.ts`);
  const release = releasesOf(await deploy(makeClusterServices)).find(({ chart }) => chart === name);
  if (release === undefined) throw new Error(`the program has no release of ${name}`);
  const { helm, ...rendered } = render(folder, release);
  const written: Recorded = {
    ...pinned,
    source,
    helm,
    date: new Date().toISOString().slice(0, 10),
    namespace: release.namespace,
    values: release.values,
    ...rendered,
  };
  mkdirSync(join(recordFile(pinned), ".."), { recursive: true });
  writeFileSync(recordFile(pinned), asJson(written));
  const definitions = definitionsFile(pinned.chart);
  if (existsSync(definitions)) {
    writeFileSync(definitions, asJson({ ...pinned, source, definitions: definitionsOf(folder) }));
  }
  return `${pinned.chart} ${pinned.version}: ${written.services.length} services, ${written.pods.length} pods, ${written.crds.length} definitions in crds/`;
}

const [folder, source, ...rest] = process.argv.slice(2);
if (folder === undefined || source === undefined || rest.length > 0) {
  console.error(USAGE);
  process.exitCode = 2;
} else {
  try {
    console.log(await record(folder, source));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
