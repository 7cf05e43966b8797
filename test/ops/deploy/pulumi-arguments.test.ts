import { describe, expect, it } from "vitest";

import { pulumiArguments } from "../../../ops/deploy/pulumi-arguments.ts";

const surroundings = (over: { stack?: string } = {}) => ({
  stackFromEnvironment: over.stack,
  environments: ["production", "qa", "staging"],
});

const packWith = (strictness: string) => [
  "--policy-pack",
  "policies",
  "--policy-pack-config",
  `policies/config/${strictness}.json`,
];

const PACK = packWith("standard");

describe("arguments for the Pulumi CLI", () => {
  it("names the stack and brings the pack with its configuration for an up", () => {
    expect(pulumiArguments(["up", "staging", "--yes"], surroundings())).toEqual({
      arguments: ["up", "--stack", "staging", ...PACK, "--yes"],
      judges: true,
    });
  });

  it.each([["--stack", "staging"], ["-s", "staging"], ["--stack=staging"], ["--stack", "acme/preflight/staging"]])(
    "brings the pack to a preview with %s %s",
    (...flags) => {
      expect(pulumiArguments(["preview", ...flags], surroundings())).toEqual({
        arguments: ["preview", ...PACK, ...flags],
        judges: true,
      });
    },
  );

  it("takes the stack from PULUMI_STACK", () => {
    expect(pulumiArguments(["up"], surroundings({ stack: "staging" }))).toEqual({
      arguments: ["up", ...PACK],
      judges: true,
    });
  });

  it("brings production its own configuration", () => {
    expect(pulumiArguments(["up", "production"], surroundings())).toEqual({
      arguments: ["up", "--stack", "production", ...packWith("production")],
      judges: true,
    });
  });

  it.each([[["up", "qa"]], [["preview", "--stack", "acme/preflight/qa"]]])(
    "brings the strictest to a stack whose strictness nobody has said, and tells: %s",
    (words) => {
      expect(pulumiArguments(words, surroundings())).toEqual({
        arguments: expect.arrayContaining(packWith("production")),
        judges: true,
        note: expect.stringMatching(/"qa" is not in standards\/strictness\.ts.*production.*Add its name/),
      });
    },
  );

  it("leaves commands that judge nothing as they are", () => {
    expect(pulumiArguments(["stack", "output", "--json"], surroundings())).toEqual({
      arguments: ["stack", "output", "--json"],
      judges: false,
    });
  });

  it.each([
    [["up", "--stack", "staging", "-m", "-h"]],
    [["preview", "-h", "-s", "staging"]],
    [["up", "staging", "--help"]],
  ])("keeps the pack beside a word that asks for help, or is a flag's value: %s", (words) => {
    expect(pulumiArguments(words, surroundings()).arguments).toEqual(expect.arrayContaining(PACK));
  });

  it("keeps it for the environment of PULUMI_STACK too", () => {
    expect(pulumiArguments(["up", "-h"], surroundings({ stack: "staging" })).arguments).toEqual(["up", ...PACK, "-h"]);
  });

  it.each(["--help", "-h"])("needs no environment for %s alone, but beside anything else", (help) => {
    expect(pulumiArguments(["up", help], surroundings())).toEqual({ arguments: ["up", help], judges: false });
    expect(() => pulumiArguments(["up", "-m", help], surroundings())).toThrow("Say which environment");
  });

  it("refuses a command that judges behind flags, where it would go without the pack", () => {
    expect(() => pulumiArguments(["--color", "never", "up", "--stack", "staging"], surroundings())).toThrow(
      expect.objectContaining({ code: "command-not-first", next: expect.stringContaining("preflight pulumi up ") }),
    );
    expect(pulumiArguments(["--color", "never", "stack", "ls"], surroundings()).judges).toBe(false);
  });

  it("asks for the environment when none is named", () => {
    expect(() => pulumiArguments(["up", "--yes"], surroundings())).toThrow("Say which environment");
  });

  it.each([
    [["up", "staging", "--stack", "production"]],
    [["up", "staging", "-s", "production"]],
    [["up", "staging", "-sproduction"]],
    [["up", "--stack=staging", "--stack=production"]],
    [["up", "staging", "production"]],
  ])("refuses two environments, of which the CLI would take the last and the pack the first: %s", (words) => {
    expect(() => pulumiArguments(words, surroundings())).toThrow(
      "Several environments are named: staging, production. Name one.",
    );
  });

  it("takes the same environment twice for one", () => {
    expect(pulumiArguments(["up", "staging", "--stack", "staging"], surroundings()).arguments).toContain(
      "policies/config/standard.json",
    );
  });

  it("refuses an environment without stack file before the CLI would create a stack of that name", () => {
    expect(() => pulumiArguments(["up", "stagin"], surroundings())).toThrow(
      'There is no environment "stagin": no Pulumi.stagin.yaml. Did you mean "staging"?',
    );
    expect(() => pulumiArguments(["preview", "--stack", "acme/preflight/demo"], surroundings())).toThrow(
      'There is no environment "demo": no Pulumi.demo.yaml. There are: production, qa, staging.',
    );
  });
});
