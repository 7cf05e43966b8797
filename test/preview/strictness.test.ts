import { afterAll, beforeAll, expect, it } from "vitest";

import type { Fixture } from "../support/preview.ts";
import { createFixture } from "../support/preview.ts";

/** A rule whose limit the pack sets by the stack's name, as Preflight's own does. */
const SHORT_NAMES = `{
  name: "short-names", description: "Names are short.", enforcementLevel: "mandatory",
  configSchema: { properties: { most: { type: "integer", default: process.env.PULUMI_NODEJS_STACK === "staging" ? 15 : 5 } } },
  validateResource: ({ type, name, getConfig }, report) => {
    if (type === "aws:s3/bucket:Bucket" && name.length > getConfig().most) report(name.length + " of " + getConfig().most);
  },
}`;

let fixture: Fixture;
beforeAll(() => {
  fixture = createFixture({
    program: 'new Bucket("ten-letters");',
    rules: SHORT_NAMES,
    stacks: { production: "config: {}\n", qa: "config: {}\n", staging: "config: {}\n" },
  });
});
afterAll(() => {
  fixture.remove();
});

it("tells the pack for which stack it judges, as the engine does", async () => {
  const { stdout, status } = await fixture.preview();
  expect(status).toBe(1);
  expect(stdout.match(/11 of \d+/g)).toEqual(["11 of 5", "11 of 5"]);
  expect(stdout).toContain("staging: 1 resource, 1 rule: 0 violations");
});
