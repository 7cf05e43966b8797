import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Fixture } from "../support/preview.ts";
import { createFixture } from "../support/preview.ts";

const home = join(import.meta.dirname, "..", "..");
const NEWER = "1.35.9-20261120";
const FOUND = `"${NEWER}", which our table of 2026-10-06 does not have`;
const PARAMETER = "/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/standard/recommended/release_version";

describe("what a stack file names beyond our tables", () => {
  let fixture: Fixture;
  beforeAll(() => {
    const committed = readFileSync(join(home, "Pulumi.staging.yaml"), "utf8");
    const newer = committed
      .replace(/releaseVersion: \S+/, `releaseVersion: ${NEWER}`)
      .replace(/amiAlias: \S+/, `amiAlias: al2023@v${NEWER.split("-")[1] ?? ""}`);
    const loader = JSON.stringify(join(home, "config", "load.ts"));
    // Only the configuration is of interest, so the program makes nothing of it.
    fixture = createFixture({
      program: `import { loadConfig } from ${loader};\nloadConfig();\nnew Bucket("a");\n`,
      stacks: { test: newer },
    });
  });
  afterAll(() => {
    fixture.remove();
  });

  it.concurrent("is shown for people, and stops nothing", async () => {
    const { status, stdout } = await fixture.preview("test");
    expect(status).toBe(0);
    expect(stdout).toContain(
      [
        "  warning: Pulumi.test.yaml: preflight:settings.cluster.nodeGroups.system.releaseVersion",
        `      found:   ${FOUND}`,
        '      allowed: a release that exists; the newest known is "1.35.8-20260930"',
        `      do:      See whether it exists before the next deployment: aws ssm get-parameter --name ${PARAMETER} --query Parameter.Value --output text`,
      ].join("\n"),
    );
  });

  it.concurrent("is shown in a pull request", async () => {
    const { status, stdout } = await fixture.preview("test", "--format", "markdown");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^> warning: Pulumi\.test\.yaml: .*releaseVersion found: .*1\.35\.9-20261120/m);
    expect(stdout).toContain(PARAMETER);
  });

  it.concurrent("is shown to programs", async () => {
    const { status, stdout } = await fixture.preview("test", "--json");
    expect(status).toBe(0);
    const [environment] = JSON.parse(stdout).environments;
    expect(environment.log).toContainEqual(
      expect.objectContaining({ severity: "warning", message: expect.stringContaining(FOUND) }),
    );
  });
});
