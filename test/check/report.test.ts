/** Whole reports of `check`, as their author reads them: see the folder beside this file. */

import { describe, expect, it } from 'vitest';
import { check } from '../../src/check.ts';
import type { Verdict } from '../../src/notes/verdict.ts';
import { type CheckReportOptions, toCheckReport } from '../../src/render/check-terminal.ts';

const report = (source: string, options: Partial<CheckReportOptions> = {}, name = 'note.md'): string =>
  toCheckReport([{ name, source, verdicts: check(source, { all: true }) }], { lang: 'en', color: false, ...options });

const note = [
  '# Least squares',
  '',
  'Let $r = a x - y$ and $J = \\frac12 r^2$.',
  '',
  '$$',
  '\\begin{aligned}',
  '\\frac{\\partial J}{\\partial a} &= r x \\\\',
  '&= (a x + y) x \\\\',
  '&= a x^2 - x y',
  '\\end{aligned}',
  '$$',
  '',
  '$$',
  'A = \\int_D r \\, dx = B',
  '$$',
  '',
  '$$',
  '\\frac{\\partial L}{\\partial b} = 2 b',
  '$$',
  '',
  'Now let $r = a x$.',
  '',
].join('\n');

describe('a report', () => {
  it('shows findings alone, and counts the rest', async () => {
    await expect(report(note)).toMatchFileSnapshot('./reports/findings.txt');
  });

  it('lists everything with --verbose, what is not judged with --strict', async () => {
    await expect(report(note, { list: 'all' })).toMatchFileSnapshot('./reports/all.txt');
    await expect(report(note, { list: 'unknown' })).toMatchFileSnapshot('./reports/unknown.txt');
  });

  it('says the same in Japanese, reasons included', async () => {
    const text = report(note, { lang: 'ja', list: 'all' });
    expect(text).not.toMatch(/\b(?:not|defined|read|holds|with|left)\b/);
    await expect(text).toMatchFileSnapshot('./reports/all.ja.txt');
  });

  it('puts reasons into a list where they are many', async () => {
    const many = ['\\int x', '\\lim x', 'a \\mid b', 'a, \\dots, b'].map((text) => `$$\nA = ${text} = B\n$$\n`);
    await expect(report([...many, many[0]].join('\n'))).toMatchFileSnapshot('./reports/folded.txt');
  });

  it('says each file once, and of files without findings nothing', async () => {
    const files = ['a.md', 'b.md', 'c.md'].map((name, at) => ({
      name,
      source: at === 1 ? '$$\n(x + 1)^2 = x^2 + 2x + 1\n$$\n' : '',
      verdicts: [] as Verdict[],
    }));
    const wrong = '$$\n\\frac{d}{dx} x^2 = x\n$$\n\n$$\n\\frac{d}{dx} x^3 = x^2\n$$\n';
    const all = files.map((file, at) => {
      const source = at === 1 ? file.source : wrong;
      return { ...file, source, verdicts: check(source, { file: file.name }) };
    });
    await expect(toCheckReport(all, { lang: 'en', color: false })).toMatchFileSnapshot('./reports/files.txt');
  });

  it('says so where there are no equations', () => {
    expect(report('# Words\n')).toBe('no equations found\n');
    expect(report('# Words\n', { lang: 'ja' })).toBe('等式が見つからない\n');
  });
});

const at = (line: number, column: number) => ({ line, column, offset: 0 });
const finding: Verdict = {
  file: 'note.md',
  start: at(2, 5),
  end: at(2, 8),
  left: 'E',
  right: 'f',
  kind: 'claim',
  verdict: 'fails',
  method: 'tested',
  counterexample: { values: { x: 2 }, left: 0.5, right: -3.5 },
};
const show = (verdict: Verdict, source: string, options: Partial<CheckReportOptions> = {}): string =>
  toCheckReport([{ name: 'note.md', source, verdicts: [verdict] }], { lang: 'en', color: false, ...options });

describe('what a verdict carries', () => {
  it('is how names were read, in one line', async () => {
    const names = [
      { name: 'E', role: 'function' },
      { name: 'f', role: 'function' },
      { name: 'i', role: 'summed' },
      { name: 'j', role: 'free' },
      { name: 'x', role: 'quantity', shape: 'family of vector(d)' },
      { name: 'alpha', role: 'quantity', shape: 'family of vector(d)' },
      { name: 'sigma', role: 'logistic' },
    ] as const;
    const text = show({ ...finding, names }, '$$\nE = f x\n$$\n');
    expect(text).toContain(
      '    read as: E, f functions · i summed · j free · x, α family of vector(d) · σ logistic function\n',
    );
    expect(show({ ...finding, names }, '$$\nE = f x\n$$\n', { lang: 'ja' })).toContain(
      '解釈：E、f は関数・i は和の添字',
    );
    expect(text).toContain('    with x = 2: left 1/2, right −7/2\n');
  });

  it('is a kind where it claims nothing: counted, and no failure of the text', () => {
    const kinds = ['definition', 'definition', 'update', 'condition'] as const;
    const verdicts = kinds.map((kind) => ({ ...finding, verdict: 'none' as const, kind }));
    const file = { name: 'note.md', source: '$$\nE = f x\n$$\n', verdicts };
    const text = toCheckReport([file], { lang: 'en', color: false });
    expect(text).toBe('2 definitions · 1 condition · 1 update\n');
    expect(toCheckReport([file], { lang: 'ja', color: false })).toBe('定義 2 件・条件 1 件・更新式 1 件\n');
  });

  it('is a warning too', () => {
    const text = show({ ...finding, verdict: 'warns', detail: 'one n stands for two lengths' }, '$$\nE = f x\n$$\n');
    expect(text).toContain('  2:5  warning: one n stands for two lengths\n');
    expect(text).toContain('1 warning\n');
  });
});
