import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { loadProject, readYamlMap } from "../../preview/project.ts";
import { configurationOf } from "../../preview/stack-file.ts";

const read = (config: unknown) => configurationOf({ config }, "Pulumi.test.yaml", "shop");

describe("a stack file's configuration", () => {
  it("gives keys without a namespace the project's", () => {
    expect(read({ size: "large", "aws:region": "eu-west-1" }).values).toEqual({
      "shop:size": "large",
      "aws:region": "eu-west-1",
    });
  });

  it("hands numbers and switches over as text", () => {
    expect(read({ count: 3, on: false }).values).toEqual({ "shop:count": "3", "shop:on": "false" });
  });

  it("hands structured values over as JSON with sorted keys, as the engine does", () => {
    expect(read({ settings: { b: [{ z: 1, a: 2 }], a: null } }).values["shop:settings"]).toBe(
      '{"a":null,"b":[{"a":2,"z":1}]}',
    );
  });

  it("replaces secure entries by a placeholder and names their keys", () => {
    const { values, secretKeys } = read({
      token: { secure: "v1:abc" },
      db: { user: "app", password: { secure: "v1:def" } },
    });
    expect(values["shop:token"]).toBe("preview-secret-shop-token");
    expect(values["shop:db"]).toBe('{"password":"preview-secret-shop-db-password","user":"app"}');
    expect(secretKeys).toEqual(["shop:token", "shop:db"]);
  });

  it("refuses a key without a value", () => {
    expect(() => read({ size: null })).toThrow("Pulumi.test.yaml: size has no value");
  });

  it("accepts how secrets are encrypted, and refuses what the preview cannot honour", () => {
    expect(configurationOf({ encryptionsalt: "v1:x", config: {} }, "f", "shop").values).toEqual({});
    expect(() => configurationOf({ environment: ["base"] }, "f", "shop")).toThrow(
      "does not open Pulumi ESC environments",
    );
  });
});

describe("a project's files", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "preflight-project-"));
    for (const [file, text] of Object.entries({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "Pulumi.staging.yaml": "config: {}\n",
      "Pulumi.production.yaml": "config: {}\n",
      "broken.yaml": "a: [1\n",
      "list.yaml": "- 1\n",
    }))
      writeFileSync(join(root, file), text);
  });
  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it("tell where a file is broken, missing or of another shape", () => {
    expect(() => readYamlMap(root, "broken.yaml")).toThrow(/broken.yaml is not valid YAML: .*line 2/s);
    expect(() => readYamlMap(root, "none.yaml")).toThrow("none.yaml cannot be read");
    expect(() => readYamlMap(root, "list.yaml")).toThrow("does not hold a map of keys");
  });

  it("name the project and its entry", () => {
    expect(loadProject(root)).toEqual({ root, name: "shop", entry: "." });
  });

  it("refuse configuration in Pulumi.yaml, which would be left out silently", () => {
    writeFileSync(join(root, "Pulumi.yaml"), "name: shop\nconfig: { a: 1 }\n");
    expect(() => loadProject(root)).toThrow("config block, which the preview does not read");
  });
});
