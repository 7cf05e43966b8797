import { describe, it } from "vitest";

/** Something beside Node and npm that tests need. */
export interface Requirement {
  /** Whether this machine has it. */
  readonly here: boolean;
  /** What is missing and what to do, for instance "no pulumi on PATH; install the Pulumi CLI". */
  readonly missing: string;
}

/** Whether a skipped test is a failure: PREFLIGHT_REQUIRE is "all". Other values are refused. */
function nothingMayBeSkipped(): boolean {
  const required = process.env["PREFLIGHT_REQUIRE"] ?? "";
  if (required !== "" && required !== "all")
    throw new Error(`PREFLIGHT_REQUIRE is "${required}"; it may be "all" or not set.`);
  return required === "all";
}

/**
 * Tests that run where their requirement is here. Elsewhere they are skipped under a title that says why, which .ci/run prints
 * and counts; with PREFLIGHT_REQUIRE=all they are one failure.
 */
export function describeWith({ here, missing }: Requirement, title: string, tests: () => void): void {
  if (here) {
    describe(title, tests);
  } else if (nothingMayBeSkipped()) {
    describe(title, () => {
      it("has what it needs", () => {
        throw new Error(`${missing}. PREFLIGHT_REQUIRE=all lets no test be skipped.`);
      });
    });
  } else {
    describe.skip(`${title} (skipped: ${missing})`, tests);
  }
}
