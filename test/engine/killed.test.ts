import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";

import { describeWith } from "../support/requirements.ts";
import { ACCOUNT_VARIABLE, Account } from "./support/account.ts";
import type { Project } from "./support/cli.ts";
import { createProject, PULUMI_CLI } from "./support/cli.ts";

interface ImportFile {
  readonly resources: readonly { readonly type: string; readonly name: string }[];
}

/** Things in the account when the run is killed: in the middle of the environment. */
const ENOUGH = 150;

describeWith(PULUMI_CLI, "an up that was killed, in an account that holds what was being made", () => {
  let project: Project;
  let account: Account;
  let pending: readonly string[];
  const pulumi = (...words: string[]) =>
    project.pulumiWith(
      { PULUMI_OPTION_POLICY_PACK: "policies", [ACCOUNT_VARIABLE]: join(project.directory, "..", "account") },
      ...words,
    );
  const UP = ["up", "--yes", "--skip-preview", "--stack", "staging"];

  /** Starts an up and kills it, with all processes that it has started, when enough is made. */
  async function killInTheMiddle(): Promise<void> {
    const child = spawn("pulumi", [...UP, "--non-interactive"], {
      cwd: project.directory,
      env: { ...project.variables, [ACCOUNT_VARIABLE]: join(project.directory, "..", "account") },
      stdio: "ignore",
      detached: true,
    });
    const ended = once(child, "exit");
    while (account.size < ENOUGH && child.exitCode === null) await setTimeout(20);
    process.kill(-(child.pid ?? 0), "SIGKILL");
    await ended;
  }

  beforeAll(async () => {
    project = createProject();
    account = new Account(join(project.directory, "..", "account"));
    expect(project.pulumi("stack", "init", "staging").status).toBe(0);
    await killInTheMiddle();
  });
  afterAll(() => {
    project.remove();
  });

  it("leaves a lock, which the next run names, and cancel removes", () => {
    const run = pulumi(...UP);
    expect(run.status).not.toBe(0);
    expect(run.output).toContain("pulumi cancel");
    expect(pulumi("cancel", "--yes", "--stack", "staging").status).toBe(0);
  });

  it("leaves creations that npm run pending lists", () => {
    const run = spawnSync(process.execPath, ["preflight.js", "pending", "staging", "--json"], {
      cwd: project.directory,
      env: { ...project.variables },
      encoding: "utf8",
    });
    expect(run.status, run.stderr).toBe(1);
    const listed: { readonly pending: readonly { readonly urn: string }[] } = JSON.parse(run.stdout);
    pending = listed.pending.map(({ urn }) => urn);
    expect(pending.some((urn) => account.find(urn) !== undefined)).toBe(true);
  });

  it("goes on once what exists is imported by its ID and the rest is cleared: nothing is made twice", () => {
    const file = join(project.directory, "pending.staging.json");
    const content: ImportFile = JSON.parse(readFileSync(file, "utf8"));
    // What a person does: looks for each in the account, and writes its ID into the file, or takes it out.
    const found = content.resources.flatMap((resource) => {
      const urn = pending.find((candidate) => candidate.endsWith(`${resource.type}::${resource.name}`)) ?? "";
      const id = account.find(urn)?.id;
      return id === undefined ? [] : [{ ...resource, id }];
    });
    writeFileSync(file, JSON.stringify({ ...content, resources: found }));
    const imported = pulumi(
      ...["import", "--file", "pending.staging.json", "--protect=false", "--generate-code=false"],
      ...["--yes", "--skip-preview", "--stack", "staging"],
    );
    expect(imported.status, imported.output.slice(-3000)).toBe(0);
    const refresh = pulumi("refresh", "--yes", "--skip-preview", "--stack", "staging", "--clear-pending-creates");
    expect(refresh.status, refresh.output.slice(-3000)).toBe(0);
    const up = pulumi(...UP);
    expect(up.output).not.toContain("EntityAlreadyExists");
    expect(up.status, up.output.slice(-3000)).toBe(0);
    const again = pulumi(...UP, "--expect-no-changes");
    expect(again.status, again.output.slice(-3000)).toBe(0);
  });
});
