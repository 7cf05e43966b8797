import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as yaml from "yaml";

import type { Phase } from "../core/phases.ts";
import type { Resource } from "../preview/engine/model.ts";
import { loadProject } from "../preview/project.ts";
import { nextStepsOf } from "../preview/report/next-steps.ts";
import { summaryLine, summaryOf } from "../preview/report/summary.ts";
import type { Preview } from "../preview/run.ts";
import { isFailed, previewEnvironment } from "../preview/run.ts";
import type { StackName } from "./support/stack-files.ts";
import { STACK_NAMES } from "./support/stack-files.ts";

const home = join(import.meta.dirname, "..");
const root = mkdtempSync(join(tmpdir(), "preflight-phases-"));

/** The project with one stack file in a phase, as docs/first-up.md has people write it. */
function write(name: StackName, phase: Phase): void {
  const document = yaml.parseDocument(readFileSync(join(home, `Pulumi.${name}.yaml`), "utf8"));
  const set = (path: string, value: unknown) => {
    document.setIn(["config", "preflight:settings", ...path.split(".")], value);
  };
  set("environment.phase", phase);
  set("cluster.apiPublicCidrs", ["198.51.100.7/32"]);
  if (phase === "foundation") set("dns.dnssec", false);
  writeFileSync(join(root, `Pulumi.${name}.yaml`), document.toString());
}

async function previewOf(name: StackName, phase: Phase): Promise<Preview> {
  write(name, phase);
  const project = loadProject(root);
  const outcome = await previewEnvironment(name, {
    project,
    pack: join(root, "policies"),
    unknowns: false,
    timeoutSeconds: 300,
    onProgress: () => undefined,
  });
  if (isFailed(outcome)) throw new Error(outcome.problem);
  return outcome;
}

beforeAll(() => {
  for (const entry of readdirSync(home))
    if (!/^Pulumi\..+\.yaml$|^\.git$/.test(entry)) symlinkSync(join(home, entry), join(root, entry));
});
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const kinds = (resources: readonly Resource[]) => new Set(resources.map(({ type }) => type.split("/").at(-1)));
const urns = (preview: Preview) => new Set(preview.resources.map(({ urn }) => urn));

/** What cannot be made before there is an issued certificate. */
const CERTIFIED = ["certificateValidation:CertificateValidation", "distribution:Distribution"];
/** What cannot run before images and values are there, and what would alarm before there is an answer. */
const SERVED = [
  "v1:Deployment",
  "v1:Ingress",
  "v1:Job",
  "v1:CronJob",
  "v1alpha1:Rollout",
  "v1alpha1:ScaledObject",
  "v1:ExternalSecret",
  "healthCheck:HealthCheck",
];

describe.each(STACK_NAMES)("%s on its way up", (name) => {
  const previews: Partial<Record<Phase, Preview>> = {};
  const at = (phase: Phase): Preview => {
    const preview = previews[phase];
    if (preview === undefined) throw new Error(`no preview of the phase ${phase}`);
    return preview;
  };
  beforeAll(async () => {
    // One after the other: all are of the same stack file.
    previews.foundation = await previewOf(name, "foundation");
    previews.edge = await previewOf(name, "edge");
    previews.services = await previewOf(name, "services");
  });

  it.each(["foundation", "edge", "services"] as const)("is green in the phase %s", (phase) => {
    expect(summaryLine(name, summaryOf(at(phase)))).toMatch(/: 0 violations, 0 undetermined, \d+ advisory$/);
  });

  it("begins without what needs a certificate, an image or a value", () => {
    const made = kinds(at("foundation").resources);
    expect([...CERTIFIED, ...SERVED].filter((kind) => made.has(kind))).toEqual([]);
    expect(made).toContain("zone:Zone");
    expect(made).toContain("repository:Repository");
    expect(made).toContain("cluster:Cluster");
    expect(made).toContain("certificate:Certificate");
  });

  it("adds the certificates' proof and the CDN at the edge, and no service", () => {
    const made = kinds(at("edge").resources);
    expect(CERTIFIED.filter((kind) => !made.has(kind))).toEqual([]);
    expect(SERVED.filter((kind) => made.has(kind))).toEqual([]);
  });

  it("has everything that the tests look for in the last phase, so that their absence before means something", () => {
    const made = kinds(at("services").resources);
    expect([...CERTIFIED, ...SERVED].filter((kind) => !made.has(kind))).toEqual([]);
  });

  it("never takes out or moves what an earlier phase made", () => {
    for (const [earlier, later] of [
      ["foundation", "edge"],
      ["edge", "services"],
    ] as const) {
      const now = urns(at(later));
      expect([...urns(at(earlier))].filter((urn) => !now.has(urn))).toEqual([]);
      expect(now.size).toBeGreaterThan(urns(at(earlier)).size);
    }
  });

  it("pulls no image of its own registry and reads no listener's certificate before its phase", () => {
    for (const phase of ["foundation", "edge"] as const) {
      const kubernetes = at(phase).resources.filter(({ type }) => type.startsWith("kubernetes:"));
      expect(kubernetes.length).toBeGreaterThan(0);
      expect(kubernetes.filter(({ inputs }) => /\.dkr\.ecr\.|certificate-arn/.test(JSON.stringify(inputs)))).toEqual(
        [],
      );
    }
  });

  it("depends on nothing that its phase leaves out", () => {
    for (const phase of ["foundation", "edge", "services"] as const) {
      const made = urns(at(phase));
      const absent = at(phase).resources.flatMap(({ dependencies }) => dependencies.filter((urn) => !made.has(urn)));
      expect(absent).toEqual([]);
    }
  });

  it("says in each phase but the last which comes next", () => {
    expect(nextStepsOf(at("foundation").resources).at(-1)).toContain("environment.phase: edge");
    expect(nextStepsOf(at("edge").resources).at(-1)).toContain("environment.phase: services");
    expect(nextStepsOf(at("services").resources).join("\n")).not.toContain("environment.phase");
  });
});
