import { defineConfig } from "vitest/config";

import { RUNNER } from "./test/support/runner.ts";

export default defineConfig({
  test: {
    ...RUNNER,
    include: ["test/account/**/*.test.ts"],
    // One emulated account: what one file does to it, another would see.
    fileParallelism: false,
  },
});
