import { describe, expect, it } from "vitest";

import { environmentsOf } from "../../cli/environments.ts";
import { STRICTNESS_BY_STACK, strictnessOf } from "../../standards/strictness.ts";

describe("the strictness of a stack", () => {
  it("is pinned for the committed ones, and every committed stack file is named", () => {
    expect(STRICTNESS_BY_STACK).toEqual({ production: "production", staging: "standard" });
    expect(environmentsOf(".")).toEqual(Object.keys(STRICTNESS_BY_STACK).toSorted());
  });

  it.each([
    { stack: "staging", strictness: "standard", listed: true },
    { stack: "production", strictness: "production", listed: true },
    { stack: "qa", strictness: "production", listed: false },
    { stack: "Staging", strictness: "production", listed: false },
    { stack: "constructor", strictness: "production", listed: false },
    { stack: "", strictness: "production", listed: false },
  ])('is $strictness for "$stack"', ({ stack, ...expected }) => {
    expect(strictnessOf(stack)).toEqual(expected);
  });
});
