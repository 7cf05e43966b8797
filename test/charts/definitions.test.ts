import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import type { Registered } from "../support/cloud.ts";
import { deploy, ofType } from "../support/cloud.ts";
import { makeClusterServices } from "../support/cluster-services-program.ts";
import { readRecords } from "./support/recorded.ts";
import type { ProgramRelease } from "./support/releases.ts";
import { releasesOf } from "./support/releases.ts";
import type { Definition } from "./support/render.ts";
import { fingerprint } from "./support/render.ts";

const FOLDER = join(import.meta.dirname, "..", "..", "components", "cluster-services", "definitions");
const DEFINITION = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

const records = readRecords();
const withFolder = records.filter(({ crds }) => crds.length > 0);
const makersOf = (kind: string) => records.filter(({ templatedCrds }) => templatedCrds.includes(kind));

let definitions: Registered[];
let releases: ProgramRelease[];
beforeAll(async () => {
  const resources = await deploy(makeClusterServices);
  definitions = ofType(resources, DEFINITION);
  releases = releasesOf(resources);
});

const kindOf = ({ inputs }: Registered) => JSON.parse(JSON.stringify(inputs)).metadata.name;
const releaseOf = (chart: string) => releases.find((release) => release.chart === chart);

describe("Kinds in a chart's folder crds/", () => {
  it("are those of three charts", () => {
    expect(withFolder.map(({ chart }) => chart).toSorted()).toEqual([
      "aws-load-balancer-controller",
      "external-dns",
      "karpenter",
    ]);
  });

  it("are left to no release, which would make them once and never change them", () => {
    expect(releases.filter(({ skipCrds }) => !skipCrds)).toEqual([]);
  });

  it.each(withFolder)("of $chart are made another way, before the controller", ({ chart, crds }) => {
    for (const { name } of crds) {
      const own = definitions.filter((definition) => kindOf(definition) === name).map((definition) => definition.name);
      const charts = makersOf(name).map((maker) => releaseOf(maker.chart)?.resource);
      const makers = [...own, ...charts];
      expect(makers, `${name} has ${makers.length} makers`).toHaveLength(1);
      expect(releaseOf(chart)?.dependsOn).toEqual(expect.arrayContaining(makers));
    }
  });

  it("stay when the program makes them no longer: all objects of a kind go with it", () => {
    expect(definitions).toHaveLength(8);
    for (const { name, retainOnDelete } of definitions) expect(retainOnDelete, name).toBe(true);
  });
});

describe.each(readdirSync(FOLDER))("The definitions in %s", (file) => {
  const written: { chart: string; version: string; source: string; definitions: readonly Definition[] } = JSON.parse(
    readFileSync(join(FOLDER, file), "utf8"),
  );

  it("are those of the recorded chart, to the letter", () => {
    const record = records.find(({ chart }) => chart === written.chart);
    expect(record).toMatchObject({ version: written.version, source: written.source });
    expect(
      written.definitions.map((definition) => ({ name: definition.metadata.name, sha256: fingerprint(definition) })),
    ).toEqual(record?.crds);
  });

  it("are what the program makes", () => {
    for (const { metadata, spec, apiVersion, kind } of written.definitions) {
      const made = definitions.find((definition) => kindOf(definition) === metadata.name);
      expect(made?.inputs).toEqual({ apiVersion, kind, metadata, spec });
    }
  });
});
