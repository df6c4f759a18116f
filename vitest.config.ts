import { defineConfig } from "vitest/config";

// Engine tests run the real Pulumi CLI, so they get minutes, and two files at a time fill two cores.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    maxWorkers: 2,
    reporters: ["default", "./tools/plain-reporter.ts"],
  },
});
