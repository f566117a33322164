/** The report of `check` as it leaves the command: paths, width, colours, line ends, pipes, many files. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/columns.ts';
import { newFolder, run, runLine } from '../support/command.ts';

const wrong = '誤差を見る。\n\n$$\n\\frac{d}{dx} x^2 = x\n$$\n';
const right = '$$\n(x + 1)^2 = x^2 + 2x + 1\n$$\n';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = newFolder();
  mkdirSync(join(folder, 'notes'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

describe('the report of check', () => {
  it('names each file once, as one would write it here', async () => {
    const cwd = folderWith({ 'notes/a.md': wrong + wrong, 'b.md': right });
    const named = [join(cwd, 'notes/a.md'), './notes/a.md', 'notes/../b.md'];
    const { code, stdout } = await run(['check', ...named], { cwd });
    expect(code).toBe(1);
    expect(stdout.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      'notes/a.md',
      '2 files: 2 mistakes · 1 equality holds',
    ]);
  });

  it('keeps paths in JSON as they were given', async () => {
    const cwd = folderWith({ 'b.md': right });
    const { stdout } = await run(['check', './b.md', '--format', 'json'], { cwd });
    expect(JSON.parse(stdout)).toMatchObject([{ file: './b.md', verdict: 'holds' }]);
  });

  it('fits into COLUMNS', async () => {
    const long = `$$\n\\frac{d}{dx} x^2 = ${'x + '.repeat(40)}x\n$$\n`;
    const cwd = folderWith({ 'a.md': long });
    for (const columns of ['50', '72']) {
      const { stdout } = await run(['check', 'a.md'], { cwd, env: { COLUMNS: columns } });
      const widths = stdout.split('\n').map(widthOf);
      expect(Math.max(...widths)).toBeLessThanOrEqual(Number(columns));
      expect(stdout).toMatch(/\n {4} {2}│ +\^+\n/);
    }
  });

  it('is the same with Windows line ends, tabs and a byte order mark', async () => {
    const text = wrong.replace('\\frac', '\t\\frac');
    const cwd = folderWith({ 'unix.md': text, 'windows.md': `\ufeff${text.replaceAll('\n', '\r\n')}` });
    const report = async (name: string) => (await run(['check', name], { cwd })).stdout.replace(name, 'note');
    const unix = await report('unix.md');
    expect(await report('windows.md')).toBe(unix);
    expect(unix).toBe(
      [
        'note',
        '  4:21  this step does not hold',
        '',
        '    4 │     \\frac{d}{dx} x^2 = x',
        '      │                        ^',
        '',
        '    with x = 2: left 4, right 2',
        '',
        '1 mistake',
        '',
      ].join('\n'),
    );
  });

  it('has no colours in a pipe or a file, nor with NO_COLOR', async () => {
    const cwd = folderWith({ 'a.md': wrong });
    expect((await run(['check', 'a.md'], { cwd, env: { NO_COLOR: '1' } })).stdout).not.toContain('\u001b');
    await run(['check', 'a.md', '-o', 'report.txt'], { cwd });
    expect(readFileSync(join(cwd, 'report.txt'), 'utf8')).not.toContain('\u001b');
  });

  it('shows what a terminal would obey as a mark', async () => {
    const cwd = folderWith({ 'a.md': 'so \u001b[31m is $$\\frac{d}{dx} x^2 = x$$ red\n' });
    const { stdout } = await run(['check', 'a.md'], { cwd });
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain('1 │ so ␀[31m is $$');
  });

  it('ends quietly where its reader does', async () => {
    const cwd = folderWith({ 'a.md': wrong.repeat(200) });
    const { code, stdout, stderr } = await runLine('chainrule check a.md | head -n 1', cwd);
    expect([code, stdout, stderr]).toEqual([0, 'a.md\n', '']);
  });

  it('lists what is open with --strict, and everything with --verbose', async () => {
    const cwd = folderWith({ 'a.md': `${right}\n$$\nA = \\int_D b \\, dx = c\n$$\n` });
    const strict = await run(['check', 'a.md', '--strict'], { cwd });
    expect([strict.code, strict.stdout]).toEqual([
      1,
      "a.md\n  6:5  unknown  an integral can't be read here\n\n1 equality holds · 1 not judged (1 integral)\n",
    ]);
    const verbose = await run(['check', 'a.md', '--verbose'], { cwd });
    expect([verbose.code, verbose.stdout]).toEqual([
      0,
      [
        'a.md',
        '  2:13  holds    (x + 1)^2 = x^2 + 2x + 1',
        "  6:5   unknown  an integral can't be read here",
        '',
        '1 equality holds · 1 not judged (1 integral)',
        '',
      ].join('\n'),
    ]);
  });

  it('is one for two hundred files', async () => {
    const files = Array.from({ length: 200 }, (_, at) => [`notes/${at}.md`, at % 50 === 0 ? wrong : right]);
    const { code, stdout } = await run(['check', 'notes/*.md'], { cwd: folderWith(Object.fromEntries(files)) });
    expect(code).toBe(1);
    expect(stdout.split('\n').filter((line) => /^\S/.test(line))).toEqual([
      'notes/0.md',
      'notes/100.md',
      'notes/150.md',
      'notes/50.md',
      '200 files: 4 mistakes · 196 equalities hold',
    ]);
  });
});
