import { describe, expect, it } from 'vitest';
import type { Derivation, Gradient, Hessian, Result, Stationary } from '../../src/derivation/derivation.ts';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import { readSource } from '../../src/meaning/read-source.ts';
import type { DeriveOptions, Task } from '../../src/options.ts';
import { answersTo } from '../../src/pipeline.ts';
import { scanSource } from '../../src/syntax/read.ts';

/** A question, and ways to spoil a part of the text of its answer: what stands left becomes what stands right. */
type Case = readonly [source: string, options: DeriveOptions, ...spoilt: readonly (readonly [string, string])[]];

const matrices = 'A: matrix(m, n), x: vector(n), b: vector(m)';

const derivations: readonly Case[] = [
  ['x^2*sin(x)', { wrt: 'x' }, ['cos', 'sin'], ['2', '3'], ['+', '-']],
  [
    'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))',
    { wrt: 'alpha[j]' },
    ["f'", 'f'],
    ['x[j]', 'alpha[j]'],
    ['beta[j]', '1'],
  ],
  ['sum(x[i]^2, i, 1, n)/n', { wrt: 'x[j]' }, ['n', '2'], ['x[j]', 'x[1]']],
  ['log(sum(exp(x[i]), i))', { wrt: 'x[j]' }, ['exp(x[j])', 'exp(2 * x[j])']],
  ['sum((x[i+1] - x[i])^2, i, 1, n - 1)', { wrt: 'x[j]' }, ['x[j - 1]', 'x[j]']],
  ['prod(x[i], i, 1, n)', { wrt: 'x[j]' }, ['x[j]', 'x[j]^2']],
  // Members far along an axis, and all components together.
  ['sum(f(dot(w, x[i])), i)', { wrt: 'w[7]' }, ['x[i][7]', 'x[i][6]']],
  ['sum(x[i]^2, i, 1, n)', { wrt: 'x[9]' }, ['2', '1']],
  ['f(dot(w, x))', { wrt: 'w', method: 'index' }, ["f'", 'f']],
  ['x > 0 ? x^2 : 3*x', { wrt: 'x' }, ['3', '2']],
  ['f(x, y(x))', { wrt: 'x' }, ['D(f, 2)', 'D(f, 1)']],
  ['exp(sin(x))', { wrt: 'x', order: 2 }, ['cos(x)^2', 'cos(x)']],
  ['x^2*y^3', { wrt: 'x,y,y', mixed: true }, ['12', '6']],
  ['x^2*y', { wrt: 't', depends: 'x(t), y(t)' }, ['d(y, t)', 'd(x, t)']],
  ['norm(A*x - b)^2', { wrt: 'x', shapes: matrices }, ['2', '1'], ["A'", '3 * A'], ['- b', '+ b']],
  ['A*x', { wrt: 'A', shapes: matrices }, ['x[j]', '2 * x[j]']],
  ["trace(A'*A)", { wrt: 'A', shapes: 'A: matrix(m, n)' }, ['2', '3']],
  ["x'*A*x", { wrt: 'x', shapes: 'A: matrix(n, n), x: vector(n)' }, ["A'", 'A']],
  ["x'*A*x", { wrt: 'x', shapes: 'A: matrix(n, n) symmetric, x: vector(n)' }, ['2', '1']],
  ['logdet(X)', { wrt: 'X', shapes: 'X: matrix(n, n) invertible' }, ["'", '']],
  ['A*x', { wrt: 'x', shapes: matrices, layout: 'numerator' }, ['A', '2 * A']],
  ['softmax(x)', { wrt: 'x', shapes: 'x: vector(n)' }, ['-', '+']],
  ['\\theta \\dot\\theta', { wrt: 't', depends: '\\theta(t)', syntax: 'latex' }, ['theta_ddot', 'theta_dot']],
  [
    '\\frac{d}{dt}\\frac{\\partial L}{\\partial \\dot q} - \\frac{\\partial L}{\\partial q}',
    { wrt: 'q', depends: 'q(t)', define: ['L = \\frac12 m \\dot q^2 - V(q)'], syntax: 'latex' },
    ["V''", "V'"],
  ],
  // Directions, weights, polynomials, curves.
  ['x^2*y', { wrt: 'x,y', direction: '3, 4' }, ['6', '3']],
  ['x^2*y', { wrt: 'x,y', direction: '3, 4', unit: true }, ['5', '1']],
  ['tanh(A*x)', { wrt: 'x', direction: 'v', shapes: matrices }, ['v', '(2 * v)']],
  ['tanh(A*x)', { wrt: 'x', vjp: 'u', shapes: matrices }, ['u', '(2 * u)']],
  ['exp(sin(x))', { wrt: 'x', taylor: 4 }, ['8', '9'], ['1', '1 + x^5']],
  // Where the source is 0/0.
  ['sin(x)/x', { wrt: 'x', taylor: 4 }, ['120', '121'], ['6', '7'], ['1', '1 + x^5']],
  ['x/(exp(x) - 1)', { wrt: 'x', taylor: 2 }, ['12', '13'], ['1 -', '2 -']],
  ['(1 - cos(x))/x^2', { wrt: 'x', taylor: 4 }, ['720', '721'], ['24', '25']],
  ['(x - pi/2)*tan(x)', { wrt: 'x', taylor: 2, at: 'pi/2' }, ['/ 3', '/ 4']],
  ['1/x - 1/sin(x)', { wrt: 'x', taylor: 3 }, ['360', '361'], ['-x', 'x']],
  ['besselj0(x)', { wrt: 'x', taylor: 4 }, ['64', '65'], ['4', '3']],
  ['besseli1(x)/x', { wrt: 'x', taylor: 4 }, ['384', '385'], ['16', '15']],
  ['norm(A*x - b)^2', { wrt: 'x', taylor: 2, at: 'a', shapes: matrices }, ['2', '1']],
  ['', { wrt: 'x', implicit: 'x^2 + y^2 = 1' }, ['-', '']],
  ['', { wrt: 'x', implicit: 'x^2 + y^2 = 1', order: 2 }, ['y ^ 3', 'y ^ 2']],
];

const scan = (source: string, syntax?: 'text' | 'latex') => scanSource(source, syntax);

function spoil(text: string, [from, to]: readonly [string, string]): string {
  const compact = text.replaceAll(' ^ ', '^');
  const own = text.includes(from) ? text : compact;
  expect(own).toContain(from);
  return own.replace(from, to);
}

function certify(source: string, options: DeriveOptions, result: Result, asked: readonly Task[] = []) {
  return answersTo(scan, source, options, asked)(result);
}

describe('the answer of a derivation', () => {
  it.each(derivations.map(([source, options, ...spoilt]) => ({ source, options, spoilt })))('$source $options', ({
    source,
    options,
    spoilt,
  }) => {
    const result: Derivation = derive(source, { ...options, detail: 'answer' });
    expect(result.answer).toMatchObject({ verdict: 'holds', method: 'tested' });
    expect(result.answer?.points).toBeGreaterThan(2);
    for (const change of spoilt) {
      const text = spoil(result.result, change);
      const { verdict, counterexample } = certify(source, options, { ...result, result: text });
      expect([text, verdict]).toEqual([text, 'fails']);
      expect(counterexample?.left).not.toBe(counterexample?.right);
      // Where names are put back, a fault of that text alone is found as well.
      if (result.expanded === result.result) continue;
      const other = { ...result, expanded: `2 * (${result.expanded})` };
      expect(certify(source, options, other).verdict).toBe('fails');
    }
  });

  it('is told by the names that the answer is printed with', () => {
    const source = 'E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))';
    const result = derive(source, { wrt: 'beta[j]' });
    const lets = result.lets.map((one) => (one.name === 'w' ? { ...one, expression: '2 * g(z)' } : one));
    expect(certify(source, { wrt: 'beta[j]' }, { ...result, lets }).verdict).toBe('fails');
  });

  it('is about the variables that were asked for', () => {
    const result = derive('x^2*y', { wrt: 'x' });
    const { verdict, reason } = certify('x^2*y', { wrt: 'y' }, result);
    expect([verdict, reason]).toEqual([
      'unknown',
      'unsupported-notation: the left side of the answer names other variables',
    ]);
  });

  it('is unknown where nothing can be evaluated, and says why', () => {
    expect(derive('max(x^2, x*x)', { wrt: 'x' }).answer).toMatchObject({
      verdict: 'unknown',
      method: 'unchecked',
      reason: 'domain: only 0 of 8 points were valid on both sides',
    });
    expect(derive('x^2', { wrt: 'x', verify: false }).answer).toMatchObject({ reason: 'not-requested' });
  });

  it('is read from LaTeX as from text', () => {
    expect(readSource('x', 'text')).toHaveLength(1);
    expect(derive('\\sum_i \\beta_i f(x_i)', { wrt: 'beta_j', syntax: 'latex' }).answer?.verdict).toBe('holds');
  });
});

describe('the answer of a gradient', () => {
  const source = '(sigmoid(v*tanh(w*x + b) + c) - t)^2';
  const options = { wrt: 'v,c,w,b' };

  it('is every result, with its names and without', () => {
    const result: Gradient = gradient(source, options);
    expect(result.answer?.verdict).toBe('holds');
    result.results.forEach((_, at) => {
      for (const field of ['result', 'expanded'] as const) {
        const results = result.results.map((one, k) => (k === at ? { ...one, [field]: `-(${one[field]})` } : one));
        expect(certify(source, options, { ...result, results }).verdict).toBe('fails');
      }
    });
  });
});

describe('the answer of a Hessian', () => {
  it.each<[string, DeriveOptions]>([
    ['x^2*y + sin(y)', { wrt: 'x,y' }],
    ['sum(beta[i]^2, i)', { wrt: 'beta[j],beta[k]' }],
    ['norm(X*w + b - y)^2/2', { wrt: 'w,b', shapes: 'w: vector(n), X: matrix(m, n), y: vector(m), b: scalar' }],
  ])('%s', (source, options) => {
    const result: Hessian = hessian(source, options);
    expect(result.answer?.verdict).toBe('holds');
    result.matrix.forEach((row, a) => {
      row.forEach((entry, b) => {
        const matrix = result.matrix.map((own, k) =>
          own.map((one, l) => (k === a && l === b ? `2 * (${entry}) + 1` : one)),
        );
        expect(certify(source, options, { ...result, matrix }, ['hessian']).verdict).toBe('fails');
      });
    });
  });
});

describe('the answer of a stationary point', () => {
  it.each<[string, DeriveOptions]>([
    ['x^2 + x*y + y^2 - 3x', { wrt: 'x,y' }],
    ['sum((a*x[i] + b - y[i])^2, i)', { wrt: 'a,b' }],
    ['norm(X*w - y)^2 + lambda*norm(w)^2', { wrt: 'w', shapes: 'X: matrix(m, n), w: vector(n), y: vector(m)' }],
  ])('%s', (source, options) => {
    const result: Stationary = stationary(source, options);
    expect(result.answer?.verdict).toBe('holds');
    const solution = result.solution.map((one) => ({ ...one, expression: `2 * (${one.expression})` }));
    const equations = result.equations.map((one) => ({ ...one, left: `2 * (${one.left})` }));
    expect(certify(source, options, { ...result, solution }, ['stationary']).verdict).toBe('fails');
    expect(certify(source, options, { ...result, equations }, ['stationary']).verdict).toBe('fails');
  });
});
