/**
 * Builds the library (ESM, dependencies left outside; the values of special functions, and typesetter and layout of
 * figures inside) and the command (CommonJS bundles with everything inside).
 *
 * The command is cut into bundles so that each start reads only what it needs: `main` (options and help), `derive-text`,
 * `derive-latex` (with KaTeX), `check` and `figure` (with MathJax and the layout of graphs). Beside each bundle lies V8's
 * compiled code of it, made by a rehearsal, from which `bin/chainrule` starts without compiling; a Node of another version
 * ignores it and compiles.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

const target = 'node20';

// What entries share lies in files whose names change with their content: those of the last build go.
mkdirSync('dist', { recursive: true });
for (const file of readdirSync('dist')) if (file.startsWith('chunk-')) rmSync(`dist/${file}`);

await build({
  entryPoints: { index: 'src/index.ts', figure: 'src/figure.ts' },
  outdir: 'dist',
  bundle: true,
  // One class of errors for all entries.
  splitting: true,
  external: Object.keys(dependencies),
  platform: 'node',
  format: 'esm',
  target,
  logLevel: 'warning',
});

await build({
  entryPoints: ['main', 'derive-text', 'derive-latex', 'check', 'figure'].map((name) => `src/cli/${name}.ts`),
  outdir: 'dist/cli',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'cjs',
  target,
  logLevel: 'warning',
  // Commander loads this for subcommands that are programs of their own, which we have none of; it costs 3 ms.
  alias: { 'node:child_process': './src/cli/no-subprocess.ts' },
});

const rehearsals = [
  ['derive', '--example', 'backprop'],
  ['derive', '\\sum_i (y_i - a x_i)^2', '--wrt', 'a'],
  ['derive', '--example', 'backprop', '--format', 'svg'],
  ['check', 'examples/check-backprop.md'],
];
for (const rehearsal of rehearsals) {
  spawnSync(process.execPath, ['bin/chainrule', ...rehearsal], {
    env: { ...process.env, CHAINRULE_REHEARSE: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
