import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

import { startAnalyzer } from "../../preview/analyzer/analyzer.ts";
import { StackJudge } from "../../preview/analyzer/judge.ts";
import type { Changes } from "../../preview/cloud/kubernetes/controllers.ts";
import { afterRelease, afterScaling } from "../../preview/cloud/kubernetes/controllers.ts";
import type { Resource } from "../../preview/engine/model.ts";
import { loadProject } from "../../preview/project.ts";
import { isFailed, previewEnvironment } from "../../preview/run.ts";
import { readStackFile } from "../../preview/stack-file.ts";
import { ROOT } from "../support/pack.ts";
import { STACK_NAMES } from "../support/stack-files.ts";

const project = loadProject(ROOT);
const pack = join(ROOT, "policies");

async function preview(environment: string, unknowns: boolean) {
  const options = { project, pack, unknowns, timeoutSeconds: 600, onProgress: () => undefined };
  const outcome = await previewEnvironment(environment, options);
  if (isFailed(outcome)) throw new Error(outcome.problem);
  return outcome;
}

/** What the pack says of an unchanged program over a cloud that others have changed. */
async function verdictsAfter(environment: string, resources: readonly Resource[], changes: Changes) {
  const configuration = readStackFile(project, environment);
  const context = { project: project.name, environment, configuration, unknowns: false, root: ROOT };
  const analyzer = await startAnalyzer(pack, context);
  try {
    const judge = new StackJudge(Promise.resolve(analyzer));
    const changed = resources.map((resource) => ({
      ...resource,
      outputs: changes.get(resource.urn) ?? resource.outputs,
    }));
    for (const resource of changed) judge.analyze(resource);
    const { verdicts } = await judge.finish(changed);
    return verdicts;
  } finally {
    analyzer.stop();
  }
}

describe.each(STACK_NAMES)("the pack and %s", (environment) => {
  let resources: readonly Resource[];
  let cluster: Resource[];

  beforeAll(async () => {
    const existing = await preview(environment, false);
    expect(existing.verdicts).toEqual([]);
    resources = existing.resources;
    cluster = resources.filter(({ type }) => type.startsWith("kubernetes:"));
  });

  it("find nothing wrong in the first preview", async () => {
    const { verdicts } = await preview(environment, true);
    expect(verdicts.filter(({ kind }) => kind === "violation")).toEqual([]);
  });

  it("meet the answers of real providers", () => {
    const outputs = (type: string) =>
      resources.filter((resource) => resource.type === type).map((found) => found.outputs);
    for (const bucket of outputs("aws:s3/bucket:Bucket"))
      expect(bucket).toMatchObject({ logging: null, lifecycleRules: [] });
    for (const deployment of outputs("kubernetes:apps/v1:Deployment"))
      expect(deployment).toHaveProperty("spec.replicas", 1);
  });

  it("find nothing wrong after autoscalers have set the number of pods", async () => {
    const changes = afterScaling(cluster, 7);
    expect(changes.size).toBeGreaterThanOrEqual(3);
    expect(await verdictsAfter(environment, resources, changes)).toEqual([]);
  });

  it("find nothing wrong after a release has narrowed the selectors of its services", async () => {
    const changes = afterRelease(cluster, 2);
    const narrowed = [...changes.values()].filter((object) =>
      JSON.stringify(object).includes("rollouts-pod-template-hash"),
    );
    expect(narrowed.length).toBeGreaterThanOrEqual(2);
    expect(await verdictsAfter(environment, resources, changes)).toEqual([]);
  });
});
