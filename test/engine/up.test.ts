import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

import type { ClusterObject } from "../../preview/cloud/kubernetes/controllers.ts";
import { afterRelease, afterScaling } from "../../preview/cloud/kubernetes/controllers.ts";
import { describeWith } from "../support/requirements.ts";
import { ACCOUNT_VARIABLE, Account } from "./support/account.ts";
import { changeCluster } from "./support/changes.ts";
import type { Project } from "./support/cli.ts";
import { createProject, PULUMI_CLI } from "./support/cli.ts";

interface State {
  readonly deployment: { readonly resources?: readonly { readonly urn: string; readonly type: string }[] };
}

describeWith(PULUMI_CLI, "up of staging under the real engine", () => {
  let project: Project;
  let account: Account;
  const pulumi = (...words: string[]) =>
    project.pulumiWith(
      { PULUMI_OPTION_POLICY_PACK: "policies", [ACCOUNT_VARIABLE]: join(project.directory, "..", "account") },
      ...words,
    );
  const up = (...more: string[]) => pulumi("up", "--yes", "--skip-preview", "--stack", "staging", ...more);
  const preview = () => pulumi("preview", "--expect-no-changes", "--stack", "staging");
  const exported = () => pulumi("stack", "export", "--stack", "staging").stdout;

  beforeAll(() => {
    project = createProject();
    account = new Account(join(project.directory, "..", "account"));
    expect(project.pulumi("stack", "init", "staging").status).toBe(0);
  });
  afterAll(() => {
    project.remove();
  });

  it("creates the whole environment with every rule satisfied", () => {
    const run = up();
    expect(run.output).toContain("✅ preflight@");
    expect(run.output).not.toContain("❌");
    expect(run.status, run.output).toBe(0);
  });

  it("finds nothing to change the second time", () => {
    const run = up("--expect-no-changes");
    expect(run.status, run.output).toBe(0);
  });

  it("finds nothing wrong in a preview of what exists", () => {
    const run = preview();
    expect(run.output).toContain("✅ preflight@");
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
    changeCluster(account, exported(), happen);
    const refresh = pulumi("refresh", "--yes", "--skip-preview", "--stack", "staging");
    expect(refresh.status, refresh.output).toBe(0);
    expect(exported()).toMatch(seen);
    const run = preview();
    expect(run.output).toContain("✅ preflight@");
    expect(run.output).not.toContain("❌");
    expect(run.status, run.output).toBe(0);
  });

  it("keeps no secret in clear in the exported state", () => {
    // The fake cloud's generated passwords are recognisable; shown on request, so that their absence means something.
    const generated = /ref~[0-9a-f]+~(result|bcryptHash)~/;
    expect(project.pulumi("stack", "export", "--stack", "staging", "--show-secrets").stdout).toMatch(generated);
    expect(project.pulumi("stack", "export", "--stack", "staging").stdout).not.toMatch(generated);
  });

  it("finds what the program makes wrong in a part of what exists", () => {
    project.edit("components/network/flow-logs.ts", 'trafficType: "ALL"', 'trafficType: "REJECT"');
    const run = pulumi("preview", "--stack", "staging");
    expect(run.status).toBe(1);
    expect(run.output).toContain("vpc-flow-logs");
    expect(run.output).toContain("REJECT");
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
