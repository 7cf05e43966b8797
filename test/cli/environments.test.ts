import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { chooseEnvironments, environmentsOf } from "../../cli/environments.ts";

describe("stack files", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "preflight-environments-"));
    for (const file of ["Pulumi.yaml", "Pulumi.staging.yaml", "Pulumi.production.yaml", "Pulumi.a.b.yaml"])
      writeFileSync(join(root, file), "");
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it("name the environments, sorted", () => {
    expect(environmentsOf(root)).toEqual(["production", "staging"]);
    expect(chooseEnvironments(root, [])).toEqual(["production", "staging"]);
  });

  it("are taken in the order asked for, once each", () => {
    expect(chooseEnvironments(root, ["staging", "production", "staging"])).toEqual(["staging", "production"]);
  });

  it("tell the nearest name for one that does not exist", () => {
    expect(() => chooseEnvironments(root, ["stagging"])).toThrow('no Pulumi.stagging.yaml. Did you mean "staging"?');
    expect(() => chooseEnvironments(root, ["qa"])).toThrow("There are: production, staging.");
  });

  it("are missed where there are none, or no folder", () => {
    expect(() => chooseEnvironments(join(root, "none"), [])).toThrow("The project's folder cannot be read");
    expect(() => chooseEnvironments(import.meta.dirname, ["qa"])).toThrow(
      expect.objectContaining({ code: "stack-file-missing" }),
    );
  });
});
