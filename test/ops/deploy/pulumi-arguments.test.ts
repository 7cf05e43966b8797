import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";

import { pulumiVariables, upArguments } from "../../../ops/deploy/pulumi-arguments.ts";

const surroundings = (over: { stack?: string } = {}) => ({
  stackFromEnvironment: over.stack,
  environments: ["production", "qa", "staging"],
});

describe("what the Pulumi CLI gets beside its words", () => {
  it("is the pack for every command that has one, and the pinned Node before any other", () => {
    const variables = pulumiVariables("/project", { PATH: "/usr/bin", AWS_PROFILE: "deploy" });
    expect(variables).toEqual({
      AWS_PROFILE: "deploy",
      PULUMI_OPTION_POLICY_PACK: "/project/policies",
      PATH: [join("/project", "node_modules", ".bin"), "/usr/bin"].join(delimiter),
    });
  });

  it.each([
    { set: "/project/policies", pack: "/project/policies" },
    { set: "policies", pack: "/project/policies" },
    { set: "", pack: "/project/policies" },
    { set: "../company-rules,policies", pack: "/project/policies,../company-rules" },
  ])("keeps packs of the user beside ours, once: $set", ({ set, pack }) => {
    expect(pulumiVariables("/project", { PULUMI_OPTION_POLICY_PACK: set })).toMatchObject({
      PULUMI_OPTION_POLICY_PACK: pack,
    });
  });
});

describe("arguments for an up", () => {
  it("name the stack", () => {
    expect(upArguments(["staging", "--yes"], surroundings())).toEqual(["up", "--stack", "staging", "--yes"]);
  });

  it.each([
    [["--stack", "staging"]],
    [["-s", "staging"]],
    [["--stack=staging", "--yes"]],
    [["--stack", "acme/preflight/staging"]],
    [["--color", "never", "--stack", "staging"]],
  ])("are handed on as they are where a flag names it: %s", (flags) => {
    expect(upArguments(flags, surroundings())).toEqual(["up", ...flags]);
  });

  it("take the stack from PULUMI_STACK", () => {
    expect(upArguments([], surroundings({ stack: "staging" }))).toEqual(["up"]);
  });

  it("ask for the environment when none is named", () => {
    expect(() => upArguments(["--yes"], surroundings())).toThrow("Say which environment");
  });

  it.each([
    [["staging", "--stack", "production"]],
    [["staging", "-s", "production"]],
    [["staging", "-sproduction"]],
    [["--stack=staging", "--stack=production"]],
    [["staging", "production"]],
  ])("refuse two environments, of which the CLI would take the last: %s", (words) => {
    expect(() => upArguments(words, surroundings())).toThrow(
      "Several environments are named: staging, production. Name one.",
    );
  });

  it("take the same environment twice for one", () => {
    expect(upArguments(["staging", "--stack", "staging"], surroundings())).toContain("staging");
  });

  it("refuse an environment without stack file before the CLI would create a stack of that name", () => {
    expect(() => upArguments(["stagin"], surroundings())).toThrow(
      'There is no environment "stagin": no Pulumi.stagin.yaml. Did you mean "staging"?',
    );
    expect(() => upArguments(["--stack", "acme/preflight/demo"], surroundings())).toThrow(
      'There is no environment "demo": no Pulumi.demo.yaml. There are: production, qa, staging.',
    );
  });
});
