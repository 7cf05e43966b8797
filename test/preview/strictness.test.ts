import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { configurationFile } from "../../standards/configuration-file.ts";
import type { Fixture } from "../support/preview.ts";
import { createFixture } from "../support/preview.ts";

/** A rule whose limit comes from the pack's configuration. */
const SHORT_NAMES = `{
  name: "short-names", description: "Names are short.", enforcementLevel: "mandatory",
  configSchema: { properties: { most: { type: "integer", default: 20 } } },
  validateResource: ({ type, name, getConfig }, report) => {
    if (type === "aws:s3/bucket:Bucket" && name.length > getConfig().most) report(name.length + " of " + getConfig().most);
  },
}`;

const NOTE = configurationFile("qa").note ?? "";

describe("a preview under a name that the table of strictness does not have", () => {
  let fixture: Fixture;
  beforeAll(() => {
    fixture = createFixture({
      program: 'new Bucket("ten-letters");',
      rules: SHORT_NAMES,
      stacks: { production: "config: {}\n", qa: "config: {}\n", staging: "config: {}\n" },
      files: {
        "policies/config/production.json": '{ "short-names": { "most": 5 } }',
        "policies/config/standard.json": '{ "short-names": { "most": 15 } }',
      },
    });
  });
  afterAll(() => {
    fixture.remove();
  });

  it("is judged as production is, and says so with what to do", async () => {
    const { stdout, status } = await fixture.preview();
    expect(status).toBe(1);
    expect(stdout.match(/11 of \d+/g)).toEqual(["11 of 5", "11 of 5"]);
    expect(stdout).toContain("staging: 1 resource, 1 rule: 0 violations");
    expect(stdout.split("\n").filter((line) => line.startsWith("  warning:"))).toEqual([`  warning: ${NOTE}`]);
    expect(NOTE).toContain('"qa" is not in standards/strictness.ts');
    expect(NOTE).toContain("Add its name");
  });

  it.each([
    { format: "json", note: JSON.stringify(NOTE) },
    { format: "markdown", note: `> warning: ${NOTE}\n` },
  ])("says so in $format too", async ({ format, note }) => {
    expect((await fixture.preview("qa", "--format", format)).stdout).toContain(note);
    expect((await fixture.preview("staging", "--format", format)).stdout).not.toContain("strictness.ts");
  });
});

it("says nothing where the pack has no configuration to choose from", async () => {
  const fixture = createFixture({ program: "", stacks: { qa: "config: {}\n" } });
  try {
    expect((await fixture.preview()).stdout).toBe(
      "qa: 0 resources in 0 components\n" +
        `${"─".repeat(100)}\n\n` +
        "qa: 0 resources, 1 rule: 0 violations, 0 undetermined, 0 advisory\n",
    );
  } finally {
    fixture.remove();
  }
});
