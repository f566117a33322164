import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<Run> {
  return new Promise((resolve) => {
    const options = { maxBuffer: 1e8, env: { ...process.env, ...env } };
    const child = execFile(process.execPath, ['bin/chainrule', ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

const folder = (): string => mkdtempSync(join(tmpdir(), 'chainrule-'));

describe('exit codes', () => {
  it.each([
    [0, ['derive', 'x^2', '--wrt', 'x']],
    [0, ['--help']],
    [0, ['derive', '--help']],
    [0, ['check', '--help']],
    [0, ['--version']],
    [1, ['check', 'examples/check-backprop.md']],
    [2, ['derive', 'x^2', '--wrt', 'x', '--nonsense']],
    [2, ['derive', 'x^2)', '--wrt', 'x']],
    [3, ['derive', 'sum(x[i], i, 1, n)', '--wrt', 'n']],
  ])('%d: %j', async (expected, args) => {
    const { code, stdout, stderr } = await run(args);
    expect(code).toBe(expected);
    expect(stdout === '').toBe(expected === 2);
    expect(stderr === '').toBe(expected !== 2);
  });
});

describe('an expression that begins with a minus', () => {
  it('is taken for an option, and the error says where to put it', async () => {
    const { code, stderr } = await run(['derive', '-log(x)', '--wrt', 'x']);
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: there is no option -log(x)\nhint: an expression that begins with a minus goes in brackets, or behind --, one with blanks in quotes; see chainrule derive --help\n',
    );
  });

  it.each([
    ['in brackets', ['derive', '(-log(x))', '--wrt', 'x']],
    ['behind --', ['derive', '--wrt', 'x', '--', '-log(x)']],
  ])('is read %s', async (_, args) => {
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(stdout).toContain('d/dx (−log x) = −1/x');
  });
});

describe('the JSON', () => {
  it('of a derivation holds every key of the contract', async () => {
    const { stdout } = await run(['derive', '--example', 'backprop', '--format', 'json']);
    const derivation = JSON.parse(stdout) as { readonly steps: readonly Record<string, unknown>[] } & Record<
      string,
      object
    >;
    expect(Object.keys(derivation)).toEqual(
      expect.arrayContaining([
        ...['schema', 'problem', 'lets', 'steps', 'result', 'expanded', 'resultShape', 'uses', 'unused', 'certificate'],
      ]),
    );
    expect(Object.keys(derivation.problem ?? {})).toEqual(
      expect.arrayContaining(['source', 'target', 'wrt', 'order', 'definitions', 'shapes']),
    );
    for (const step of derivation.steps) {
      expect(Object.keys(step)).toEqual(
        expect.arrayContaining(['rule', 'path', 'before', 'after', 'state', 'conditions', 'certificate']),
      );
      expect(step.certificate).toMatchObject({ verdict: expect.stringMatching(/^(holds|fails|unknown)$/) });
    }
  });

  it('of a gradient holds a result for each variable', async () => {
    const args = ['derive', '--example', 'backprop', '--wrt', 'beta[j],alpha[j]', '--format', 'json'];
    const gradient = JSON.parse((await run(args)).stdout) as {
      schema: string;
      results: unknown[];
      adjoints: unknown[];
    };
    expect(gradient.schema).toBe('chainrule/gradient/1');
    expect(gradient.results).toHaveLength(2);
    expect(gradient.adjoints.length).toBeGreaterThan(1);
  });

  it('of check holds places that count as in unist', async () => {
    const { stdout } = await run(['check', 'examples/check-backprop.md', '--format', 'json']);
    for (const one of JSON.parse(stdout) as Record<string, unknown>[]) {
      expect(Object.keys(one)).toEqual(
        expect.arrayContaining(['file', 'start', 'end', 'left', 'right', 'verdict', 'method']),
      );
      expect(one.start).toEqual({ line: expect.any(Number), column: expect.any(Number), offset: expect.any(Number) });
    }
  });

  it('is an empty array for notes without claims', async () => {
    expect(await run(['check', '-', '--format', 'json'], '# Words\n')).toEqual({
      code: 0,
      stdout: '[]\n',
      stderr: 'warning: no equations in 1 file: stdin\n',
    });
  });
});

describe('escape codes', () => {
  it.each([
    ['into a pipe', [], {}],
    ['with --no-color', ['--no-color'], { FORCE_COLOR: '1' }],
    ['with NO_COLOR', [], { NO_COLOR: '1', FORCE_COLOR: '1' }],
  ])('are not printed %s', async (_, flags, env) => {
    const derived = await run(['derive', '--example', 'backprop', ...flags], '', env);
    const checked = await run(['check', 'examples/check-backprop.md', ...flags], '', env);
    expect(derived.stdout + checked.stdout).not.toContain('\u001b');
  });
});

describe('files', () => {
  it.each([
    'terminal',
    'markdown',
    'latex',
    'json',
  ])('get with -o what %s prints, and standard output nothing', async (format) => {
    const place = folder();
    const file = join(place, 'out');
    const args = ['derive', 'x^2', '--wrt', 'x', '--format', format];
    const printed = await run(args);
    expect(await run([...args, '-o', file])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(file, 'utf8').trimEnd()).toBe(printed.stdout.trimEnd());
    expect(readdirSync(place)).toEqual(['out']);
  });

  it('get the report of check as well, and the exit code stays', async () => {
    const file = join(folder(), 'report.txt');
    expect(await run(['check', 'examples/check-backprop.md', '-o', file])).toEqual({ code: 1, stdout: '', stderr: '' });
    expect(readFileSync(file, 'utf8')).toContain('1 mistake · 1 equality holds');
  });

  it('stay as they were where the input is bad', async () => {
    const place = folder();
    const file = join(place, 'out.md');
    writeFileSync(file, 'old');
    expect((await run(['derive', '(x', '--wrt', 'x', '-o', file])).code).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(place)).toEqual(['out.md']);
  });

  it('are read from standard input with -, with the name stdin in reports', async () => {
    const notes = readFileSync('examples/check-backprop.md', 'utf8');
    const { code, stdout } = await run(['check', '-'], notes);
    expect(code).toBe(1);
    expect(stdout).toContain('stdin\n  10:143  ');
  });

  it('are all checked, and one failing is enough', async () => {
    const { code, stdout } = await run(['check', 'README.md', 'examples/check-backprop.md']);
    expect(code).toBe(1);
    expect(stdout).toContain('examples/check-backprop.md\n  10:143  this step does not hold\n');
  });
});

describe('language, detail and seed', () => {
  it('speak Japanese in check too', async () => {
    const { stdout } = await run(['check', 'examples/check-backprop.md', '--lang', 'ja']);
    expect(stdout).toMatch(/[\u3040-\u30ff\u4e00-\u9fff]/);
  });

  it('leave the result of a derivation the same at every detail and in every language', async () => {
    const result = async (...flags: string[]): Promise<string> => {
      const { stdout } = await run(['derive', '--example', 'logistic', '--format', 'json', ...flags]);
      return (JSON.parse(stdout) as { result: string }).result;
    };
    const results = await Promise.all([
      result(),
      result('--detail', 'answer'),
      result('--detail', 'every'),
      result('--lang', 'ja'),
      result('--seed', '5'),
    ]);
    expect(new Set(results).size).toBe(1);
  });

  it('show the same counterexample for every seed, as it is the first that can be retraced', async () => {
    const checked = async (seed: string): Promise<string> =>
      (await run(['check', 'examples/check-backprop.md', '--format', 'json', '--seed', seed])).stdout;
    const [first, again, other] = await Promise.all([checked('3'), checked('3'), checked('4')]);
    expect(again).toBe(first);
    expect(other).toBe(first);
  });

  it('leave the verification out with --no-verify, and say so', async () => {
    const { code, stdout } = await run(['derive', 'x^2', '--wrt', 'x', '--no-verify', '--format', 'json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      result: '2 * x',
      certificate: { verdict: 'unknown', method: 'unchecked' },
    });
  });
});
