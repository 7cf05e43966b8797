import { defineConfig } from "vitest/config";

import { RUNNER } from "./test/support/runner.ts";

export default defineConfig({
  test: {
    ...RUNNER,
    include: ["test/kubernetes/**/*.test.ts"],
    // Writes the manifests and starts the cluster, once for all files.
    globalSetup: ["test/kubernetes/support/lab.ts"],
    // One cluster: what one test does to it, another would see.
    fileParallelism: false,
  },
});
