/**
 * Builds the library (ESM, dependencies left outside; the values of special functions, and typesetter and layout of
 * figures inside) and the command (CommonJS bundles with everything inside).
 *
 * The command is cut into bundles so that each start reads only what it needs: `main` (options and help), `derive-text`,
 * `derive-latex` (with KaTeX), `html` (with KaTeX's renderer, style sheet and fonts), `check`, `build`, `figure` (with MathJax
 * and the layout of graphs), `usage` (what is wrong with a command line), `patterns` (of files) and `completion`. Beside each
 * bundle lies V8's compiled code of it, made by a rehearsal, from which `bin/chainrule` starts without compiling; a Node of
 * another version ignores it and compiles.
 */

import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));

const target = 'node20';

/** Messages of a package that nobody reads; as it is, it requires parts of Node, and takes a module with it. */
const silent = { debug: './scripts/silent-debug.cjs' };

// V8 takes a compiled code for that of any text of the same length: nothing of an older build may stay.
for (const folder of ['dist/chunks', 'dist/cli']) rmSync(folder, { recursive: true, force: true });

await build({
  entryPoints: ['src/index.ts', 'src/html.ts', 'src/figure.ts', 'src/remark.ts'],
  // One class of errors for all entries.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  outdir: 'dist',
  bundle: true,
  external: Object.keys(dependencies),
  platform: 'node',
  format: 'esm',
  target,
  alias: silent,
  logLevel: 'warning',
});

await build({
  entryPoints: [
    ...['main', 'derive-text', 'derive-latex', 'html', 'check', 'build', 'figure'],
    ...['usage', 'patterns', 'completion'],
  ].map((name) => `src/cli/${name}.ts`),
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
  alias: { ...silent, 'node:child_process': './src/cli/no-subprocess.ts' },
  // What the search for files (fdir) resolves an optional package from; CommonJS has no other word for it.
  define: { 'import.meta.url': '__dirname' },
});

// For sites that load KaTeX's style sheet themselves.
const { htmlStyles } = await import('../dist/html.js');
writeFileSync('dist/styles.css', htmlStyles);

const rehearsals = [
  ['derive', '--example', 'backprop'],
  ['derive', '\\sum_i (y_i - a x_i)^2', '--wrt', 'a'],
  ['derive', '--example', 'backprop', '--format', 'svg'],
  ['derive', '--example', 'backprop', '--format', 'html'],
  ['check', 'examples/check-backprop.md'],
  ['build', 'examples/backprop.md', '-o', 'dist/rehearsal.html'],
];
for (const rehearsal of rehearsals) {
  spawnSync(process.execPath, ['bin/chainrule', ...rehearsal], {
    env: { ...process.env, CHAINRULE_REHEARSE: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
rmSync('dist/rehearsal.html', { force: true });
