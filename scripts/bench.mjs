/**
 * `npm run bench`: this project against its peers, on the workloads of scripts/bench. Compiles the project's sources
 * together with the benchmark with the settings of the library's own bundle (dist/index.js), so that what is timed is
 * what users get, and hands over to scripts/bench/main.ts.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const { dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const folder = `${root}node_modules/.cache/chainrule-bench`;

await build({
  absWorkingDir: root,
  entryPoints: { main: 'scripts/bench/main.ts', worker: 'scripts/bench/worker.ts' },
  outdir: folder,
  bundle: true,
  external: [...Object.keys(dependencies), 'tinybench', 'nerdamer', 'algebrite'],
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
});

process.chdir(root);
const { main } = await import(`${folder}/main.js`);
process.exitCode = await main(process.argv.slice(2), {
  worker: `${folder}/worker.js`,
  sympyWorker: 'scripts/bench/sympy_worker.py',
});
