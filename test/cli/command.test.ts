import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { version } from '../../src/cli/version.ts';

function run(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    const options = { maxBuffer: 1e8, env: { ...process.env, ...env } };
    const child = execFile(process.execPath, ['bin/chainrule', ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
    child.stdin?.end(input);
  });
}

const model = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';

describe('derive', () => {
  it('prints the first example as a textbook does', async () => {
    const { code, stdout, stderr } = await run(['derive', model, '--wrt', 'beta[j]']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot('../cases/backprop.en.txt');
  });

  it('prints it in Japanese', async () => {
    const { stdout } = await run(['derive', '--example', 'backprop', '--lang', 'ja']);
    await expect(stdout).toMatchFileSnapshot('../cases/backprop.ja.txt');
  });

  it('prints the backward pass for several variables', async () => {
    const { stdout } = await run(['derive', model, '--wrt', 'beta[j],alpha[j]']);
    // The last digits of a rounding error are those of the machine.
    await expect(stdout.replace(/ \(worst [^)]*\)/g, '')).toMatchFileSnapshot('../cases/backprop.gradient.txt');
  });

  it('prints the same derivation from LaTeX', async () => {
    const latex = 'E\\big(g(\\sum_i \\beta_i f(\\vec{x_i}\\cdot\\vec{\\alpha_i}))\\big)';
    const [fromText, fromLatex] = await Promise.all([
      run(['derive', model, '--wrt', 'beta[j]']),
      run(['derive', latex, '--wrt', '\\beta_j']),
    ]);
    expect(fromLatex.stdout).toBe(fromText.stdout);
  });

  it('prints JSON of the contract', async () => {
    const { stdout } = await run(['derive', model, '--wrt', 'beta[j]', '--format', 'json']);
    const derivation = JSON.parse(stdout) as Record<string, unknown>;
    expect(derivation).toMatchObject({
      schema: 'chainrule/derivation/1',
      problem: { wrt: ['beta[j]'], order: 1 },
      result: "E'(w) * g'(z) * f(y[j])",
      resultShape: 'scalar',
      uses: ["E'(w)", "g'(z)", 'f(y[j])'],
      unused: ["f'", 'x', 'alpha'],
      certificate: { verdict: 'holds' },
    });
    for (const key of ['lets', 'steps', 'expanded']) expect(derivation).toHaveProperty(key);
    const gradient = await run(['derive', model, '--wrt', 'beta[j],alpha[j]', '--format', 'json']);
    expect(JSON.parse(gradient.stdout)).toMatchObject({ schema: 'chainrule/gradient/1' });
  });

  it('prints less and more on request', async () => {
    const lines = async (detail: string) =>
      (await run(['derive', '--example', 'backprop', '--detail', detail])).stdout.split('\n').length;
    const [answer, standard, every] = await Promise.all([lines('answer'), lines('standard'), lines('every')]);
    expect(answer).toBeLessThan(standard as number);
    expect(standard).toBeLessThan(every as number);
  });

  it('ends in exit code 3 where something is left unresolved, and prints it all the same', async () => {
    const { code, stdout } = await run(['derive', 'sum(x[i], i, 1, n)', '--wrt', 'n']);
    expect(code).toBe(3);
    expect(stdout).toContain('∂/∂n');
  });

  it.each([
    ...['terminal', 'markdown', 'latex', 'html', 'typst', 'json'].map((format) => [
      `derive as ${format}`,
      ['a*polygamma(x, 2)', '--wrt', 'x', '--format', format],
    ]),
    ...['--hessian', '--stationary'].map((task) => [task, ['y*polygamma(x, 2)', '--wrt', 'x,y', task]]),
    ['an adjoint', ['a*polygamma(x, 2)', '--wrt', 'x,a']],
    ['the adjoint of a length', ['sum(a*x[i], i, 1, n)', '--wrt', 'n,a']],
    ['an adjoint, as LaTeX', ['a*polygamma(x, 2)', '--wrt', 'x,a', '--format', 'latex']],
  ] as [string, string[]][])('never ends in 0 where a derivative is left standing: %s', async (_, rest) => {
    const { code, stdout } = await run(['derive', ...rest]);
    expect(code).toBe(3);
    expect(stdout).not.toContain('every adjoint verified');
    expect(stdout).not.toContain('Every adjoint verified');
  });

  it('reads standard input and writes a file, whole', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
    const file = join(folder, 'out.md');
    const { code, stdout } = await run(
      ['derive', '-', '--wrt', 'a', '--format', 'markdown', '-o', file],
      'z = a*x + b; z^2',
    );
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(file, 'utf8')).toContain('\\begin{aligned}');
    expect(readdirSync(folder)).toEqual(['out.md']);
  });

  it('writes a page that needs nothing else', async () => {
    const { code, stdout, stderr } = await run(['derive', '--example', 'backprop', '--format', 'html', '--lang', 'ja']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^<!doctype html>\n<html lang="ja">/);
    expect(stdout).not.toMatch(/<script|url\((?!data:)|<(?:img|link|a)\b[^>]*(?:src|href)="(?!data:|#)/);
    // Rows of standard detail, and the small steps that they take together.
    expect(stdout.match(/<li /g)?.length).toBe(5 + 6);
  });

  it.each([
    ['derive --example backprop --format html'],
    ['derive --help'],
  ])('ends quietly where nobody reads on: %s', async (args) => {
    const command = `"${process.execPath}" bin/chainrule ${args} | head -c 10`;
    const { stdout, stderr } = await promisify(execFile)('/bin/sh', ['-c', command]);
    expect({ length: stdout.length, stderr }).toEqual({ length: 10, stderr: '' });
  });

  it('repeats itself for one seed', async () => {
    const once = () => run(['derive', '--example', 'logistic', '--format', 'json', '--seed', '7']);
    const [first, second] = await Promise.all([once(), once()]);
    expect(first.stdout).toBe(second.stdout);
  });

  it('prints no colours into a pipe', async () => {
    const { stdout } = await run(['derive', '--example', 'backprop'], '', { FORCE_COLOR: '1' });
    expect(stdout).not.toContain('\u001b');
  });

  it('takes definitions and shapes from options', async () => {
    const args = [
      'derive',
      'L = (y - t)^2/2',
      '--define',
      'y = dot(w, x)',
      '--shape',
      't: scalar',
      '--wrt',
      'w',
      '--update',
    ];
    const { code, stdout } = await run(args);
    expect(code).toBe(0);
    expect(stdout).toContain('w ← w − η (y − t) x');
  });

  it('takes what is declared in several options together', async () => {
    const shapes = ['--shape', 'A: matrix(n, n) symmetric', '--shape', 'x: vector(n)'];
    const { code, stdout } = await run(['derive', "x'*A*x + b'*x", ...shapes, '-w', 'x', '-w', 'b']);
    expect(code).toBe(0);
    expect(stdout).toContain('x̄ = ∂L/∂x = 2A x + b');
  });
});

describe('check', () => {
  it('finds the wrong step of the published article, at its place, with numbers', async () => {
    const { code, stdout } = await run(['check', 'examples/check-backprop.md']);
    expect(code).toBe(1);
    expect(stdout).toContain('examples/check-backprop.md\n  10:143  this step does not hold\n');
    expect(stdout).toMatch(/left −?[\d./]+, right −?[\d./]+/);
    expect(stdout).toContain('1 mistake · 1 equality holds');
  });

  it('prints JSON of the contract', async () => {
    const { code, stdout } = await run(['check', 'examples/check-backprop.md', '--format', 'json']);
    expect(code).toBe(1);
    const verdicts = JSON.parse(stdout) as unknown[];
    expect(verdicts).toHaveLength(2);
    expect(verdicts[1]).toMatchObject({
      file: 'examples/check-backprop.md',
      start: { line: 10, column: 143 },
      verdict: 'fails',
      counterexample: { left: expect.any(Number), right: expect.any(Number) },
    });
  });

  it('counts an unknown as a finding with --strict', async () => {
    const notes = '$$\na = \\int_0^1 b \\, dx = c\n$$\n';
    expect((await run(['check', '-'], notes)).code).toBe(0);
    expect((await run(['check', '-', '--strict'], notes)).code).toBe(1);
  });
});

describe('help', () => {
  it.each([['derive'], ['check']])('of %s holds examples', async (command) => {
    const { code, stdout } = await run([command, '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Examples:');
  });

  it('says the version', async () => {
    expect((await run(['--version'])).stdout.trim()).toBe(version);
  });
});
