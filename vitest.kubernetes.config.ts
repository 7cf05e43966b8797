import { defineConfig } from "vitest/config";

/** Where the check of a clean clone wants the results as JSON; absent for people. */
const report = process.env["PREFLIGHT_TEST_REPORT"];

export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    include: ["test/kubernetes/**/*.test.ts"],
    // Writes the manifests and starts the cluster, once for all files.
    globalSetup: ["test/kubernetes/support/lab.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // One cluster: what one test does to it, another would see.
    fileParallelism: false,
  },
});
