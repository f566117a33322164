import { defineConfig } from 'vitest/config';

/** Replacing a module for one test needs a module graph of its own. */
const replacing = ['test/check/second-claims.test.ts', 'test/meaning/second-readings.test.ts'];

const common = { env: { QUICK: '1' }, setupFiles: ['test/support/seed.ts'], testTimeout: 120_000 };

/**
 * `npm run quick`: what one runs while working. Nothing is bundled, no browser starts; see CONTRIBUTING. The files share what
 * they import, which takes as long as they do.
 */
export default defineConfig({
  test: {
    maxWorkers: 2,
    pool: 'threads',
    experimental: { fsModuleCache: true },
    projects: [
      {
        test: {
          ...common,
          name: 'shared',
          isolate: false,
          include: [
            'test/guards/{budget,faults,layers,package}.test.ts',
            'test/explain/*.test.ts',
            'test/syntax/{latex,text}.test.ts',
            'test/bad-input/{options,shapes}.test.ts',
            'test/check/!(limits).test.ts',
            'test/meaning/*.test.ts',
            'test/notes/{prose*,split-words}.test.ts',
            'test/endtoend/*.test.ts',
            'test/oracle/{binders,compare,complex,functions,properties,retrace,shown,sizes,verdicts}.test.ts',
            'test/functions/*.test.ts',
            'test/render/shown.test.ts',
            'test/acceptance/{drivers,expressions}.test.ts',
          ],
          exclude: replacing,
        },
      },
      { test: { ...common, name: 'replacing', include: replacing } },
    ],
  },
});
