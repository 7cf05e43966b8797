import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { formatFinding, parseFinding, show } from "../../core/finding.ts";

const FINDING = {
  resource: "orders",
  property: "backupRetentionPeriod",
  found: "3",
  required: "at least 7 (days)",
  fix: "Raise it: the floor is there for a reason.",
  checklist: "DATA-05, TGT-16",
};

describe("formatFinding", () => {
  it("writes one labelled line each", () => {
    expect(formatFinding(FINDING)).toBe(
      [
        "resource:  orders",
        "property:  backupRetentionPeriod",
        "found:     3",
        "required:  at least 7 (days)",
        "fix:       Raise it: the floor is there for a reason.",
        "checklist: DATA-05, TGT-16",
      ].join("\n"),
    );
  });

  it("keeps a value of several lines on one, so that it cannot pose as another label", () => {
    const found = "first\nrequired: nothing\n  last";
    expect(parseFinding(formatFinding({ ...FINDING, found }))).toEqual({
      ...FINDING,
      found: "first required: nothing last",
    });
  });
});

describe("parseFinding", () => {
  it("reads back what was written, for any text on one line", () => {
    const text = fc.string({ minLength: 1 }).map((value) => value.replaceAll(/\s+/g, " ").trim());
    fc.assert(
      fc.property(
        fc.record({ resource: text, property: text, found: text, required: text, fix: text, checklist: text }),
        (finding) => {
          expect(parseFinding(formatFinding(finding))).toEqual(finding);
        },
      ),
    );
  });

  it("finds it behind the description with which the SDK begins a message", () => {
    expect(parseFinding(`Every key rotates.\n${formatFinding(FINDING)}`)).toEqual(FINDING);
  });

  it("reads a finding without fix and checklist", () => {
    expect(parseFinding("resource: a\nproperty: b\nfound: c\nrequired: d")).toEqual({
      resource: "a",
      property: "b",
      found: "c",
      required: "d",
      fix: "",
      checklist: "",
    });
  });

  it("takes the first of two lines with one label, so that nothing behind the finding can change it", () => {
    expect(parseFinding(`${formatFinding(FINDING)}\nfound: nothing`)).toEqual(FINDING);
  });

  it("says that a message of another pack is none of ours", () => {
    expect(parseFinding("S3 buckets must not be public")).toBeUndefined();
    expect(parseFinding("resource: a\nproperty: b\nfound: c")).toBeUndefined();
  });
});

describe("show", () => {
  it.each([
    { title: "nothing for what is absent", value: undefined, shown: "nothing" },
    { title: "nothing for null", value: null, shown: "nothing" },
    { title: "zero as zero", value: 0, shown: "0" },
    { title: "false as false", value: false, shown: "false" },
    { title: "text as it is", value: "ALL", shown: "ALL" },
    { title: "lists as JSON", value: ["a", 1], shown: '["a",1]' },
    { title: "a long text cut to 120 characters", value: "x".repeat(121), shown: `${"x".repeat(117)}...` },
    { title: "a text of 120 characters whole", value: "x".repeat(120), shown: "x".repeat(120) },
  ])("shows $title", ({ value, shown }) => {
    expect(show(value)).toBe(shown);
  });
});
