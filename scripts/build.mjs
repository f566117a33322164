/**
 * Builds the library (ESM, dependencies left outside, the values of special functions inside) and the command (CommonJS
 * bundles with everything inside).
 *
 * The command is cut into bundles so that each start reads only what it needs: `main` (options and help), `derive-text`,
 * `derive-latex` (with KaTeX), `html` (with KaTeX's renderer, style sheet and fonts) and `check`. Beside each bundle lies V8's compiled code of it, made by a rehearsal, from
 * which `bin/chainrule` starts without compiling; a Node of another version ignores it and compiles.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

const target = 'node20';

// V8 takes a compiled code for that of any text of the same length: nothing of an older build may stay.
for (const folder of ['dist/chunks', 'dist/cli']) rmSync(folder, { recursive: true, force: true });

await build({
  entryPoints: ['src/index.ts', 'src/html.ts'],
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  outdir: 'dist',
  bundle: true,
  external: Object.keys(dependencies),
  platform: 'node',
  format: 'esm',
  target,
  logLevel: 'warning',
});

await build({
  entryPoints: ['main', 'derive-text', 'derive-latex', 'html', 'check'].map((name) => `src/cli/${name}.ts`),
  outdir: 'dist/cli',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target,
  logLevel: 'warning',
  loader: { '.woff2': 'base64', '.css': 'text' },
  // Commander loads this for subcommands that are programs of their own, which we have none of; it costs 3 ms.
  alias: { 'node:child_process': './src/cli/no-subprocess.ts' },
});

const rehearsals = [
  ['derive', '--example', 'backprop'],
  ['derive', '\\sum_i (y_i - a x_i)^2', '--wrt', 'a'],
  ['derive', '--example', 'backprop', '--format', 'html'],
  ['check', 'examples/check-backprop.md'],
];
for (const rehearsal of rehearsals) {
  spawnSync(process.execPath, ['bin/chainrule', ...rehearsal], {
    env: { ...process.env, CHAINRULE_REHEARSE: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
