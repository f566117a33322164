import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check, verify } from '../../src/check.ts';
import { derive, gradient } from '../../src/derive.ts';
import { readDeclarations } from '../../src/meaning/declare.ts';
import { deriveWith } from '../../src/pipeline.ts';
import { describeProblem, MathError, type Problem } from '../../src/problem.ts';
import { scanSource } from '../../src/syntax/read.ts';

interface Case {
  readonly code: string;
  readonly source: string;
  readonly wrt: string;
}

const line = /^(?<code>\S+) (?<source>"(?:[^"\\]|\\.)*")(?: (?<wrt>"(?:[^"\\]|\\.)*"))?$/;

const cases: readonly Case[] = readFileSync(new URL('../cases/bad-edges.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((text) => text !== '' && !text.startsWith('//'))
  .map((text) => {
    const { code, source, wrt } = line.exec(text)?.groups ?? {};
    if (code === undefined || source === undefined) throw new Error(`not a case: ${text}`);
    return { code, source: JSON.parse(source) as string, wrt: wrt === undefined ? 'x' : (JSON.parse(wrt) as string) };
  });

function problemOf(work: () => unknown): Problem {
  try {
    work();
  } catch (error) {
    if (error instanceof MathError) return error.problem;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('a source that can not be meant', () => {
  it.each(cases)('is refused with $code: $source by $wrt', ({ code, source, wrt }) => {
    const problem = problemOf(() => derive(source, { wrt }));
    expect(problem.code).toBe(code);
    expect(problem.message).toMatch(/\S/);
    expect(problem.message).not.toMatch(/\n|\.$|undefined|\[object/);
    expect(problem.hint).toMatch(/\S/);
    const length = Math.max(1, problem.source?.length ?? 0);
    expect(problem.span?.start).toBeGreaterThanOrEqual(0);
    expect(problem.span?.end).toBeGreaterThan(problem.span?.start ?? 0);
    expect(problem.span?.end).toBeLessThanOrEqual(length + 1);
  });

  it.each(cases)('is refused by the pipeline with the same words: $source by $wrt', ({ source, wrt }) => {
    const direct = problemOf(() => derive(source, { wrt }));
    expect(problemOf(() => deriveWith(scanSource, source, { wrt }))).toEqual(direct);
  });

  it('leaves every prototype as it was, whatever is refused', () => {
    const before = Object.getOwnPropertyNames(Object.prototype).sort();
    for (const { source, wrt } of cases) {
      problemOf(() => derive(source, { wrt }));
      check(`$$\n${source}\n$$\n\nand $${source}$\n`);
    }
    expect(Object.getOwnPropertyNames(Object.prototype).sort()).toEqual(before);
    expect(Object.getOwnPropertyNames(Array.prototype)).not.toContain('polluted');
  });

  it('never makes check throw, in a display, inline or in a list', () => {
    for (const { source } of cases) {
      for (const document of [`$$\n${source} = y\n$$`, `- $${source}$ and\n  $$\n  x = ${source}\n  $$`, source]) {
        expect(() => check(document), JSON.stringify(document)).not.toThrow();
      }
    }
  });
});

describe('an option that can not be meant', () => {
  it.each([
    [{ wrt: 'x', order: 0 }, 'the order of a derivative is a whole number from 1 to 12, not 0'],
    [{ wrt: 'x', order: 99 }, 'the order of a derivative is a whole number from 1 to 12, not 99'],
    [{ wrt: 'x', order: 1.5 }, 'the order of a derivative is a whole number from 1 to 12, not 1.5'],
    [{ wrt: [] }, 'it is not said by what to differentiate'],
    [{ wrt: ['x', 'y'] }, 'derive takes one variable at a time'],
  ])('is refused with a sentence and a hint: %j', (options, message) => {
    const problem = problemOf(() => derive('x', options));
    expect(problem.message).toBe(message);
    expect(problem.hint).toBeTruthy();
  });

  it('is refused by gradient as well', () => {
    expect(problemOf(() => gradient('x*y', { wrt: ['x', 'y'], order: 2 })).message).toBe('a backward pass has order 1');
  });
});

describe('a declaration that can not be meant', () => {
  it.each([
    'x: blob',
    'x',
    'x: vector(',
    'x: toString(n)',
    'x: constructor',
    '2: scalar',
    '__proto__: scalar',
    ': scalar',
  ])('is refused with its place: %s', (source) => {
    const problem = problemOf(() => readDeclarations(source));
    expect(problem.source).toBe(source);
    expect(problem.span?.end).toBeLessThanOrEqual(source.length);
    expect(problem.hint).toBeTruthy();
  });
});

describe('a text that is no equation', () => {
  it.each(['x', 'x^2; x', '\\alpha', ''])('is refused by verify: "%s"', (source) => {
    expect(problemOf(() => verify(source)).hint).toBeTruthy();
  });
});

/** Whole texts as a terminal shows them, with carets that would be seen to slip; many more in bad-input.expected.txt. */
const texts: readonly (readonly [source: string, wrt: string, text: string])[] = [
  [
    'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i))',
    'beta[j]',
    `error: this parenthesis is never closed

  E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i))
   ^

hint: one ")" is missing at the end`,
  ],
  [
    'f(a) + f(b]',
    'a',
    `error: this parenthesis is closed by the wrong sign, ]

  f(a) + f(b]
          ^

hint: close it with )`,
  ],
  [
    'w = 2*x; w = 3*x; w',
    'x',
    `error: w is defined twice

  w = 2*x; w = 3*x; w
           ^

  first here:

  w = 2*x; w = 3*x; w
  ^

hint: give one of them another name`,
  ],
  [
    'a = 1\nb = (2\nc = 3',
    'x',
    `error: this parenthesis is never closed

  b = (2
      ^

hint: one ")" is missing at the end`,
  ],
];

describe('what is said of it', () => {
  it.each(texts)('has its caret under the place: %j by %s', (source, wrt, text) => {
    expect(describeProblem(problemOf(() => derive(source, { wrt })))).toBe(text);
  });

  it('has its caret under the place in a long line, of which a part is shown', () => {
    const source = `${'a + '.repeat(30)}(x`;
    const [, , shown = '', caret = ''] = describeProblem(problemOf(() => derive(source, { wrt: 'x' }))).split('\n');
    expect(shown.length).toBeLessThanOrEqual(80);
    expect(shown.charAt(caret.indexOf('^'))).toBe('(');
  });
});

function run(args: readonly string[], input = ''): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['bin/chainrule', ...args],
      { maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
      },
    );
    child.stdin?.end(input);
  });
}

describe('the command', () => {
  const samples = cases.filter(({ source, wrt }) => !(source + wrt).includes('\u0000')).filter((_, at) => at % 3 === 0);

  it.each(samples)('ends in exit code 2 with the message alone: $source by $wrt', async ({ source, wrt }) => {
    const { code, stdout, stderr } = await run(['derive', '-', `--wrt=${wrt}`], source);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/\n\s+at .*:\d+|bug of ours/);
  });

  it.each([
    ['an unknown syntax', ['derive', 'x', '--wrt', 'x', '--syntax', 'foo']],
    ['an empty variable', ['derive', 'x', '--wrt', '']],
    ['a shape that is none', ['derive', 'x', '--wrt', 'x', '--shape', 'x: blob']],
    ['a definition that is none', ['derive', 'x', '--wrt', 'x', '--define', 'y']],
    ['a folder as a file', ['check', 'src']],
    ['an unknown format of check', ['check', 'README.md', '--format', 'pdf']],
    ['an example named as a member of every object', ['derive', '--example', 'constructor']],
    ['an option without its value', ['derive', 'x', '--wrt']],
    ['two expressions', ['derive', 'x', 'y', '--wrt', 'x']],
  ])('ends in exit code 2 for %s', async (_, args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).not.toMatch(/\n\s+at .*:\d+|bug of ours/);
  });
});
