import { defineConfig } from 'vitest/config';

/**
 * `npm run quick`: what one runs while working. Nothing is bundled, no browser starts; see CONTRIBUTING. The files share what
 * they import, which takes as long as they do; those that replace a module would need a graph of their own and are left to
 * `npm test`, and so is what takes seconds for its size alone.
 */
export default defineConfig({
  test: {
    include: [
      'test/guards/{budget,faults,layers,package}.test.ts',
      'test/explain/*.test.ts',
      'test/syntax/{latex,text}.test.ts',
      'test/bad-input/{options,shapes}.test.ts',
      'test/check/!(limits|second-claims).test.ts',
      'test/meaning/!(second-readings).test.ts',
      'test/notes/{prose*,split-words}.test.ts',
      'test/endtoend/*.test.ts',
      'test/oracle/{binders,compare,complex,functions,properties,retrace,shown,sizes,verdicts}.test.ts',
      'test/functions/*.test.ts',
      'test/render/shown.test.ts',
      'test/acceptance/{drivers,expressions}.test.ts',
    ],
    env: { QUICK: '1' },
    setupFiles: ['test/support/seed.ts'],
    testTimeout: 120_000,
    maxWorkers: 2,
    isolate: false,
    pool: 'threads',
    experimental: { fsModuleCache: true },
  },
});
