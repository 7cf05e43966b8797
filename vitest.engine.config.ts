import { defineConfig } from "vitest/config";

/** Where the check of a clean clone wants the results as JSON; absent for people. */
const report = process.env["PREFLIGHT_TEST_REPORT"];

export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    include: ["test/engine/**/*.test.ts"],
    globalSetup: ["test/engine/support/announce.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // One engine at a time: each starts its own providers and packs.
    fileParallelism: false,
  },
});
