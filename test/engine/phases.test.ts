import { afterAll, beforeAll, expect, it } from "vitest";

import { describeWith } from "../support/requirements.ts";
import type { Project } from "./support/cli.ts";
import { createProject, PULUMI_CLI } from "./support/cli.ts";

interface State {
  readonly deployment: { readonly resources?: readonly { readonly type: string; readonly outputs?: object }[] };
}

describeWith(PULUMI_CLI, "the way up under the real engine", () => {
  const WITH_PACK = { PULUMI_OPTION_POLICY_PACK: "policies" };
  const EMPTY = { ...WITH_PACK, PREFLIGHT_FAKE_LACKS: "aws:ecr/getImage:getImage" };
  let project: Project;
  const up = (account: Readonly<Record<string, string>>, ...more: string[]) =>
    project.pulumiWith(account, "up", "--yes", "--skip-preview", "--stack", "staging", ...more);
  const types = () => {
    const state: State = JSON.parse(project.pulumi("stack", "export", "--stack", "staging").stdout);
    return (state.deployment.resources ?? []).map(({ type }) => type).filter((type) => !type.startsWith("pulumi:"));
  };

  beforeAll(() => {
    project = createProject();
    expect(project.pulumi("stack", "init", "staging").status).toBe(0);
  });
  afterAll(() => {
    project.remove();
  });

  it("refuses to begin with the services, lists what is missing and makes nothing", () => {
    const run = up(EMPTY);
    expect(run.status).not.toBe(0);
    expect(run.output).toContain("The services of staging cannot start");
    expect(run.output).toMatch(/image preflight\/gateway@sha256:\S+, for gateway: .*ImageNotFoundException/);
    expect(types()).toEqual([]);
  });

  it("only warns of it in a preview", () => {
    const run = project.pulumiWith(EMPTY, "preview", "--stack", "staging");
    expect(run.status, run.output).toBe(0);
    expect(run.output).toContain("The services of staging cannot start");
  });

  it("makes the foundation in an empty account and says what comes next", () => {
    project.edit("Pulumi.staging.yaml", "phase: services", "phase: foundation");
    project.edit("Pulumi.staging.yaml", "apiPublicCidrs: []", "apiPublicCidrs: [198.51.100.7/32]");
    const run = up(EMPTY);
    expect(run.status, run.output).toBe(0);
    expect(run.output).toContain("Then set environment.phase: edge in Pulumi.staging.yaml");
    expect(types()).not.toContain("kubernetes:networking.k8s.io/v1:Ingress");
  });

  it("goes on to the edge and, once all is there, to the services", () => {
    project.edit("Pulumi.staging.yaml", "phase: foundation", "phase: edge");
    expect(up(EMPTY).status).toBe(0);
    expect(types()).toContain("aws:cloudfront/distribution:Distribution");
    project.edit("Pulumi.staging.yaml", "phase: edge", "phase: services");
    expect(up(EMPTY).status).not.toBe(0);
    const run = up(WITH_PACK);
    expect(run.status, run.output).toBe(0);
    expect(types()).toContain("kubernetes:networking.k8s.io/v1:Ingress");
    expect(up(WITH_PACK, "--expect-no-changes").status).toBe(0);
  });
});
