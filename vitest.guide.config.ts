import { defineConfig } from "vitest/config";

import { RUNNER } from "./test/support/runner.ts";

export default defineConfig({
  test: {
    ...RUNNER,
    include: ["test/guide/emulator/**/*.test.ts"],
    // One emulator at a time: what one test makes, another would see.
    fileParallelism: false,
  },
});
