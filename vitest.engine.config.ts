import { defineConfig } from "vitest/config";

import { RUNNER } from "./test/support/runner.ts";

export default defineConfig({
  test: {
    ...RUNNER,
    include: ["test/engine/**/*.test.ts"],
    globalSetup: ["test/engine/support/announce.ts"],
    // One engine at a time: each starts its own providers and packs.
    fileParallelism: false,
  },
});
