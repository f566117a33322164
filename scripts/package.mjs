/**
 * Tries the package as its users have it: packed, installed without development dependencies into an empty project, every
 * export and every command run on each Node that is in use, and all exports in a page and in a worker of a browser. Then
 * publint, attw and the sizes. Not a part of `npm test`: it installs four Nodes.
 *
 *     npm run build && node scripts/package.mjs
 *
 * Ends with 1 where anything is wrong.
 */

import { spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { build } from 'esbuild';
import { chromium } from 'playwright-core';

const nodes = [20, 22, 24, 26];
const work = mkdtempSync(join(tmpdir(), 'chainrule-package-'));
const { env } = process;

/** Runs a program to its end; fails unless it ends with `expected`. */
function run(command, args, { cwd = work, expected = 0, input = '', ...more } = {}) {
  const options = { cwd, input, encoding: 'utf8', env: { ...env, ...more.env }, maxBuffer: 1e9 };
  const { status, stdout, stderr } = spawnSync(command, args, options);
  if (status !== expected) throw new Error(`${command} ${args.join(' ')}: ${status}\n${stdout}\n${stderr}`);
  return { stdout, stderr };
}

function project(name, files = {}) {
  const folder = mkdtempSync(join(work, `${name}-`));
  for (const [file, text] of Object.entries({ 'package.json': '{ "type": "module", "private": true }', ...files }))
    writeFileSync(join(folder, file), text);
  return folder;
}

const install = ['install', '--no-audit', '--no-fund'];

/** The bytes of all files below `folder`. */
function sizeOf(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => lstatSync(join(folder, file)));
  return files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
}

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

/** Binaries of Node by version, from npm. */
function installNodes() {
  const folder = project('nodes');
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  run('npm', [...install, '--silent', ...nodes.map((version) => `node${version}@npm:${name}@${version}`)], {
    cwd: folder,
  });
  return new Map(nodes.map((version) => [version, join(folder, 'node_modules', `node${version}`, 'bin', 'node')]));
}

/** Uses every export, and prints what came out; that is the same everywhere. */
const useExports = `
import { readFileSync } from 'node:fs';
import * as library from 'chainrule';
import { toSvg } from 'chainrule/figure';
import { htmlStyles, toHtml } from 'chainrule/html';
import { remarkDerive } from 'chainrule/remark';
import { unified } from 'unified';
const model = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';
const read = (path) => readFileSync(new URL(import.meta.resolve(path)), 'utf8');
const results = [
  library.derive(model, { wrt: 'beta[j]' }),
  library.derive('\\\\sum_i (y_i - a x_i)^2', { wrt: 'a' }),
  library.derive('max(trigamma(x), x)', { wrt: 'x' }),
  library.gradient(model, { wrt: 'beta[j],alpha[j]' }),
  library.hessian('x^2*y + sin(y)', { wrt: 'x,y' }),
  library.stationary('sum((a*x[i]+b-y[i])^2, i)', { wrt: 'a,b' }),
];
const printers = [(result) => library.toJson(result), library.toLatex, library.toMarkdown, library.toTerminal, library.toTypst, toHtml];
const tree = { type: 'root', children: [{ type: 'code', lang: 'derive', meta: 'wrt=x', value: 'x^2' }] };
const refused = library.safeDerive('x +', { wrt: 'x' });
console.log(JSON.stringify({
  names: Object.keys(library),
  texts: results.map((result) => printers.map((print) => print(result, { lang: 'en' }))),
  figure: toSvg(results[0], { lang: 'en' }),
  check: library.check('$$\\n(x+1)^2 = x^2 + 2x + 1\\n$$'),
  verify: library.verify('(x+1)^2 = x^2 + 2*x + 1'),
  problem: library.describeProblem(refused.problem ?? refused.error ?? refused),
  parsed: String(library.parse('x^2')),
  remark: (await unified().use(remarkDerive).run(tree)).children.length,
  styles: read('chainrule/styles.css') === htmlStyles,
  schemas: ['derivation', 'gradient', 'hessian', 'stationary', 'check'].map((name) => JSON.parse(read(\`chainrule/schemas/\${name}-1.json\`)).$id),
  version: JSON.parse(read('chainrule/package.json')).version,
}));
`;

const note =
  '# A note\n\nWith $z$:\n\n```derive wrt="beta[j]" name=model\nz = sum(beta[i] * y[i], i)\nE(z)\n```\n\n$$\n(x+1)^2 = x^2 + 2x + 1\n$$\n';

/** Arguments of the command, with the exit code. */
const commands = [
  ...['terminal', 'markdown', 'latex', 'html', 'typst', 'json', 'svg'].map((format) => [
    ['derive', '--example', 'backprop', '--format', format],
    0,
  ]),
  [['derive', '\\sum_i (y_i - a x_i)^2', '--wrt', 'a'], 0],
  [['derive', '-', '--wrt', 'x'], 0],
  [['derive', 'x +', '--wrt', 'x'], 2],
  [['check', 'note.md'], 0],
  [['check', 'note.md', '--format', 'json'], 0],
  ...['html', 'md', 'tex', 'typ'].map((ending) => [['build', 'note.md', '-o', `out.${ending}`], 0]),
  [['--version'], 0],
  ...[[], ['derive'], ['check'], ['build']].map((words) => [[...words, '--help'], 0]),
];

function useCommands(node, folder) {
  const caches = mkdtempSync(join(work, 'caches-'));
  const bin = join('node_modules', 'chainrule', 'bin', 'chainrule');
  const twice = [0, 1].map(() =>
    commands.map(([args, expected]) => {
      const { stdout, stderr } = run(node, [bin, ...args], {
        cwd: folder,
        expected,
        input: 'x^2',
        env: { XDG_CACHE_HOME: caches, COLUMNS: '100', NO_COLOR: '1' },
      });
      const written = args.includes('-o') ? readFileSync(join(folder, args.at(-1)), 'utf8') : '';
      return { args, stdout, stderr, written };
    }),
  );
  if (JSON.stringify(twice[0]) !== JSON.stringify(twice[1])) throw new Error('the second run gives another answer');
  const kept = readdirSync(join(caches, 'chainrule')).length;
  if (kept < 6) throw new Error(`only ${kept} bundles are kept compiled`);
  return JSON.stringify(twice[0]);
}

/** All exports in a page, and the library in a worker, as esbuild bundles them without settings. */
async function useBrowser(folder) {
  const bundled = async (contents) => {
    const stdin = { contents, resolveDir: folder };
    const { outputFiles } = await build({ stdin, bundle: true, write: false, format: 'iife', logLevel: 'error' });
    return outputFiles[0].text;
  };
  const derived = `library.derive('max(trigamma(x), x)', { wrt: 'x' }).result`;
  const page = await bundled(`
    import * as library from 'chainrule';
    import { toSvg } from 'chainrule/figure';
    import { toHtml } from 'chainrule/html';
    import { remarkDerive } from 'chainrule/remark';
    const result = library.derive('\\\\sum_i (y_i - a x_i)^2', { wrt: 'a' });
    globalThis.answer = [${derived}, toHtml(result, { lang: 'en' }).length > 1000, toSvg(result, { lang: 'en' }).startsWith('<svg'), typeof remarkDerive];`);
  const worker = await bundled(`
    import * as library from 'chainrule';
    import { toHtml } from 'chainrule/html';
    self.postMessage([${derived}, toHtml(library.derive('x^2', { wrt: 'x' }), { lang: 'en' }).length > 1000]);`);
  const browser = await chromium.launch({
    executablePath: await sparticuz.executablePath(),
    args: [
      ...sparticuz.args.filter((arg) => arg !== '--single-process'),
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const tab = await browser.newPage();
    await tab.addScriptTag({ content: page });
    const answers = await tab.evaluate(async (text) => {
      const address = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
      const said = await new Promise((done, fail) => {
        const one = new Worker(address);
        one.onmessage = ({ data }) => done(data);
        one.onerror = ({ message }) => fail(new Error(message));
      });
      return [...globalThis.answer, ...said];
    }, worker);
    return { answers, bytes: page.length };
  } finally {
    await browser.close();
  }
}

function useTypes(folder) {
  writeFileSync(
    join(folder, 'use.mts'),
    `import { derive, type Derivation, MathError } from 'chainrule';
import { toSvg } from 'chainrule/figure';
import { toHtml } from 'chainrule/html';
import { remarkDerive } from 'chainrule/remark';
import 'chainrule/styles.css';
const result: Derivation = derive('x^2', { wrt: 'x' });
export const texts: string[] = [toHtml(result, { lang: 'en' }), toSvg(result, { lang: 'en' }), new MathError({ code: 'syntax', message: '' }).code];
export { remarkDerive };
`,
  );
  const tsc = resolve('node_modules/typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2023', '--types', ''];
  run(process.execPath, [tsc, ...flags, 'use.mts'], { cwd: folder });
}

async function main() {
  run('npm', ['pack', '--ignore-scripts', '--pack-destination', work], { cwd: '.' });
  const tarball = join(
    work,
    readdirSync(work).find((file) => file.endsWith('.tgz')),
  );
  const binaries = installNodes();

  const folder = project('site', { '.npmrc': 'engine-strict=true\n', 'use.mjs': useExports, 'note.md': note });
  const oldest = { PATH: `${dirname(binaries.get(nodes[0]))}${delimiter}${env.PATH}` };
  const { stderr } = run('npm', [...install, '--omit=dev', tarball], { cwd: folder, env: oldest });
  if (/EBADENGINE/.test(stderr)) throw new Error(stderr);
  console.log(`installs with engine-strict on Node ${nodes[0]}`);

  const seen = new Set();
  for (const [version, node] of binaries) {
    const full = run(node, ['--version']).stdout.trim();
    if (!full.startsWith(`v${version}.`)) throw new Error(`Node ${version} is ${full}`);
    const used = run(node, ['use.mjs'], { cwd: folder });
    if (used.stderr !== '') throw new Error(used.stderr);
    // The last digits of rounding errors are those of V8's functions.
    const told = [used.stdout, useCommands(node, folder)].join('').replace(/\d(?:\.\d+)?e-1\d/g, '0');
    seen.add(told);
    console.log(
      `Node ${full}: ${JSON.parse(used.stdout).names.length} names of the library, ${commands.length} commands, twice each`,
    );
  }
  console.log(seen.size === 1 ? 'all Nodes say the same' : `${seen.size} different outputs of ${nodes.length} Nodes`);

  useTypes(folder);
  console.log('types: clean');
  const { answers, bytes } = await useBrowser(folder);
  console.log(`in a page (${megabytes(bytes)} with all exports) and in a worker: ${JSON.stringify(answers)}`);

  const tools = project('tools');
  run('npm', [...install, '--silent', 'publint', '@arethetypeswrong/cli'], { cwd: tools });
  run('npx', ['publint', 'run', tarball, '--strict'], { cwd: tools });
  run('npx', ['attw', tarball, '--profile', 'esm-only'], { cwd: tools });
  console.log('publint and attw: clean');

  const packages = run('npm', ['ls', '--all', '--parseable'], { cwd: folder }).stdout.trim().split('\n').length - 1;
  const all = join(folder, 'node_modules');
  console.log(`tarball ${megabytes(lstatSync(tarball).size)}, unpacked ${megabytes(sizeOf(join(all, 'chainrule')))}`);
  console.log(`installation ${megabytes(sizeOf(all))} in ${packages} packages`);
}

try {
  await main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
