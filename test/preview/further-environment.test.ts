import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const home = join(import.meta.dirname, "..", "..");

/** The project with a third environment: production's file under another name, as a user would begin. */
let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "preflight-qa-"));
  for (const entry of readdirSync(home))
    if (!entry.startsWith(".")) symlinkSync(join(home, entry), join(project, entry));
  const production = readFileSync(join(home, "Pulumi.production.yaml"), "utf8");
  writeFileSync(
    join(project, "Pulumi.qa.yaml"),
    production
      .replaceAll("444455556666", "777788889999")
      .replace("      name: production\n", "      name: qa\n")
      .replace("10.30.0.0/16", "10.40.0.0/16"),
  );
});
afterAll(() => {
  rmSync(project, { recursive: true });
});

it("a third environment is previewed like the others, judged as production, and its user is told so", () => {
  const { status, stdout } = spawnSync(process.execPath, ["preflight.js", "preview", "qa", "--root", project], {
    cwd: home,
    encoding: "utf8",
  });
  expect(stdout).toMatch(/^qa: \d{3} resources, \d+ rules: 0 violations, 0 undetermined/m);
  expect(stdout).toContain('warning: The stack "qa" is not in standards/strictness.ts');
  expect(status).toBe(0);
});
