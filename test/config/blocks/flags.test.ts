import { describe, expect, it } from "vitest";

import type { Profile } from "../../../config/block.ts";
import { flagsBlock } from "../../../config/blocks/flags.ts";

const mock = {
  name: "mockExternal",
  description: "Answers of outside services are made up.",
  owner: "platform@example.com",
  kind: "operational",
  expires: null,
  enabled: false,
};
const release = {
  ...mock,
  name: "newCheckout",
  description: "The checkout on one page.",
  kind: "release",
  expires: "2027-06-30",
};
const right = {
  deploymentMinutes: 30,
  growthPercent: 10,
  bakeMinutes: 30,
  incidentId: null,
  rollbackQueues: [],
  flags: [mock, release],
};

const problems = (change: object, profile: Profile = "production") =>
  flagsBlock
    .judge({ ...right, ...change }, profile)
    .map(({ path, found, allowed }) => `${path.join(".")}: ${found}, allowed ${allowed}`);

describe("the flags block", () => {
  it("accepts flags with owner and expiry", () => {
    expect(problems({})).toEqual([]);
  });

  it("refuses made-up answers in production without an incident", () => {
    expect(problems({ flags: [{ ...mock, enabled: true }] })).toEqual([
      "flags.0.enabled: true without an incident, allowed false in production, or true with flags.incidentId",
    ]);
  });

  it("accepts them in production during an incident, and elsewhere at any time", () => {
    expect(problems({ flags: [{ ...mock, enabled: true }], incidentId: "INC-123" })).toEqual([]);
    expect(problems({ flags: [{ ...mock, enabled: true }] }, "standard")).toEqual([]);
  });

  it("refuses an incident that outlived the made-up answers", () => {
    expect(problems({ incidentId: "INC-123" })).toEqual([
      'incidentId: "INC-123", allowed null while mockExternal is off',
    ]);
  });

  it("refuses a catalogue without the switch, or with one that ends", () => {
    expect(problems({ flags: [release] })).toEqual([
      'flags: no flag "mockExternal", allowed the operational flag "mockExternal"',
    ]);
    expect(problems({ flags: [{ ...mock, kind: "release", expires: "2027-06-30" }] })).toEqual([
      "flags.0.kind: release, allowed operational",
    ]);
  });

  it("refuses a release or an experiment that never goes", () => {
    expect(problems({ flags: [mock, { ...release, expires: null }] })).toEqual([
      "flags.1.expires: null for the kind release, allowed a date; only operational flags may stay",
    ]);
  });

  it.each(["2027-02-30", "2027-13-01", "2026-02-29"])("refuses %s, which no calendar has", (expires) => {
    expect(problems({ flags: [mock, { ...release, expires }] })).toEqual([
      `flags.1.expires: "${expires}", allowed a day of the calendar, as year-month-day`,
    ]);
  });

  it("accepts a leap day", () => {
    expect(problems({ flags: [mock, { ...release, expires: "2028-02-29" }] })).toEqual([]);
  });

  it("refuses a date in words, a name with a hyphen, and a name that comes twice", () => {
    expect(problems({ flags: [mock, { ...release, expires: "next summer" }] })[0]).toContain(
      'allowed a date, for instance "2027-03-31"',
    );
    expect(problems({ flags: [mock, { ...release, name: "new-checkout" }] })[0]).toContain("a small letter first");
    expect(problems({ flags: [mock, release, release] })).toEqual([
      'flags.2.name: "newCheckout", already in flags[1].name, allowed each once',
    ]);
  });

  it("refuses a roll-out that alarms cannot follow", () => {
    expect(problems({ deploymentMinutes: 9, growthPercent: 26, bakeMinutes: 9 })).toEqual([
      "deploymentMinutes: 9, allowed at least 10 (minutes)",
      "growthPercent: 26, allowed at most 25 (percent)",
      "bakeMinutes: 9, allowed at least 10 (minutes)",
    ]);
  });
});
