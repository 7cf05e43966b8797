import { describe, expect, it } from "vitest";

import { nearest } from "../../core/nearest.ts";

describe("nearest", () => {
  it.each([
    { word: "retentiondays", known: ["retentionDays", "retries"], best: "retentionDays" },
    { word: "cidr", known: ["cidrBlock", "name"], best: undefined },
    { word: "nmae", known: ["name", "names"], best: "name" },
    { word: "stagin", known: ["production", "staging"], best: "staging" },
    { word: "x", known: [], best: undefined },
  ])("answers $best for $word", ({ word, known, best }) => {
    expect(nearest(word, known)).toBe(best);
  });
});
