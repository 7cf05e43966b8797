import { describe, expect, it } from "vitest";

import { hasReached, PHASES } from "../../core/phases.ts";

describe("phases", () => {
  it("bring all of the one before", () => {
    const reached = PHASES.map((phase) => PHASES.filter((wanted) => hasReached(phase, wanted)));
    expect(reached).toEqual([["foundation"], ["foundation", "edge"], ["foundation", "edge", "services"]]);
  });
});
