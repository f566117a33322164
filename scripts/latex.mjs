/**
 * Compiles the five examples in both languages: English with pdfLaTeX and LuaLaTeX, Japanese with LuaLaTeX. Not a part of
 * `npm test`, as TeX takes some gigabytes. On Debian:
 *
 *     apt-get install --no-install-recommends texlive-luatex texlive-latex-extra texlive-lang-japanese poppler-utils
 *     npm run build && node scripts/latex.mjs [FOLDER]
 *
 * With FOLDER, the documents and their pages as PNG are left there to be looked at. Ends with 1 where something does not
 * compile or a line runs into the margin by more than ten points.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

const [kept] = process.argv.slice(2);
const folder = kept === undefined ? mkdtempSync(join(tmpdir(), 'chainrule-latex-')) : resolve(kept);
mkdirSync(folder, { recursive: true });

/** Points by which a line may stick out before it is seen. */
const tolerance = 10;
const problems = [];

function run(command, args, options = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 300_000,
    ...options,
  });
  return { done: error === undefined && status === 0, said: error?.message ?? `${stdout}${stderr}` };
}

function compile(engine, name) {
  const job = `${name}-${engine}`;
  const args = ['-interaction=nonstopmode', '-halt-on-error', '-no-shell-escape', `-jobname=${job}`, `${name}.tex`];
  const { done, said } = run(engine, args, { cwd: folder });
  if (!done) {
    problems.push(`${job}: ${/^!.*(?:\n.*){0,4}/m.exec(said)?.[0] ?? said}`);
    return;
  }
  const log = readFileSync(join(folder, `${job}.log`), 'utf8');
  const wide = [...log.matchAll(/Overfull \\hbox \(([\d.]+)pt/g)].map((match) => Number(match[1]));
  const worst = Math.max(0, ...wide);
  if (worst > tolerance) problems.push(`${job}: a line is ${worst} pt too wide`);
  const missing = /Missing character: .*/.exec(log);
  if (missing !== null) problems.push(`${job}: ${missing[0]}`);
  console.log(`${job}: compiled, widest line ${worst} pt too wide`);
  if (kept !== undefined) run('pdftoppm', ['-r', '80', '-png', `${job}.pdf`, job], { cwd: folder });
}

const notes = readdirSync('examples').filter((file) => file.endsWith('.md') && !file.startsWith('check-'));
for (const note of notes) {
  const name = basename(note, '.md');
  const { done, said } = run(process.execPath, [
    'bin/chainrule',
    'build',
    `examples/${note}`,
    '-o',
    join(folder, `${name}.tex`),
  ]);
  if (!done) problems.push(`${note}: ${said}`);
  else for (const engine of name.endsWith('.ja') ? ['lualatex'] : ['pdflatex', 'lualatex']) compile(engine, name);
}
if (kept === undefined) rmSync(folder, { recursive: true });
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
