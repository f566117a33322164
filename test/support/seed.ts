/**
 * One seed for all property tests, so that a run says of two commits what differs between them. Other seeds are for
 * looking further: `FUZZ_SEED=7 npx vitest run`; what they find becomes a line in `test/cases`.
 */

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20260101) });
