import type { InlineConfig } from "vitest/node";

/**
 * Milliseconds after which a test or a hook counts as hanging. It ends what would never end and measures nothing: no test comes
 * near it, also on a machine that builds something else meanwhile. Tests set no limits of their own.
 */
const HANGS_AFTER = 600_000;

/** Where .ci/run wants the results as JSON; absent for people. */
const report = process.env["PREFLIGHT_TEST_REPORT"];

/** What all commands that run tests have in common. */
export const RUNNER = {
  reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
  testTimeout: HANGS_AFTER,
  hookTimeout: HANGS_AFTER,
  teardownTimeout: HANGS_AFTER,
} satisfies InlineConfig;
