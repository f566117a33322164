import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { readDeclarations } from '../../src/meaning/declare.ts';
import { describeProblem, MathError, type Problem } from '../../src/problem.ts';

/** One case a line: the source, or source and variable separated by ` by `; JSON strings where signs can't be typed. */
const cases = readFileSync(new URL('../cases/bad-input.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('//'))
  .map((line) => (line.startsWith('"') ? (JSON.parse(line) as string) : line))
  .map((line) => {
    const [source = '', wrt = 'x'] = line.split(' by ');
    return { source, wrt };
  });

const hostile: readonly { readonly name: string; readonly source: string }[] = [
  { name: '100,000 open parentheses', source: '('.repeat(100_000) },
  { name: '100,000 open braces in LaTeX', source: `\\alpha${'{'.repeat(100_000)}` },
  { name: '100,000 minus signs', source: `${'-'.repeat(100_000)}x` },
  { name: '50,000 nested powers', source: `x${'^x'.repeat(50_000)}` },
  { name: '50,000 quotients', source: `${'x/'.repeat(50_000)}x` },
  { name: '30,000 nested cases', source: `${'x>0?x:'.repeat(30_000)}x` },
  { name: '90,000 primes', source: `x${"'".repeat(90_000)}` },
  { name: 'a line of 5 MB', source: 'x+'.repeat(2_500_000) },
  { name: 'a LaTeX line of 5 MB', source: '\\alpha+'.repeat(700_000) },
  { name: 'a number of 5,000 digits', source: '1'.repeat(5000) },
  { name: 'a macro that doubles itself', source: '\\def\\a{\\a\\a}\\a' },
  { name: '20,000 nested square roots in LaTeX', source: '\\sqrt{'.repeat(20_000) },
];

function problemOf(source: string, wrt: string): Problem {
  try {
    derive(source, { wrt });
  } catch (error) {
    if (error instanceof MathError) return error.problem;
    throw error;
  }
  throw new Error(`no problem with ${source.slice(0, 80)} by ${wrt}`);
}

describe('bad input', () => {
  it('is refused with a sentence, its place and a hint', () => {
    expect(cases.length + hostile.length).toBeGreaterThanOrEqual(40);
    for (const { source, wrt } of cases) {
      const problem = problemOf(source, wrt);
      const shown = `${source} by ${wrt}`;
      expect(problem.message, shown).toMatch(/^[^.]+[^.]$|\d\.|\*|\\/);
      expect(problem.hint, shown).toBeTruthy();
      expect(problem.source, shown).toBeDefined();
      expect(problem.span?.start, shown).toBeLessThanOrEqual(problem.source?.length ?? 0);
      expect(problem.span?.end, shown).toBeGreaterThan(problem.span?.start ?? 0);
    }
  });

  it('reads as it should, whole, with its caret', async () => {
    const texts = cases.map(({ source, wrt }) => {
      const label = wrt === 'x' ? JSON.stringify(source) : `${JSON.stringify(source)} by ${JSON.stringify(wrt)}`;
      return `${label}\n\n${describeProblem(problemOf(source, wrt))}\n`;
    });
    await expect(`${texts.join('\n----\n\n')}`).toMatchFileSnapshot('../cases/bad-input.expected.txt');
  });

  it.each(hostile)('of a hostile kind is refused: $name', ({ source }) => {
    const problem = problemOf(source, 'x');
    expect(problem.code).toMatch(
      /^(nesting-too-deep|source-too-long|unclosed-group|unsupported-notation|too-large|syntax)$/,
    );
    expect(problem.hint).toBeTruthy();
    expect(describeProblem(problem).length).toBeLessThan(1000);
  });

  it('leaves every prototype as it was', () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    for (const { source, wrt } of cases) problemOf(source, wrt);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['x: blob', '"blob" is not a shape or property that is known here'],
    ['x', 'a declaration reads name: shape'],
    ['__proto__: scalar', 'a declaration reads name: shape'],
  ])('in a declaration is refused: %s', (source, message) => {
    expect(() => readDeclarations(source)).toThrow(message);
  });
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], input?: string): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['bin/chainrule', ...args],
      { maxBuffer: 1e8 },
      (error, stdout, stderr) => {
        const code = typeof error?.code === 'number' ? error.code : 0;
        resolve({ code, stdout, stderr });
      },
    );
    child.stdin?.end(input ?? '');
  });
}

describe('the command with bad input', () => {
  const typeable = cases.filter(({ source, wrt }) => !/[\0]/.test(source + wrt) && source.isWellFormed());

  it('ends in exit code 2 with the message on standard error and nothing on standard output', async () => {
    expect(typeable.length).toBeGreaterThanOrEqual(40);
    for (const { source, wrt } of typeable) {
      const { code, stdout, stderr } = await run(['derive', '--wrt', wrt, '--', source]);
      expect({ source, wrt, code, stdout }).toEqual({ source, wrt, code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: /);
      expect(stderr).toMatch(/\nhint: /);
      expect(stderr).not.toMatch(/\n\s+at .*:\d+/);
    }
  });

  it.each(hostile)('refuses from standard input: $name', async ({ source }) => {
    const { code, stdout, stderr } = await run(['derive', '-', '--wrt', 'x'], source);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
  });

  it.each([
    [['derive', 'x']],
    [['derive', 'x', '--wrt', 'x', '--order', '0']],
    [['derive', 'x', '--wrt', 'x', '--order', '99']],
    [['derive', 'x', '--wrt', 'x', '--order', 'abc']],
    [['derive', 'x', '--wrt', 'x', '--format', 'pdf']],
    [['derive', 'x', '--wrt', 'x', '--detail', 'some']],
    [['derive', 'x', '--wrt', 'x', '--lang', 'xx']],
    [['derive', 'x', '--wrt', 'x', '--seed', 'x']],
    [['derive', 'x', '--wrt', 'x', '--nonsense']],
    [['derive', 'x', '--wrt', 'x', '-o', '/nowhere/at/all']],
    [['derive', '--example', 'nothing']],
    [['derive', '--example', '__proto__']],
    [['check', '/nowhere/at/all.md']],
    [['check']],
    [['nonsense']],
  ])('ends in exit code 2: %j', async (args) => {
    const { code, stdout, stderr } = await run(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/\n\s+at .*:\d+/);
    expect(stderr.length).toBeGreaterThan(10);
  });
});
