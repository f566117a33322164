import { readFileSync } from 'node:fs';
import katex from 'katex';
import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../src/render/expression.ts';
import { toLatexFormula } from '../../src/render/formula-latex.ts';
import { latexOf, unicodeOf } from '../../src/render/formula-text.ts';
import { toUnicode } from '../../src/render/formula-unicode.ts';
import { callNode, constantNode, mathjsParse, operatorNode, symbolNode } from '../../src/syntax/node.ts';

const cases = readFileSync(new URL('../cases/print.txt', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split(' => ') as [string, string, string]);

/** Throws where KaTeX has anything to complain about. */
function pleaseKatex(latex: string): void {
  katex.renderToString(latex, { strict: 'error', throwOnError: true, displayMode: true });
}

describe('print.txt', () => {
  test('holds enough cases', () => {
    expect(cases.length).toBeGreaterThan(80);
  });

  test.each(cases)('%s', (text, unicode, latex) => {
    const node = parseExpression(text);
    expect({ unicode: toUnicode(node), latex: toLatexFormula(node) }).toEqual({ unicode, latex });
    pleaseKatex(latex);
  });
});

describe('what LaTeX can only be written in', () => {
  test.each([
    ["A[:, j] * eye(n)[:, j]'", 'A[:, j] 𝐞ⱼᵀ', 'A_{:, j} \\mathbf{e}_j^{\\top}'],
    ['einsum("ijk,k->ij", T, x)', 'einsum_{ijk,k→ij}(T, x)', '\\operatorname{einsum}_{i j k,k \\to i j}(T, x)'],
    [
      'vcat(hcat(A, B), hcat(C, D)) * vcat(x, y)',
      '[A, B; C, D] · [x; y]',
      '\\begin{pmatrix} A & B \\\\ C & D \\end{pmatrix} \\, \\begin{pmatrix} x \\\\ y \\end{pmatrix}',
    ],
  ])('%s', (text, unicode, latex) => {
    expect([unicodeOf(text), latexOf(text)]).toEqual([unicode, latex]);
    pleaseKatex(latex);
  });
});

describe('options', () => {
  test('a function of one variable is differentiated with d', () => {
    expect(unicodeOf('d(x^2, x) * d(d(w, t), t)', { ordinary: true })).toBe('d(x²)/dx · d²w/dt²');
    expect(latexOf('d(w, t)', { ordinary: true })).toBe('\\frac{d w}{d t}');
  });

  test('the words of a choice', () => {
    const choice = { before: '（', after: ' のとき）', otherwise: '（それ以外）' };
    expect(unicodeOf('x > 0 ? x : 0', { choice })).toBe('{ x （x > 0 のとき）; 0 （それ以外） }');
    pleaseKatex(latexOf('x > 0 ? x : 0', { choice }));
  });
});

describe('texts that are no expression', () => {
  test.each([
    ['1 <= j <= n', '1 ≤ j ≤ n', '1 \\le j \\le n'],
    ['x != 0', 'x ≠ 0', 'x \\ne 0'],
    ["f'", 'f′', "f'"],
    ["sin' = cos", 'sin′ = cos', "\\sin' = \\cos"],
    ["tanh'(u) = 1 - tanh(u)^2", 'tanh′(u) = 1 − tanh² u', "\\tanh'(u) = 1 - \\tanh^2 u"],
    ['D(f, 2)', '∂₂f', '\\partial_2 f'],
    ['y[i] = dot(x[i], alpha[i])', 'yᵢ = xᵢ·αᵢ', 'y_i = x_i \\cdot \\alpha_i'],
    ['2 +', '2 +', '\\text{2 +}'],
    ['', '', '\\text{}'],
    ['A invertible', 'A invertible', 'A \\, \\mathrm{invertible}'],
    ['\\input{x}', '\\input{x}', '\\text{\\textbackslash{}input\\{x\\}}'],
  ])('%s', (text, unicode, latex) => {
    expect([unicodeOf(text), latexOf(text)]).toEqual([unicode, latex]);
    pleaseKatex(latexOf(text));
  });
});

describe('hostile trees', () => {
  test.each([
    '\\def\\x{}',
    'a}b',
    '$x$',
    'x%y',
    '^_&#~',
    '\u{1f600}',
    '\u202e',
    'x\ny',
  ])('the name %j is inert', (name) => {
    const nodes = [
      symbolNode(name),
      callNode(name, [symbolNode('x')]),
      operatorNode('+', symbolNode(name), symbolNode('y')),
    ];
    for (const node of nodes) {
      const latex = toLatexFormula(node);
      expect(
        latex.replace(/\\(?:text|mathrm|operatorname|textbackslash|textasciicircum|textasciitilde)\b/g, ''),
      ).not.toMatch(/\\[a-zA-Z]/);
      pleaseKatex(latex);
      expect(toUnicode(node)).not.toMatch(/undefined|NaN|[\p{Cc}\p{Cf}]/u);
    }
  });

  test.each([
    '"text"',
    '[1, 2]',
    '{a: 1}',
    'a.b',
    'f(x) = x',
    '1:3',
    'a and b',
    'a % b',
    'not a',
    'x to y',
    'true',
    '1 < x < 2',
    '',
  ])('mathjs may parse %j, and it is printed', (text) => {
    const node = mathjsParse(text);
    pleaseKatex(toLatexFormula(node));
    expect(typeof toUnicode(node)).toBe('string');
  });

  test.each([
    'sum',
    'prod',
    'd',
    'D',
    'delta',
    'dot',
    'sqrt',
    'exp',
    'abs',
    'norm',
    'norm1',
    'inv',
    'log',
    'log2',
    'nthRoot',
  ])('%s with any number of arguments', (name) => {
    for (let count = 0; count < 6; count++) {
      const node = callNode(
        name,
        Array.from({ length: count }, (_, at) => constantNode(String(at))),
      );
      pleaseKatex(toLatexFormula(node));
      expect(toUnicode(node)).not.toMatch(/undefined/);
    }
  });

  test('every letter that a name may hold', () => {
    for (const [from, to] of [
      [0xc0, 0x2a8],
      [0x370, 0x3ff],
      [0x2100, 0x214f],
    ] as const) {
      for (let code = from; code <= to; code++) pleaseKatex(toLatexFormula(symbolNode(String.fromCodePoint(code))));
    }
  });

  test('long sums and products take no deep stack', () => {
    const text = Array.from({ length: 5000 }, (_, at) => `x_${at % 10}`);
    expect(unicodeOf(text.join(' + ')).length).toBeGreaterThan(5000);
    expect(unicodeOf(text.join(' * ')).length).toBeGreaterThan(5000);
  });
});
