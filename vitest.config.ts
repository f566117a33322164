import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/build.ts'],
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 120_000,
    // As many as the gate has cores; one fewer would leave one of them idle.
    maxWorkers: 2,
  },
});
