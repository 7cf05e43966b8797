import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";

import { BLOCKS } from "../config/schema.ts";
import { problemsOf, rawStack, readStackFile, STACK_NAMES } from "./support/stack-files.ts";

/** Paths of all keys in order. Lists may differ between environments, so they end a path. */
function keysOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => keysOf(item, `${path}/${key}`))];
}

const settingsOf = (name: (typeof STACK_NAMES)[number]) => Object(rawStack(name).settings);

describe("the stack files", () => {
  it("are those of the environments that the tests know", () => {
    const files = readdirSync(join(import.meta.dirname, "..")).filter((file) => /^Pulumi\..+\.yaml$/.test(file));
    expect(files.toSorted()).toEqual(STACK_NAMES.map((name) => `Pulumi.${name}.yaml`).toSorted());
  });

  it("have the same keys in the same order, so that their diff is the comparison", () => {
    expect(keysOf(readStackFile("production"))).toEqual(keysOf(readStackFile("staging")));
  });

  it.each(STACK_NAMES)("are accepted as they are: %s", (name) => {
    expect(problemsOf(rawStack(name))).toEqual([]);
  });

  it.each(STACK_NAMES)("have their blocks in the order of the schema: %s", (name) => {
    expect(Object.keys(settingsOf(name))).toEqual(Object.keys(BLOCKS));
  });

  it.each(STACK_NAMES)("have the keys of each block in the order of the block's schema: %s", (name) => {
    const objects = Object.entries(BLOCKS).flatMap(([block, { schema }]) =>
      schema instanceof z.ZodObject ? [{ block, keys: Object.keys(schema.shape) }] : [],
    );
    expect(objects.length).toBeGreaterThan(5);
    expect(objects.map(({ block }) => ({ block, keys: Object.keys(settingsOf(name)[block]) }))).toEqual(objects);
  });

  it.each(STACK_NAMES)("carry the environment's own name: %s", (name) => {
    expect(settingsOf(name).environment.name).toBe(name);
  });

  it("live in accounts of their own, so that account-wide things never collide", () => {
    const accounts = STACK_NAMES.flatMap((name) => rawStack(name).allowedAccountIds);
    expect(new Set(accounts).size).toBe(STACK_NAMES.length);
  });

  it("judge production by the stricter profile", () => {
    expect(settingsOf("production").environment.profile).toBe("production");
    expect(settingsOf("staging").environment.profile).toBe("standard");
  });
});
