import { describe, expect, it } from "vitest";

import { checkTexts } from "../../../config/checks/texts.ts";
import { showPath } from "../../../config/problems/problem.ts";
import { problemsOf, rawStack, withSetting } from "../../support/stack-files.ts";

const check = (value: unknown, profile: "standard" | "production" = "standard") =>
  checkTexts({ services: [{ note: value }] }, profile).map(({ path, found }) => `${showPath(path)}: ${found}`);

// Put together here, so that no scanner takes this file for a leak.
const SECRETS = [
  { what: "an AWS access key", text: `AKIA${"A1".repeat(8)}` },
  { what: "an AWS access key", text: `key=ASIA${"B2".repeat(8)};` },
  { what: "a private key", text: ["-----BEGIN RSA", "PRIVATE KEY-----"].join(" ") },
  { what: "a Slack webhook", text: ["https://hooks.slack.com", "services", "T000", "B000", "xyz"].join("/") },
  { what: "a Slack token", text: `xoxb-${"1".repeat(12)}` },
  { what: "a GitHub token", text: `ghp_${"a1".repeat(18)}` },
  { what: "a GitHub token", text: `github_pat_${"a1".repeat(18)}` },
  { what: "a PagerDuty or other 32-digit key", text: "0123456789abcdef".repeat(2) },
  { what: "a password inside a URL", text: ["postgres://app", "hunter2@db.example.com/app"].join(":") },
  { what: "a JSON web token", text: ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxIn0", "c2ln"].join(".") },
];

const PLACEHOLDERS = [
  "<owner>",
  "change-me",
  "CHANGEME",
  "please replace_me",
  "fill in",
  "TODO",
  "tbd",
  "xxxx",
  "placeholder",
  "dummy",
  "000000000000",
];

describe("a secret in plain text", () => {
  it.each(SECRETS)("is refused with any profile and never shown: $what", ({ what, text }) => {
    const problems = checkTexts({ services: [{ note: text }] }, "standard");
    expect(problems).toEqual([
      {
        path: ["services", 0, "note"],
        found: `${what} in plain text (not shown)`,
        allowed: "no secret in a stack file",
        fix: "Remove it, rotate it, and add an entry to the secrets block: its value lives in Secrets Manager only.",
      },
    ]);
    expect(check(text, "production")).toEqual(check(text));
  });

  it.each(SECRETS)("appears in no message about the whole file: $what", ({ text }) => {
    // One where the shape refuses it, one under a key nobody knows, one where the shape allows any text.
    for (const path of ["backup.copyRegion", "keys.unknownKey", "environment.owner"]) {
      const problems = problemsOf(withSetting(rawStack("production"), path, text));
      expect(problems.length).toBeGreaterThan(0);
      expect(problems.join("\n")).not.toContain(text);
    }
  });

  it.each([
    "platform@example.com",
    "arn:aws:iam::111122223333:role/deployer",
    "https://example.com/runbooks?x=1",
    "https://example.com:8443/a@b",
    "xox-like",
    "sha256:0123456789abcdef0123456789abcdef",
    "cron(0 2 * * ? *)",
  ])("is not %s", (text) => {
    expect(check(text, "production")).toEqual([]);
  });
});

describe("a placeholder", () => {
  it.each(PLACEHOLDERS)("is refused in production: %s", (text) => {
    expect(check(text, "production")).toEqual([`services[0].note: the placeholder "${text}"`]);
  });

  it.each(PLACEHOLDERS)("may stand elsewhere: %s", (text) => {
    expect(check(text)).toEqual([]);
  });

  it.each(["todoist.example.com-api", "dummyvalue", "a < b > c", "exxon"])("is not %s", (text) => {
    expect(check(text, "production")).toEqual([]);
  });

  it("in the production file is refused, in the staging file it is not", () => {
    const path = "environment.costCenter";
    expect(problemsOf(withSetting(rawStack("staging"), path, "tbd"))).toEqual([]);
    expect(problemsOf(withSetting(rawStack("production"), path, "tbd"))).toEqual([
      'environment.costCenter: the placeholder "tbd" | a real value in production | Fill in the value that holds for this environment.',
    ]);
  });
});

describe("values that are no text", () => {
  it("are left alone", () => {
    expect(check(7, "production")).toEqual([]);
    expect(check(null, "production")).toEqual([]);
    expect(check(true, "production")).toEqual([]);
  });
});
