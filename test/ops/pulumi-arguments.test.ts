import { describe, expect, it } from "vitest";

import { pulumiArguments } from "../../ops/pulumi-arguments.ts";

const surroundings = (over: { stack?: string; configured?: boolean } = {}) => ({
  stackFromEnvironment: over.stack,
  environments: ["production", "staging"],
  exists: (path: string) => over.configured !== false && path === "policies/config/staging.json",
});

const PACK = ["--policy-pack", "policies", "--policy-pack-config", "policies/config/staging.json"];

describe("arguments for the Pulumi CLI", () => {
  it("names the stack and brings the pack with its configuration for an up", () => {
    expect(pulumiArguments(["up", "staging", "--yes"], surroundings())).toEqual({
      arguments: ["up", "--stack", "staging", ...PACK, "--yes"],
    });
  });

  it.each([["--stack", "staging"], ["-s", "staging"], ["--stack=staging"], ["--stack", "acme/preflight/staging"]])(
    "brings the pack to a preview with %s %s",
    (...flags) => {
      expect(pulumiArguments(["preview", ...flags], surroundings())).toEqual({
        arguments: ["preview", ...PACK, ...flags],
      });
    },
  );

  it("takes the stack from PULUMI_STACK", () => {
    expect(pulumiArguments(["up"], surroundings({ stack: "staging" }))).toEqual({ arguments: ["up", ...PACK] });
  });

  it("brings the pack without configuration where the environment has none", () => {
    expect(pulumiArguments(["up", "staging"], surroundings({ configured: false }))).toEqual({
      arguments: ["up", "--stack", "staging", "--policy-pack", "policies"],
    });
  });

  it("leaves commands that judge nothing as they are", () => {
    expect(pulumiArguments(["stack", "output", "--json"], surroundings())).toEqual({
      arguments: ["stack", "output", "--json"],
    });
  });

  it("asks for the environment when none is named", () => {
    expect(() => pulumiArguments(["up", "--yes"], surroundings())).toThrow("Say which environment");
  });

  it("refuses an environment without stack file before the CLI would create a stack of that name", () => {
    expect(() => pulumiArguments(["up", "stagin"], surroundings())).toThrow(
      'There is no environment "stagin": no Pulumi.stagin.yaml. Did you mean "staging"?',
    );
    expect(() => pulumiArguments(["preview", "--stack", "acme/preflight/qa"], surroundings())).toThrow(
      'There is no environment "qa": no Pulumi.qa.yaml. There are: production, staging.',
    );
  });
});
