import { afterAll, beforeAll, expect, it } from "vitest";

import { describeWith } from "../support/requirements.ts";
import type { Project } from "./support/cli.ts";
import { createProject, PULUMI_CLI } from "./support/cli.ts";

interface State {
  readonly deployment: { readonly resources?: readonly { readonly urn: string; readonly type: string }[] };
}

describeWith(PULUMI_CLI, "up of staging under the real engine", () => {
  let project: Project;
  const up = (...more: string[]) => project.pulumi("up", "--yes", "--skip-preview", "--stack", "staging", ...more);

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
    const run = project.pulumi("up", "--yes", "--stack", "staging");
    expect(run.status).toBe(1);
    expect(run.output).toContain("kms-rotation");
    expect(run.output).toContain("Set enableKeyRotation to true");
    const state: State = JSON.parse(project.pulumi("stack", "export", "--stack", "staging").stdout);
    expect(state.deployment.resources ?? []).toEqual([]);
  });
});
