import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Fixture, Run } from "../support/preview.ts";
import { createFixture } from "../support/preview.ts";

const PROGRAM = `
const group = new Group("data");
new Bucket("data-logs", { acl: new pulumi.Config().get("acl") ?? "private" }, { parent: group });
await pulumi.log.info("done");`;

describe("the preview's command", () => {
  let fixture: Fixture;
  let both: Run;
  let again: Run;
  beforeAll(async () => {
    fixture = createFixture({
      program: PROGRAM,
      stacks: { good: "config: {}\n", open: "config:\n  acl: public-read\n" },
    });
    [both, again] = await Promise.all([fixture.preview("--export", join(fixture.root, "out.json")), fixture.preview()]);
  });
  afterAll(() => {
    fixture.remove();
  });

  it("previews all environments, sorted, and ends with 1 for a violation", () => {
    expect(both.status).toBe(1);
    expect(both.stdout.split("\n").slice(-3)).toEqual([
      "good: 1 resource, 1 rule: 0 violations, 0 undetermined, 0 advisory",
      "open: 1 resource, 1 rule: 1 violation, 0 undetermined, 0 advisory",
      "",
    ]);
    expect(both.stdout).toContain(
      "✗ no-public-bucket  high, SEC-01\n    data-logs (s3 Bucket): acl\n      found    public-read\n",
    );
  });

  it("prints the same bytes each time, without colour, progress or times", () => {
    expect(again.stdout).toBe(both.stdout);
    expect(both.stderr).toBe("");
    expect(both.stdout).not.toContain("\u001b");
  });

  it("exports one file an environment", () => {
    const exported: { readonly type: string; readonly inputs: object }[] = JSON.parse(
      readFileSync(join(fixture.root, "out.open.json"), "utf8"),
    );
    expect(exported.find(({ type }) => type === "aws:s3/bucket:Bucket")?.inputs).toEqual({ acl: "public-read" });
    expect(existsSync(join(fixture.root, "out.good.json"))).toBe(true);
  });

  it("ends with 0 when every rule is satisfied, and writes to a file", async () => {
    const file = join(fixture.root, "report.json");
    const run = await fixture.preview("good", "--format", "json", "--output", file);
    expect(run).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
      environments: [{ environment: "good", summary: { resources: 1 } }],
    });
  });

  it("ends with 2 for an environment or an option that does not exist", async () => {
    expect(await fixture.preview("goood")).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining('Did you mean "good"?'),
    });
    expect(await fixture.preview("--unknown")).toMatchObject({
      status: 2,
      stderr: "There is no option --unknown. Did you mean --unknowns? --help lists them all.\n",
    });
  });

  it("tells programs of a problem as JSON", async () => {
    const run = await fixture.preview("goood", "--json");
    expect(run).toMatchObject({ status: 2, stderr: "" });
    expect(JSON.parse(run.stdout)).toMatchObject({ error: { code: "unknown-environment" } });
    const late = await fixture.preview("good", "--json", "--export", join(fixture.root, "none", "out.json"));
    expect(late).toMatchObject({ status: 2, stderr: "" });
    expect(JSON.parse(late.stdout)).toMatchObject({ error: { code: "file-unwritable" } });
  });
});

describe("the preview's command on what is broken", () => {
  const fixtures: Fixture[] = [];
  const preview = (spec: Parameters<typeof createFixture>[0], ...args: string[]) => {
    const fixture = createFixture(spec);
    fixtures.push(fixture);
    return fixture.preview(...args);
  };
  afterAll(() => {
    for (const fixture of fixtures) fixture.remove();
  });

  it("previews the other environments all the same, and ends with 2", async () => {
    const run = await preview({
      program:
        "if (new pulumi.Config().getBoolean('fail')) throw new pulumi.RunError('The key fail is set.'); new Bucket('a');",
      stacks: { bad: "config:\n  fail: true\n", good: "config: {}\n" },
    });
    expect(run.status).toBe(2);
    expect(run.stdout).toContain("bad: no preview\n  The key fail is set.\n");
    expect(run.stdout).toContain("good: 1 resource, 1 rule: 0 violations");
  });

  it.concurrent.each([
    {
      title: "a pack that does not start",
      rules: "(() => { throw new Error('broken rule'); })()",
      message: /The policy pack .* did not start \(\d+\)\.\n.*broken rule/s,
    },
    {
      title: "a pack that prints before its port",
      rules:
        "(console.log('hi'), { name: 'a', description: 'd', enforcementLevel: 'mandatory', validateResource() {} })",
      message: /printed "hi" before its port/,
    },
    {
      title: "a rule that throws",
      rules:
        "{ name: 'a', description: 'd', enforcementLevel: 'mandatory', validateResource() { throw new Error('oops'); } }",
      message: /The policy pack failed: .*oops/s,
    },
  ])("ends with 2 for $title", async ({ rules, message }) => {
    const run = await preview({ program: "new Bucket('a');", rules });
    expect(run.stdout).toMatch(message);
    expect(run.status).toBe(2);
  });

  it("ends with 1 when a mandatory rule cannot decide, and names rule and path", async () => {
    const rules =
      "{ name: 'source', description: 'd', enforcementLevel: 'mandatory', validateResource: ({ name, props }, report) => { if (name === 'b' && props.source === 'x') report('x'); } }";
    const run = await preview(
      { program: "const a = new Bucket('a'); new Bucket('b', { source: a.arn });", rules },
      "--unknowns",
    );
    expect(run.stdout).toContain(
      "Undetermined (1)\n  ? source\n    b (s3 Bucket): source is not known before the deployment\n",
    );
    expect(run.status).toBe(1);
  });

  it("ends with 1 when a remediation cannot decide", async () => {
    const rules =
      "{ name: 'close', description: 'd', enforcementLevel: 'remediate', remediateResource: ({ name, props }) => { if (name === 'b' && props.source === 'x') props.acl = 'private'; } }";
    const run = await preview(
      { program: "const a = new Bucket('a'); new Bucket('b', { source: a.arn });", rules },
      "--unknowns",
    );
    expect(run.stdout).toContain("? close\n    b (s3 Bucket): source is not known before the deployment\n");
    expect(run.status).toBe(1);
  });

  it("lets the pack change resources before they are judged, and the program read it back", async () => {
    const rules =
      "{ name: 'close', description: 'd', enforcementLevel: 'remediate', remediateResource: ({ name, props }) => { if (name !== 'a') return; props.acl = 'private'; return props; } }";
    const run = await preview(
      {
        program: "const a = new Bucket('a', { acl: 'public-read' }); new Bucket('b', { copy: a.acl });".replace(
          "a.acl",
          "(a as any).acl",
        ),
        rules,
      },
      "--resources",
    );
    expect(run.stdout).toContain('"copy": "private"');
    expect(run.stdout).toContain("close changed a (s3 Bucket) before it was judged");
  });
});
