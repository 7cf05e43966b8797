import { describe, expect, it } from "vitest";
import * as z from "zod";

import { defineBlock } from "../../../config/block.ts";
import { showPath, showValue } from "../../../config/problems/problem.ts";
import { flag, slug, text, wholeNumber } from "../../../config/types.ts";

const block = defineBlock({
  schema: z.strictObject({
    retentionDays: wholeNumber({ min: 7, max: 35, unit: "days" }, "Days kept."),
    enabled: flag("Whether it runs."),
    mode: z.enum(["fast", "safe"]).meta({ description: "How it runs." }),
    version: z.literal(2),
    window: text(/^\d\d:\d\d$/, 'a time, for instance "02:30"', "When it runs."),
    zones: z.array(slug("A zone.")).min(2).max(3),
    limits: z.strictObject({ memoryMiB: wholeNumber({ min: 1, max: 64, unit: "MiB" }, "Memory.") }),
    services: z.array(
      z.strictObject({
        name: slug("Its name.", 10),
        replicas: wholeNumber({ min: 1, max: 9, unit: "pods" }, "Copies."),
      }),
    ),
    quotas: z.record(z.string(), z.strictObject({ pods: wholeNumber({ min: 1, max: 9, unit: "pods" }, "Pods.") })),
    note: z.string().nullable().meta({ description: "A note." }),
  }),
});

const RIGHT = {
  retentionDays: 7,
  enabled: true,
  mode: "safe",
  version: 2,
  window: "02:30",
  zones: ["a", "b"],
  limits: { memoryMiB: 64 },
  services: [{ name: "api", replicas: 1 }],
  quotas: { apps: { pods: 1 } },
  note: null,
};

/** "path: found | allowed | fix" for the block with some of its keys changed. */
function judge(change: object, base: object = RIGHT): string[] {
  return block
    .judge({ ...base, ...change }, "standard")
    .map(({ path, found, allowed, fix }) => `${showPath(path)}: ${found} | ${allowed} | ${fix}`);
}

describe("explain", () => {
  it("has nothing to say of a block that is right, at both bounds", () => {
    expect(judge({})).toEqual([]);
    expect(judge({ retentionDays: 35, zones: ["a", "b", "c"] })).toEqual([]);
  });

  it.each([
    {
      title: "a number one below its floor",
      change: { retentionDays: 6 },
      problem: "retentionDays: 6 | at least 7 (days) | Change the key: Days kept.",
    },
    {
      title: "a number one above its ceiling",
      change: { retentionDays: 36 },
      problem: "retentionDays: 36 | at most 35 (days) | Change the key: Days kept.",
    },
    {
      title: "a fraction",
      change: { retentionDays: 7.5 },
      problem: "retentionDays: 7.5 | a whole number (days) | Change the key: Days kept.",
    },
    {
      title: "a number in quotes",
      change: { retentionDays: "7" },
      problem: 'retentionDays: "7" | a number without quotes or unit (days) | Change the key: Days kept.',
    },
    {
      title: "a number with its unit",
      change: { retentionDays: "7d" },
      problem: 'retentionDays: "7d" | a number without quotes or unit (days) | Change the key: Days kept.',
    },
    {
      title: "zero",
      change: { retentionDays: 0 },
      problem: "retentionDays: 0 | at least 7 (days) | Change the key: Days kept.",
    },
    {
      title: "a switch as text",
      change: { enabled: "yes" },
      problem: 'enabled: "yes" | true or false | Change the key: Whether it runs.',
    },
    {
      title: "none of several words",
      change: { mode: "quick" },
      problem: 'mode: "quick" | one of fast, safe | Change the key: How it runs.',
    },
    { title: "not the only word", change: { version: 1 }, problem: "version: 1 | 2 | Change the key." },
    {
      title: "a text of another form",
      change: { window: "2:30" },
      problem: 'window: "2:30" | a time, for instance "02:30" | Change the key: When it runs.',
    },
    {
      title: "a list that is too short",
      change: { zones: ["a"] },
      problem: 'zones: ["a"] | at least 2 entries | Change the key.',
    },
    {
      title: "a list that is too long",
      change: { zones: ["a", "b", "c", "d"] },
      problem: 'zones: ["a","b","c","d"] | at most 3 entries | Change the key.',
    },
    {
      title: "an absent key",
      change: { enabled: undefined },
      problem: "enabled: nothing | true or false | Add the key: Whether it runs.",
    },
    {
      title: "null where a value belongs",
      change: { enabled: null },
      problem: "enabled: null | true or false | Change the key: Whether it runs.",
    },
    {
      title: "a value below",
      change: { limits: { memoryMiB: 65 } },
      problem: "limits.memoryMiB: 65 | at most 64 (MiB) | Change the key: Memory.",
    },
    {
      title: "a value in a list's entry",
      change: {
        services: [
          { name: "api", replicas: 1 },
          { name: "api", replicas: 10 },
        ],
      },
      problem: "services[1].replicas: 10 | at most 9 (pods) | Change the key: Copies.",
    },
    {
      title: "a value under a free key",
      change: { quotas: { apps: { pods: 10 } } },
      problem: "quotas.apps.pods: 10 | at most 9 (pods) | Change the key: Pods.",
    },
    {
      title: "a value that may also be null",
      change: { note: 7 },
      problem: "note: 7 | text; numbers and dates in quotes | Change the key: A note.",
    },
  ])("refuses $title", ({ change, problem }) => {
    expect(judge(change)).toEqual([problem]);
  });

  it("refuses a block that is absent or something else", () => {
    expect(block.judge(undefined, "standard")).toEqual([
      { path: [], found: "nothing", allowed: "a block of keys", fix: "Add the key." },
    ]);
    expect(block.judge(7, "standard")).toEqual([
      { path: [], found: "7", allowed: "a block of keys", fix: "Change the key." },
    ]);
  });

  it("suggests the key that a misspelt one means, a wrong unit among them", () => {
    expect(judge({ retentionHours: 200 })).toEqual([
      expect.stringMatching(/^retentionHours: an unknown key \(value 200\) \| .* \| Did you mean "retentionDays"\?/),
    ]);
    expect(judge({ enabeld: true })).toEqual([
      expect.stringMatching(/\| Did you mean "enabled"\? Units are part of the names\.$/),
    ]);
    expect(judge({ limits: { memoryMiB: 1, memoryMB: 1 } })).toEqual([
      'limits.memoryMB: an unknown key (value 1) | memoryMiB | Did you mean "memoryMiB"? Units are part of the names.',
    ]);
  });

  it("suggests nothing for a key like none", () => {
    expect(judge({ colour: "red" })).toEqual([
      expect.stringMatching(
        /^colour: an unknown key .* \| Remove the key, or look its name up in the other stack file\.$/,
      ),
    ]);
  });

  it("says everything that is wrong at once", () => {
    expect(judge({ retentionDays: 6, enabled: "no", colour: "red", zones: [] })).toHaveLength(4);
  });
});

describe("what a problem shows", () => {
  it("is never a secret: neither by its form, nor below, nor under a name that announces one", () => {
    const token = `xoxb-${"1".repeat(12)}`;
    const shown = [
      ...judge({ window: token }),
      ...judge({ colour: token }),
      ...judge({ colour: { deep: [token] } }),
      ...judge({ masterPassword: "hunter2" }),
      ...judge({ apiKey: "hunter2" }),
    ].join("\n");
    expect(shown).not.toContain(token);
    expect(shown).not.toContain("hunter2");
    expect(shown).toContain("window: a secret (not shown)");
    expect(shown).toContain("masterPassword: an unknown key (value not shown)");
  });

  it("is cut when it is long", () => {
    expect(showValue("x".repeat(99))).toBe(`"${"x".repeat(96)}...`);
    expect(showValue("x".repeat(98))).toBe(`"${"x".repeat(98)}"`);
  });
});
