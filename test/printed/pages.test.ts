import { describe, expect, it } from 'vitest';
import type { Result } from '../../src/derivation/derivation.ts';
import { derive, gradient, hessian, stationary } from '../../src/derive.ts';
import { withOutput } from '../../src/explain/output.ts';
import { readSource } from '../../src/meaning/read-source.ts';
import { certifyPage } from '../../src/printed/certify.ts';
import { expectedOf } from '../../src/printed/expected.ts';
import { toLatex, toMarkdown, toTerminal } from '../../src/printed/library.ts';
import { shownInLatex, shownInTerminal } from '../../src/printed/shown.ts';
import { toLatex as printLatex } from '../../src/render/latex.ts';
import { toMarkdown as printMarkdown } from '../../src/render/markdown.ts';
import { toTerminal as printTerminal } from '../../src/render/terminal.ts';
import { functionTable } from '../../src/rules/elementary.ts';
import { readText } from '../../src/syntax/text.ts';
import { resultTables } from '../support/result-tables.ts';

const readLatex = (text: string) => readSource(text, 'latex');
const leads = ['Let', 'so that', 'where', 'update'];

/** The verdict on a page of LaTeX or for the terminal on which one place is changed. */
function verdictOn(result: Result, notation: 'latex' | 'terminal', from = '', to = ''): string {
  const page = notation === 'latex' ? printLatex(result) : printTerminal(result);
  expect(page).toContain(from);
  const at = page.lastIndexOf(from);
  const spoilt = page.slice(0, at) + to + page.slice(at + from.length);
  const expected = expectedOf(withOutput(result), { expand: false, steps: notation === 'latex' });
  const found =
    notation === 'latex'
      ? certifyPage(result, expected, shownInLatex(spoilt), readLatex)
      : certifyPage(result, expected, shownInTerminal(spoilt, leads), readText);
  return found?.verdict ?? 'same';
}

const sine = derive('x^2*sin(3*x)', { wrt: 'x' });
const backward = gradient('E(g(sum(beta[i]*f(dot(x[i],alpha[i])),i)))', { wrt: 'beta[j],alpha[j]' });
const second = hessian('x^2*y', { wrt: 'x,y' });
const least = stationary('sum((y[i] - a*x[i])^2, i)', { wrt: 'a' });
const line = stationary('sum((y[i] - a*x[i] - b)^2, i)', { wrt: 'a,b' });
const logistic = derive('y = sigmoid(w*x + b); (y - t)^2/2', { wrt: 'w', update: true });
const primed = derive("u'^2", { wrt: 't', depends: 'u(t)' });
const dotted = derive('q_dot^2', { wrt: 't', depends: 'q(t)' });
const inverse = derive("a'*inv(X)*b", { wrt: 'X', shapes: 'X: matrix(n, n), a: vector(n), b: vector(n)' });

describe('a page that shows', () => {
  it.each<readonly [result: Result, notation: 'latex' | 'terminal', from: string, to: string, verdict: string]>([
    // An exponent, a sign and a bracket of the answer.
    [derive('x^2*sin(3*x)', { wrt: 'x', detail: 'answer' }), 'latex', '2 \\sin', '2 \\cos', 'fails'],
    [sine, 'terminal', '2 sin', '2 cos', 'fails'],
    [sine, 'terminal', '(2 sin 3x + 3x cos 3x)', '2 sin 3x + 3x cos 3x', 'fails'],
    [sine, 'terminal', 'd/dx (x² ', 'd/dx (x³ ', 'unknown'],
    // A step before the answer.
    [sine, 'latex', 'x^2 \\cos 3 x', 'x \\cos 3 x', 'unknown'],
    // The value of an adjoint, and of a result that is written out.
    [backward, 'latex', '\\bar{w} \\, g', '\\bar{z} \\, g', 'fails'],
    [backward, 'terminal', 'z̄ f(yⱼ)', 'w̄ f(yⱼ)', 'fails'],
    [backward, 'terminal', 'g′(z) f(yⱼ)', 'g(z) f(yⱼ)', 'fails'],
    // The entries of a Hessian.
    [second, 'latex', '2 x & 0', '0 & 2 x', 'fails'],
    [second, 'latex', ' \\\\ 2 x & 0', ' & 2 x & 0', 'unknown'],
    [second, 'terminal', '2x   0', '2y   0', 'fails'],
    // A solution, an intermediate, an update.
    [least, 'latex', 'x_i^2}', 'x_i^3}', 'fails'],
    [line, 'terminal', 'D = n', 'D = 2', 'fails'],
    [line, 'terminal', '− (Σᵢ xᵢ) · Σᵢ yᵢ)/D', '+ (Σᵢ xᵢ) · Σᵢ yᵢ)/D', 'fails'],
    [logistic, 'latex', 'Let $y = \\mathrm{\\sigma}(w x + b)$', 'Let $y = \\mathrm{\\sigma}(w x - b)$', 'fails'],
    [logistic, 'terminal', 'Let    y = σ(w x + b)', 'Let    y = σ(w x − b)', 'fails'],
    [logistic, 'terminal', 'w − η', 'w + η', 'fails'],
    [logistic, 'latex', 'w - \\eta', 'w + \\eta', 'fails'],
    // Matrices.
    [inverse, 'latex', 'a b^{\\top}', 'b a^{\\top}', 'fails'],
    [inverse, 'terminal', 'a bᵀ', 'b aᵀ', 'fails'],
    // Derivatives that are names, with primes or dots.
    [primed, 'terminal', '2u′ u″', '2u′ u′', 'fails'],
    [primed, 'latex', "2 u' u''", "2 u' u'", 'fails'],
    [dotted, 'terminal', '2q̇ q̈', '2q̇ q̇', 'fails'],
    // A row that is lost.
    [sine, 'latex', sineRow(), '', 'unknown'],
  ])('%# another formula is no page of its answer', (result, notation, from, to, verdict) => {
    expect(verdictOn(result, notation)).toBe('same');
    expect(verdictOn(result, notation, from, to)).toBe(verdict);
  });

  function sineRow(): string {
    return printLatex(sine).split('\n')[3] as string;
  }
});

it('says in its certificate what is wrong with it, in each language', () => {
  const wrong = {
    ...sine,
    // What was certified is another text than what the steps print.
    result: 'x * (2 * sin(3 * x) - 3 * x * cos(3 * x))',
  };
  expect(toTerminal(wrong)).toMatch(
    /✗ a formula is printed as another one than was verified: left \S+, right \S+, for example with x = /,
  );
  expect(toLatex(wrong, { lang: 'ja' })).toContain('検証した式とは異なる式が表示されている');
  expect(toMarkdown(wrong)).toMatch(/^✗ A formula is printed as another/m);
  // Nothing was verified: nothing is lost.
  expect(
    toTerminal({ ...wrong, answer: { ...sine.answer, verdict: 'unknown', reason: 'not-requested' } as never }),
  ).not.toContain('✗');
});

describe('the page of a derivative of', () => {
  const verified = { verdict: 'holds', method: 'tested', points: 4, worst: 0 } as const;
  /** The pages that do not stand as they were printed: what is not read back says so. */
  const lostOn = (result: Result): string[] => [
    ...(toTerminal(result) === printTerminal(result) ? [] : ['terminal']),
    ...(toLatex(result) === printLatex(result) ? [] : ['latex']),
  ];

  it.each([...functionTable])('%s is read back', (name, [least, most]) => {
    for (let count = least; count <= Math.min(most, 3); count++) {
      // The order of a polygamma stands first, and is not what is derived by.
      const call = (x: string, k: string): string =>
        `${name}(${(name === 'polygamma' ? [k, x] : [x, '2', 'y'].slice(0, count)).join(', ')})`;
      for (const source of [call('x', 'k'), `${call('x', 'k')}*x/k!`, call('x[i]', 'k + 1')]) {
        const wrt = source.includes('[') ? 'x[i]' : 'x';
        const result = { ...derive(source, { wrt, verify: false }), answer: verified };
        expect([source, lostOn(result)]).toEqual([source, []]);
      }
    }
  });

  it.each([
    ['\\frac{\\lambda^k e^{-\\lambda}}{k!}', 'lambda', {}],
    ['\\lambda f_k(\\lambda)', 'lambda', {}],
    ['f(x, y)', 'x', { taylor: 2, at: '1' }],
    ['sin(x)/x', 'x', { taylor: 4 }],
    ['x*besselj1(x)/h(x)', 'x', { taylor: 4 }],
    ['cos(g*x)/(x - pi/(2*g))', 'x', { taylor: 3, at: 'pi/(2*g)' }],
    ['x/besselj1(x)', 'x', { taylor: 3 }],
    ['(x == 0 ? 1 : sin(x)/x)', 'x', {}],
    ['sqrt(x[j])*y', 'y', {}],
    ['sum(nthRoot(x[i], 5), i, 1, n)', 'x[j]', {}],
    ['sum(polygamma(k, x), k, 0, n)', 'x', {}],
  ])('%s by %s is read back', (source, wrt, options) => {
    expect(lostOn({ ...derive(source, { wrt, verify: false, ...options }), answer: verified })).toEqual([]);
  });
});

/** Every row where all are wanted, else each so many. */
const step = process.env.READ_BACK === 'all' ? 1 : 20;

describe.each(Object.entries(resultTables('standard')))('the pages of %s', (_table, rows) => {
  const asked = rows.filter((_, at) => at % step === 0);

  it('are read back as what was certified', () => {
    const lost = asked.flatMap(({ asked: question, run }) => {
      const result = { ...run(), answer: { verdict: 'holds', method: 'tested', points: 4, worst: 0 } } as const;
      const pages = [
        [toTerminal(result), printTerminal(result)],
        [
          toTerminal(result, { lang: 'ja', expand: true, width: 60, color: true }),
          printTerminal(result, { lang: 'ja', expand: true, width: 60, color: true }),
        ],
        [toLatex(result), printLatex(result)],
        [toLatex(result, { width: 60, expand: true }), printLatex(result, { width: 60, expand: true })],
        [toMarkdown(result, { lang: 'ja' }), printMarkdown(result, { lang: 'ja' })],
      ];
      return pages.flatMap(([certified, printed], at) => (certified === printed ? [] : [`${question}: page ${at}`]));
    });
    expect(lost).toEqual([]);
  }, 900_000);
});
