import { describe, expect, it } from "vitest";
import * as z from "zod";

import { BLOCKS } from "../config/schema.ts";
import { strictnessOf } from "../standards/strictness.ts";
import { ALL_STACKS, problemsOf, rawStack, readStackFile, STACK_NAMES } from "./support/stack-files.ts";

/** Paths of all keys in order. Lists may differ between environments, so they end a path. */
function keysOf(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return [path, ...Object.entries(value).flatMap(([key, item]) => keysOf(item, `${path}/${key}`))];
}

const settingsOf = (name: string) => Object(rawStack(name).settings);

describe("the stack files", () => {
  it("are those of the environments that tests take for what they are, and of any others", () => {
    expect(ALL_STACKS).toEqual(expect.arrayContaining([...STACK_NAMES]));
  });

  it.each(ALL_STACKS)("have the same keys in the same order, so that their diff is the comparison: %s", (name) => {
    expect(keysOf(readStackFile(name))).toEqual(keysOf(readStackFile("staging")));
  });

  it.each(ALL_STACKS)("are accepted as they are: %s", (name) => {
    expect(problemsOf(rawStack(name))).toEqual([]);
  });

  it.each(ALL_STACKS)("have their blocks in the order of the schema: %s", (name) => {
    expect(Object.keys(settingsOf(name))).toEqual(Object.keys(BLOCKS));
  });

  it.each(ALL_STACKS)("have the keys of each block in the order of the block's schema: %s", (name) => {
    const objects = Object.entries(BLOCKS).flatMap(([block, { schema }]) =>
      schema instanceof z.ZodObject ? [{ block, keys: Object.keys(schema.shape) }] : [],
    );
    expect(objects.length).toBeGreaterThan(5);
    expect(objects.map(({ block }) => ({ block, keys: Object.keys(settingsOf(name)[block]) }))).toEqual(objects);
  });

  it.each(ALL_STACKS)("carry the environment's own name: %s", (name) => {
    expect(settingsOf(name).environment.name).toBe(name);
  });

  it("live in accounts of their own, so that account-wide things never collide", () => {
    const accounts = ALL_STACKS.flatMap((name) => rawStack(name).allowedAccountIds);
    expect(new Set(accounts).size).toBe(ALL_STACKS.length);
  });

  it.each(ALL_STACKS)("have a profile no weaker than what the policy pack holds the stack to: %s", (name) => {
    const { profile } = settingsOf(name).environment;
    expect([strictnessOf(name).strictness, "production"]).toContain(profile);
  });

  it("judge production by the stricter profile", () => {
    expect(settingsOf("production").environment.profile).toBe("production");
    expect(settingsOf("staging").environment.profile).toBe("standard");
  });
});
