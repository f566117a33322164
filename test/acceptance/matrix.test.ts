/** Derivatives of our own table: certified by every method, as short as they stand there, and read back. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { verify } from '../../src/check.ts';
import type { Derivation } from '../../src/derivation/derivation.ts';
import { derive } from '../../src/derive.ts';
import { readModel } from '../../src/meaning/reading.ts';
import { MathError } from '../../src/problem.ts';
import { toTerminal } from '../../src/render/terminal.ts';
import { printText } from '../../src/syntax/print.ts';
import { scanSource } from '../../src/syntax/read.ts';
import { inFreshStore } from '../../src/term/term.ts';
import { raise } from '../../src/writing/raise.ts';
import { declarationsOf } from '../support/agreement.ts';

const cases = readFileSync(new URL('../cases/matrix.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [shapes = '', source = '', wrt = '', result = ''] = line.split(' | ');
    return { shapes, source, wrt, result };
  });

function openSteps({ certificate, steps }: Derivation): string[] {
  return [
    ...(certificate.verdict === 'holds' ? [] : [`as a whole: ${certificate.verdict} ${certificate.reason ?? ''}`]),
    ...steps.filter((one) => one.certificate.verdict !== 'holds').map((one) => `${one.rule}: ${one.state}`),
  ];
}

/** The characters of a text in order of the alphabet: what is equal but for the order of terms and factors is equal. */
const letters = (text: string): string => [...text.replace(/[\s()'*+-]|dot|sum/g, '')].sort().join('');

/** Texts of a derivation that are not read, or not as what they are. */
function unread({ problem, steps, result, wanted }: Derivation, wrt: string): string[] {
  const shapes = declarationsOf(problem.shapes);
  const texts = new Set([wanted, result, ...steps.flatMap((one) => [one.before, one.after, one.state])]);
  return [...texts].flatMap((text) =>
    inFreshStore(() => {
      try {
        const { target } = readModel(scanSource, text, { wrt, shapes });
        const options = { taken: new Set<string>(), levels: new Map<string, number>(), rows: true, softmax: true };
        const again = printText(raise(target, options));
        return letters(again) === letters(text) || verify(`${text} = ${again}`, { shapes }).verdict === 'holds'
          ? []
          : [`${text} reads as ${again}`];
      } catch (error) {
        return [`${text}: ${error instanceof Error ? error.message : String(error)}`];
      }
    }),
  );
}

describe('a derivative by a vector or matrix', () => {
  it('is one of a hundred at least', () => {
    expect(cases.length).toBeGreaterThanOrEqual(100);
  });

  it.each(cases)('is what the table says, certified and readable: $source by $wrt', ({
    shapes,
    source,
    wrt,
    result,
  }) => {
    const derivation = derive(source, { wrt, shapes, detail: 'every' });
    expect(openSteps(derivation)).toEqual([]);
    expect(derivation.result).toBe(result);
    expect(unread(derivation, wrt)).toEqual([]);
  });

  it.each(['differential', 'index'] as const)('is certified by the method %s wherever that covers it', (method) => {
    let covered = 0;
    for (const { shapes, source, wrt } of cases) {
      try {
        const derivation = derive(source, { wrt, shapes, method });
        expect([source, ...openSteps(derivation)]).toEqual([source]);
        covered++;
      } catch (error) {
        if (!(error instanceof MathError)) throw error;
        expect(error.problem.code).toBe('unknown-option');
      }
    }
    console.log(`${method}: ${covered} of ${cases.length}`);
    expect(covered).toBeGreaterThan(cases.length / 2);
  }, 120_000);
});

describe('bars in LaTeX', () => {
  const shapes = 'X: matrix(n, n), A: matrix(n, n), x: vector(n), t: scalar';
  it.each([
    ['\\log |X|', 'X', "inv(X)'"],
    ['\\left| A X \\right|', 'X', "det(A * X) * inv(X)'"],
    ['\\lvert X^{-1} \\rvert', 'X', "-det(inv(X)) * inv(X)'"],
    ['|\\mathbf{x}|^2', '\\mathbf{x}', '2 * x'],
    ['|A \\mathbf{x}|', '\\mathbf{x}', "A' * A * x / norm(A * x)"],
    ['\\sin |t|', 't', 'cos(abs(t)) * sign(t)'],
    ['|x_{1}| + |t|', 't', 'sign(t)'],
  ])('%s by %s: a determinant, a length, an absolute value', (source, wrt, result) => {
    const derivation = derive(source, { wrt, shapes, syntax: 'latex', detail: 'every' });
    expect([derivation.result, openSteps(derivation)]).toEqual([result, []]);
  });

  it('are refused around a matrix that is not square', () => {
    const refused = () => derive('|X|', { wrt: 'X', shapes: 'X: matrix(m, n)', syntax: 'latex' });
    expect(refused).toThrow('a square matrix is needed here, but this has m rows and n columns');
  });
});

describe('the layout', () => {
  const shapes = 'A: matrix(m, n), x: vector(n), X: matrix(m, n)';
  it.each([
    ['A*x', 'x', "A'", 'A'],
    ['norm(A*x)^2', 'x', "2 * A' * A * x", "2 * x' * A' * A"],
    ["trace(A'*X)", 'X', 'A', "A'"],
    ['f(A*x)', 'x', "A' * diag(f'(A * x))", "diag(f'(A * x)) * A"],
  ])('of %s by %s', (source, wrt, denominator, numerator) => {
    const plain = derive(source, { wrt, shapes });
    expect([plain.layout, plain.result]).toEqual(['denominator', denominator]);
    const turned = derive(source, { wrt, shapes, layout: 'numerator' });
    expect([turned.layout, turned.result, turned.certificate.verdict]).toEqual(['numerator', numerator, 'holds']);
  });
});

describe('the differential', () => {
  it('of products with inverses in them is certified step by step', () => {
    const shapes = 'X: matrix(m, n), B: matrix(m, m) symmetric, C: matrix(m, m) symmetric';
    const derivation = derive("trace(inv(X'*C*X)*(X'*B*X))", { wrt: 'X', shapes, method: 'differential' });
    expect(openSteps(derivation)).toEqual([]);
  });
});

describe('the derivative by free entries', () => {
  const shapes = (property: string) => `A: matrix(n, n), X: matrix(n, n) ${property}, a: vector(n), b: vector(n)`;
  // X = (Y + Y')/2 is symmetric for every Y, and its own half where Y is.
  it.each(['trace(A*X*X)', "a'*inv(X)*a", 'logdet(X)', "a'*X*b"])('of %s by a symmetric matrix', (source) => {
    const { structured } = derive(source, { wrt: 'X', shapes: shapes('positive definite') });
    expect(structured?.property).toBe('symmetric');
    const half = `d(${source.replaceAll('X', "((X + X')/2)")}, X)`;
    const claim = `${structured?.expression} = 2*${half} - diag(diag(${half}))`;
    expect(verify(claim, { shapes: shapes('positive definite') }).verdict).toBe('holds');
  });

  it.each([
    ['det(X)', 'symmetric', 'det(X) * (2 * inv(X) - diag(diag(inv(X))))'],
    ["a'*X*b", 'symmetric', "a * b' + b * a' - diag(a .* b)"],
    ['sum(exp(X))', 'symmetric', '2 * exp(X) - diag(diag(exp(X)))'],
    ['logdet(X)', 'positive definite', '2 * inv(X) - diag(diag(inv(X)))'],
    ['trace(A*X)', 'antisymmetric', "A' - A"],
    ['norm(X*a)^2', 'antisymmetric', "2 * X * a * a' + 2 * a * a' * X"],
    ['norm(X*a)^2', 'lower triangular', "2 * tril(X * a * a')"],
    ['norm(X*a - b)^2', 'upper triangular', "2 * triu((X * a - b) * a')"],
    ["a'*inv(X)*b", 'diagonal', '-diag(inv(X) * b .* (inv(X) * a))'],
  ])('of %s by a matrix that is %s has a certificate of its own', (source, property, expression) => {
    const { structured, certificate } = derive(source, { wrt: 'X', shapes: shapes(property) });
    expect(structured).toMatchObject({ expression, certificate: { verdict: 'holds' } });
    expect(certificate.verdict).toBe('holds');
  });

  it('is said with its certificate, in every language', () => {
    const result = derive('logdet(X)', { wrt: 'X', shapes: shapes('symmetric') });
    expect(toTerminal(result, { lang: 'en', color: false })).toContain('tested at 16 points');
    expect(toTerminal(result, { lang: 'ja', color: false })).toContain('数値検証、16 点');
  });
});
