import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/engine/**/*.test.ts"],
    globalSetup: ["test/engine/support/announce.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // One engine at a time: each starts its own providers and packs.
    fileParallelism: false,
  },
});
