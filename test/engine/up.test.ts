import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import type { ClusterObject } from "../../preview/cloud/kubernetes/controllers.ts";
import { afterRelease, afterScaling } from "../../preview/cloud/kubernetes/controllers.ts";
import { describeWith } from "../support/requirements.ts";
import { CHANGES_VARIABLE, clusterObjects, writeChanges } from "./support/changes.ts";
import type { Project } from "./support/cli.ts";
import { createProject, PULUMI_CLI, packFlags } from "./support/cli.ts";

interface State {
  readonly deployment: { readonly resources?: readonly { readonly urn: string; readonly type: string }[] };
}

describeWith(PULUMI_CLI, "up of staging under the real engine", () => {
  let project: Project;
  const up = (...more: string[]) =>
    project.pulumi("up", "--yes", "--skip-preview", "--stack", "staging", ...packFlags("staging"), ...more);
  const preview = () => project.pulumi("preview", "--expect-no-changes", "--stack", "staging", ...packFlags("staging"));
  const exported = () => project.pulumi("stack", "export", "--stack", "staging").stdout;

  beforeAll(() => {
    project = createProject();
    expect(project.pulumi("stack", "init", "staging").status).toBe(0);
  });
  afterAll(() => {
    project.remove();
  });

  it("creates the whole environment with every rule satisfied", () => {
    const run = up();
    expect(run.output).not.toContain("❌");
    expect(run.status, run.output).toBe(0);
  });

  it("finds nothing to change the second time", () => {
    const run = up("--expect-no-changes");
    expect(run.status, run.output).toBe(0);
  });

  it("finds nothing wrong in a preview of what exists", () => {
    const run = preview();
    expect(run.output).not.toContain("❌");
    expect(run.status, run.output).toBe(0);
  });

  it.each([
    {
      event: "every autoscaler has set the number of pods",
      happen: (objects: readonly ClusterObject[]) => afterScaling(objects, 7),
      seen: /"replicas": 7/,
    },
    {
      event: "a release has narrowed the selectors of its services",
      happen: (objects: readonly ClusterObject[]) => afterRelease(objects, 2),
      seen: /"rollouts-pod-template-hash": "/,
    },
  ])("finds nothing wrong after $event, and changes nothing", ({ happen, seen }) => {
    const changes = happen(clusterObjects(exported()));
    const file = join(project.directory, "changes.json");
    writeChanges(file, changes);
    const refresh = project.pulumiWith(
      { [CHANGES_VARIABLE]: file },
      "refresh",
      "--yes",
      "--skip-preview",
      "--stack",
      "staging",
    );
    expect(refresh.status, refresh.output).toBe(0);
    expect(exported()).toMatch(seen);
    const run = preview();
    expect(run.output).not.toContain("❌");
    expect(run.status, run.output).toBe(0);
  });

  it("keeps no secret in clear in the exported state", () => {
    // The fake cloud's generated passwords are recognisable; shown on request, so that their absence means something.
    const generated = /ref~[0-9a-f]+~(result|bcryptHash)~/;
    expect(project.pulumi("stack", "export", "--stack", "staging", "--show-secrets").stdout).toMatch(generated);
    expect(project.pulumi("stack", "export", "--stack", "staging").stdout).not.toMatch(generated);
  });
});

describeWith(PULUMI_CLI, "an up that breaks a rule", () => {
  let project: Project;

  beforeAll(() => {
    project = createProject();
    expect(project.pulumi("stack", "init", "staging").status).toBe(0);
    project.edit("components/keys/keys.ts", "enableKeyRotation: true", "enableKeyRotation: false");
  });
  afterAll(() => {
    project.remove();
  });

  it("is blocked before anything is created, and says which rule and what to do", () => {
    const run = project.pulumi("up", "--yes", "--stack", "staging", ...packFlags("staging"));
    expect(run.status).toBe(1);
    expect(run.output).toContain("kms-rotation");
    expect(run.output).toContain("Set enableKeyRotation to true");
    const state: State = JSON.parse(project.pulumi("stack", "export", "--stack", "staging").stdout);
    expect(state.deployment.resources ?? []).toEqual([]);
  });
});

describeWith(PULUMI_CLI, "an up of production without the pack", () => {
  let project: Project;

  beforeAll(() => {
    project = createProject();
    expect(project.pulumi("stack", "init", "production").status).toBe(0);
  });
  afterAll(() => {
    project.remove();
  });

  it("is refused with the remedy before the first resource", () => {
    const run = project.pulumi("up", "--yes", "--skip-preview", "--stack", "production");
    expect(run.status).not.toBe(0);
    expect(run.output).toContain("npm run up --");
    const state: State = JSON.parse(project.pulumi("stack", "export", "--stack", "production").stdout);
    const types = (state.deployment.resources ?? [])
      .map(({ type }) => type)
      .filter((type) => !type.startsWith("pulumi:"));
    expect(types).toEqual([]);
  });

  it("is refused although an earlier run was judged and its answer is in the state", () => {
    expect(
      project.pulumi("up", "--yes", "--skip-preview", "--stack", "production", ...packFlags("production")).status,
    ).toBe(0);
    const run = project.pulumi("up", "--yes", "--skip-preview", "--stack", "production");
    expect(run.status).not.toBe(0);
    expect(run.output).toContain("No policy pack judges this deployment of production");
  });

  it("goes through with a reason, and shows it", () => {
    const run = project.pulumiWith(
      { PREFLIGHT_UP_WITHOUT_POLICIES: "the pack's registry is down" },
      "up",
      "--yes",
      "--skip-preview",
      "--stack",
      "production",
    );
    expect(run.status, run.output).toBe(0);
    expect(run.output).toContain("The reason given: the pack's registry is down");
  });
});
