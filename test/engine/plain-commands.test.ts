import { afterAll, beforeAll, expect, it } from "vitest";

import { describeWith } from "../support/requirements.ts";
import type { Project } from "./support/cli.ts";
import { createProject, PULUMI_CLI } from "./support/cli.ts";

interface State {
  readonly deployment: { readonly resources?: readonly { readonly urn: string; readonly type: string }[] };
}

describeWith(PULUMI_CLI, "plain commands with .envrc", () => {
  let project: Project;
  const created = (stack: string) => {
    const state: State = JSON.parse(project.pulumi("stack", "export", "--stack", stack).stdout);
    return (state.deployment.resources ?? []).filter(({ type }) => !type.startsWith("pulumi:"));
  };

  beforeAll(() => {
    project = createProject();
    for (const stack of ["staging", "production"]) expect(project.pulumi("stack", "init", stack).status).toBe(0);
    project.edit("components/keys/keys.ts", "enableKeyRotation: true", "enableKeyRotation: false");
    project.edit("components/database/database.ts", "settings.backupRetentionDays", "20");
  });
  afterAll(() => {
    project.remove();
  });

  it.each([
    { words: ["up", "--yes", "--stack", "staging"] },
    { words: ["--color", "never", "up", "--yes", "--stack", "staging"] },
    { words: ["--logtostderr", "--stack", "staging", "update", "--yes"] },
  ])("are judged before anything is made, wherever the command stands: pulumi $words", ({ words }) => {
    const run = project.pulumi(...words);
    expect(run.status).toBe(1);
    expect(run.output).toContain("kms-rotation");
    expect(created("staging")).toEqual([]);
  });

  it("find what a stack is held to by its name: 20 days of backups are enough for staging, not for production", () => {
    const staging = project.pulumi("preview", "--stack", "staging").output;
    const production = project.pulumi("preview", "--stack", "production").output;
    expect(staging).not.toContain("rds-backup-retention");
    expect(production).toContain("rds-backup-retention");
  });
});
