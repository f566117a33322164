/**
 * Builds the library (ESM, dependencies left outside; the values of special functions, typesetter and layout of figures, and
 * the parser of Markdown inside) and the command (CommonJS bundles with everything inside).
 *
 * The command is cut into bundles so that each start reads only what it needs: `main` (options and help), `derive-text`,
 * `derive-latex` and `read-latex` (with KaTeX), `html` (with KaTeX's renderer, style sheet and fonts), `check`, `build`, `figure` (with MathJax
 * and the layout of graphs), `usage` (what is wrong with a command line), `patterns` (of files) and `completion`. The first line
 * of each bundle says what it is, so that the compiled code that `bin/chainrule` keeps of it is never taken for that of
 * another.
 */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';

const { dependencies, version } = JSON.parse(readFileSync('package.json', 'utf8'));

const target = 'node20';

/** Messages of a package that nobody reads; as it is, it requires parts of Node, and takes a module with it. */
const silent = { debug: './scripts/silent-debug.cjs' };

// The names of chunks change with their content: nothing of an older build may stay.
for (const folder of ['dist/chunks', 'dist/cli']) rmSync(folder, { recursive: true, force: true });

/**
 * Escapes what esbuild leaves standing: characters in regular expressions. One of them makes a bundle twice as large in
 * memory, and twice as slow to read.
 */
function toAscii(bundle) {
  const doubtful = /\\[^\0-\x7f]|String\.raw`[^`]*[^\0-\x7f]/.exec(bundle);
  if (doubtful !== null) throw new Error(`an escape would mean something else in ${doubtful[0]}`);
  return bundle.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

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
    ...['read-latex', 'usage', 'patterns', 'completion'],
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

for (const file of readdirSync('dist/cli')) {
  const bundle = toAscii(readFileSync(`dist/cli/${file}`, 'utf8'));
  // The function that Node would put around it: here, nothing is to be joined at each start.
  const text = `(function (exports, require, module, __dirname) {${bundle}})\n`;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  writeFileSync(`dist/cli/${file}`, `// chainrule ${version} ${digest}\n${text}`);
}

// For sites that load KaTeX's style sheet themselves.
const { htmlStyles } = await import('../dist/html.js');
writeFileSync('dist/styles.css', htmlStyles);
// So that TypeScript finds what a style sheet is imported for: nothing.
writeFileSync('dist/styles.css.d.ts', 'export {};\n');
