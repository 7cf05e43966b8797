import { describe, expect, it } from "vitest";

import { colored, paintFor, plain, wrap } from "../../cli/output.ts";

describe("colour", () => {
  it("is for terminals whose user did not refuse it", () => {
    expect(paintFor({ isTTY: true }, {})).toBe(colored);
    expect(paintFor({ isTTY: true }, { NO_COLOR: "1" })).toBe(plain);
    expect(paintFor({ isTTY: true }, { NO_COLOR: "" })).toBe(colored);
    expect(paintFor({ isTTY: false }, {})).toBe(plain);
    expect(colored("good", "x")).toBe("\u001b[32mx\u001b[39m");
  });

  it("lets long lists break between entries", () => {
    expect(wrap(["ec2 Eip ×3,", "NatGateway ×3,", "Vpc"], " ", "  ", 20)).toEqual([
      "  ec2 Eip ×3,",
      "  NatGateway ×3, Vpc",
    ]);
  });
});
