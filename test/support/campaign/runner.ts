/** The process that runs a part of the campaign: `node runner.js SEED FROM TO` in the folder of the project's cache. */

import { runInputs } from './run.ts';

const [seed, from, to] = process.argv.slice(2).map(Number) as [number, number, number];
await runInputs(new URL('../../../', import.meta.url), seed, from, to);
