import { defineConfig } from "vitest/config";

import { RUNNER } from "./test/support/runner.ts";

/** Pure code: its tests share their modules, which saves a third of the time. */
const PURE = ["test/config/**/*.test.ts", "test/policies/*/*.test.ts", "test/standards/**/*.test.ts"];

export default defineConfig({
  test: {
    ...RUNNER,
    projects: [
      { extends: true, test: { name: "pure", include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: "programs",
          include: ["test/**/*.test.ts"],
          // test/engine runs the real CLI, test/kubernetes a real API server, test/account an emulated account, test/guide/emulator
          // the AWS CLI and an emulator of AWS; each has a command of its own (npm run test:engine).
          exclude: [
            ...PURE,
            "test/account/**",
            "test/engine/**",
            "test/guide/emulator/**",
            "test/kubernetes/**",
            "node_modules/**",
          ],
        },
      },
    ],
  },
});
