import { afterAll, beforeAll, expect, it } from "vitest";

import { describeWith } from "../support/requirements.ts";
import type { Project } from "./support/cli.ts";
import { createProject, PULUMI_CLI } from "./support/cli.ts";

interface State {
  readonly deployment: { readonly resources?: readonly { readonly urn: string; readonly type: string }[] };
}

describeWith(PULUMI_CLI, "the guard of production", () => {
  let project: Project;

  beforeAll(() => {
    project = createProject();
    // What is refused does not depend on how much is made; the engine's walk along all paths after a failed deletion does.
    project.edit("Pulumi.production.yaml", "phase: services", "phase: foundation");
    project.edit("Pulumi.production.yaml", "apiPublicCidrs: []", "apiPublicCidrs: [198.51.100.7/32]");
    project.edit("Pulumi.production.yaml", "dnssec: true", "dnssec: false");
    expect(project.pulumi("stack", "init", "production").status).toBe(0);
  });
  afterAll(() => {
    project.remove();
  });

  it("is refused with the remedy before the first resource", () => {
    const run = project.pulumiWith({}, "up", "--yes", "--skip-preview", "--stack", "production");
    expect(run.status).not.toBe(0);
    expect(run.output).toContain("load .envrc");
    const state: State = JSON.parse(project.pulumi("stack", "export", "--stack", "production").stdout);
    const types = (state.deployment.resources ?? [])
      .map(({ type }) => type)
      .filter((type) => !type.startsWith("pulumi:"));
    expect(types).toEqual([]);
  });

  it("is refused although an earlier run was judged and its answer is in the state", () => {
    expect(project.pulumi("up", "--yes", "--skip-preview", "--stack", "production").status).toBe(0);
    const run = project.pulumiWith({}, "up", "--yes", "--skip-preview", "--stack", "production");
    expect(run.status).not.toBe(0);
    expect(run.output).toContain("No policy pack judges this run of production");
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

  const VPC = "urn:pulumi:production::preflight::preflight:network:Network$aws:ec2/vpc:Vpc::network";

  it("lets a run of a part through with the pack, and refuses it without", () => {
    const part = ["up", "--yes", "--skip-preview", "--stack", "production", "--target", VPC];
    const judged = project.pulumi(...part);
    expect(judged.status, judged.output).toBe(0);
    const run = project.pulumiWith({}, ...part);
    expect(run.status).not.toBe(0);
    expect(run.output).toContain("No policy pack judges this run of production");
  });

  it("does not stand in the way of a refresh that runs the program, nor of a destroy, which is refused for what is protected", () => {
    const words = ["--yes", "--skip-preview", "--run-program", "--stack", "production"];
    // The configuration has changed since the last up, so that no kept answer fits.
    project.edit("Pulumi.production.yaml", "rotationPeriodDays: 365", "rotationPeriodDays: 364");
    const refresh = project.pulumi("refresh", ...words);
    expect(refresh.status, refresh.output).toBe(0);
    const destroy = project.pulumi("destroy", ...words);
    expect(destroy.output).toContain("protect");
    expect(destroy.output).not.toContain("No policy pack");
    // Without the pack as default nothing tells them from a deployment; the remedy is the same command with it.
    const bare = project.pulumiWith({}, "refresh", ...words);
    expect(bare.output).toContain("npm run pulumi -- <command and its flags>");
  });
});
