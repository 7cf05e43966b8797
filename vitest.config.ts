import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // test/engine runs the real CLI and has a command of its own (npm run test:engine).
    exclude: ["test/engine/**", "node_modules/**"],
    testTimeout: 20_000,
  },
});
