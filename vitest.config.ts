import { defineConfig } from "vitest/config";

/** Where the check of a clean clone wants the results as JSON; absent for people. */
const report = process.env["PREFLIGHT_TEST_REPORT"];

/** Pure code: its tests share their modules, which saves a third of the time. */
const PURE = [
  "test/config/**/*.test.ts",
  "test/policies/rules/**/*.test.ts",
  "test/policies/*/*.test.ts",
  "test/standards/**/*.test.ts",
];

const testTimeout = 60_000;

export default defineConfig({
  test: {
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    testTimeout,
    projects: [
      { test: { name: "pure", include: PURE, isolate: false, testTimeout } },
      {
        test: {
          name: "programs",
          include: ["test/**/*.test.ts"],
          // test/engine runs the real CLI, test/kubernetes a real API server; each has a command of its own (npm run test:engine).
          exclude: [...PURE, "test/engine/**", "test/kubernetes/**", "node_modules/**"],
          testTimeout,
        },
      },
    ],
  },
});
