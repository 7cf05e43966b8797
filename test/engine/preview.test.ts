import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { UNKNOWN_STRING } from "../../policies/lib/sdk.ts";
import { answerCheck, providerSettings } from "../../preview/cloud/fake-cloud.ts";
import { nameOf } from "../../preview/engine/urn.ts";
import { describeWith } from "../support/requirements.ts";
import type { Project } from "./support/cli.ts";
import { createProject, PULUMI_CLI } from "./support/cli.ts";

interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly parent?: string;
  readonly protect?: boolean;
  readonly custom?: boolean;
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly provider?: string;
}

interface Digest {
  readonly steps: readonly { readonly newState: Resource }[];
}

/** What the CLI prints in place of a secret. */
const MASKED = "[secret]";

/** The stack itself, and providers, which the engine numbers by itself. */
const isOurs = ({ type }: Resource) => !type.startsWith("pulumi:pulumi:") && !type.startsWith("pulumi:providers:");

/** Key of the wire's marks; files and archives carry one, and a hash that the engine adds by itself. */
const MARK = "4dabf18193072939515e22adb298388d";

/** Paths at which the engine knows a value and ours is another one. */
function differences(real: unknown, ours: unknown, path: string): string[] {
  if (real === MASKED || (typeof real === "string" && real.includes(UNKNOWN_STRING))) return [];
  if (Array.isArray(real) && Array.isArray(ours) && real.length === ours.length) {
    return real.flatMap((item, index) => differences(item, ours[index], `${path}[${index}]`));
  }
  if (typeof real === "object" && real !== null && typeof ours === "object" && ours !== null && !Array.isArray(real)) {
    const theirs: Readonly<Record<string, unknown>> = { ...real };
    const mine: Readonly<Record<string, unknown>> = { ...ours };
    const keys = [...new Set([...Object.keys(theirs), ...Object.keys(mine)])].filter(
      (key) => !(MARK in theirs && key === "hash"),
    );
    return keys.flatMap((key) => differences(theirs[key], mine[key], `${path}.${key}`));
  }
  return real === ours ? [] : [`${path}: ${JSON.stringify(real)} is ${JSON.stringify(ours)} in our preview`];
}

/** The inputs of our preview after the provider's Check: these are what the engine keeps. */
function checked({ urn, type, inputs = {}, provider }: Resource, all: readonly Resource[]) {
  // Before there is a cluster the engine cannot ask its provider.
  if (type.startsWith("kubernetes:")) return inputs;
  const explicit = all.find((resource) => provider?.startsWith(`${resource.urn}::`));
  return answerCheck({ type, name: nameOf(urn), urn, inputs }, providerSettings(explicit?.inputs ?? {}));
}

/** Our own preview of the copy, as a list of resources. */
function ourPreview(project: Project, environment: string): Resource[] {
  const file = join(project.directory, `${environment}-export.json`);
  const run = spawnSync(process.execPath, ["preflight.js", "preview", environment, "--export", file], {
    cwd: project.directory,
    encoding: "utf8",
  });
  expect(run.status, run.stderr).toBe(0);
  return JSON.parse(readFileSync(file, "utf8"));
}

describeWith(PULUMI_CLI, "a preview under the real engine", () => {
  describe.each(["production", "staging"])("of %s", (environment) => {
    let project: Project;
    let real: Resource[];
    let ours: Map<string, Resource>;

    beforeAll(() => {
      project = createProject();
      const all = ourPreview(project, environment);
      ours = new Map(
        all.filter(isOurs).map((resource) => [resource.urn, { ...resource, inputs: checked(resource, all) }]),
      );
      expect(project.pulumi("stack", "init", environment).status).toBe(0);
      const run = project.pulumi("preview", "--json", "--stack", environment);
      expect(run.status, run.output.slice(-4000)).toBe(0);
      const digest: Digest = JSON.parse(run.stdout);
      real = digest.steps.map(({ newState }) => newState).filter(isOurs);
    });
    afterAll(() => {
      project.remove();
    });

    it("has the resources of our preview, no more and no fewer", () => {
      expect(real.length).toBeGreaterThan(400);
      expect(real.map(({ urn }) => urn).toSorted()).toEqual([...ours.keys()].toSorted());
    });

    it("has their parents and their protection", () => {
      const shape = ({ urn, parent, protect }: Resource) => ({ urn, parent: parent ?? "", protect: protect ?? false });
      for (const resource of real) expect(shape(resource)).toEqual(shape(ours.get(resource.urn) ?? resource));
    });

    it("has their inputs, wherever a first preview knows them", () => {
      const found = real
        // The guard's question tells how the CLI was started, which our preview was not.
        .filter(({ custom, urn }) => custom && nameOf(urn) !== "policy-guard")
        .flatMap((resource) =>
          differences(
            resource.inputs ?? {},
            ours.get(resource.urn)?.inputs ?? {},
            resource.urn.split("::").slice(2).join(" "),
          ),
        );
      expect(found).toEqual([]);
    });
  });
});
