import { defineConfig } from "vitest/config";

/** Where the check of a clean clone wants the results as JSON; absent for people. */
const report = process.env["PREFLIGHT_TEST_REPORT"];

export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    include: ["test/**/*.test.ts"],
    // test/engine runs the real CLI, test/kubernetes a real API server; each has a command of its own (npm run test:engine).
    exclude: ["test/engine/**", "test/kubernetes/**", "node_modules/**"],
    testTimeout: 20_000,
  },
});
