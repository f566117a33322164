import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import type { DeriveOptions } from '../../src/options.ts';
import { MathError } from '../../src/problem.ts';
import { readLines, third } from '../support/table.ts';

const cases = readLines('readings.txt').map((line) => {
  const [source = '', options = '{}', expected = ''] = line.split(' => ');
  return { source, options: JSON.parse(options) as DeriveOptions, expected };
});

/** What comes of a source, in the words of the table. */
function outcome(source: string, options: DeriveOptions, kind: string): string {
  try {
    const { result, notices = [], certificate } = derive(source, options);
    if (certificate.verdict !== 'holds') return `${certificate.verdict}: ${result}`;
    return kind === '~' ? notices.map(({ code, name }) => `${code} ${name}`).join(', ') : result;
  } catch (error) {
    if (error instanceof MathError) return `refused: ${error.message}; ${error.hint}`;
    throw error;
  }
}

describe('a source is read as it was meant', () => {
  it.each(third(cases))('$source $options $expected', ({ source, options, expected }) => {
    const [kind = '', wanted] = [expected.charAt(0), expected.slice(2)];
    const got = outcome(source, options, kind);
    if (kind === '=') expect(got).toBe(wanted);
    else if (kind === '~') expect(got).toContain(wanted);
    else expect(got).toMatch(new RegExp(`^refused: .*${wanted.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`));
  });
});

/** One reason each: the source with its evidence, the same without it, and what is decided otherwise. */
type Pair = readonly [reason: string, withIt: string, without: string, options: DeriveOptions, other?: DeriveOptions];

const evidence: readonly Pair[] = [
  ['a sum binds a letter below the name', '\\sum_i x_i + x_B', 'x_B + 1', { wrt: 'x_B' }],
  [
    'a declared name with its label',
    '\\sum_k S_k + S_i',
    '\\sum_k S_k + S_i',
    { wrt: 'S_i', shapes: 'S_i: scalar' },
    { wrt: 'S_i' },
  ],
  ['a declared axis', 'x_1^2', 'x_1^2', { wrt: 'x_1', shapes: 'x: vector(n)' }, { wrt: 'x_1' }],
  ['a declared scalar before a bracket', 'a(x + 1)', 'a(x + 1)', { wrt: 'x', shapes: 'a: scalar' }, { wrt: 'x' }],
  ['a transpose before a bracket', 'g^\\top (x)', 'g (x)', { wrt: 'x' }],
  ['a prime', "q'(x)", 'q(x)', { wrt: 'x' }],
  ['several arguments', 'a(x, y)', 'a(x + y)', { wrt: 'x' }],
  ['a definition of the letter', 'I = 3 \\\\ x^\\top I x', 'x^\\top I x', { wrt: 'x' }],
  ['a declaration of the letter', 'x^\\top I x', 'x^\\top I x', { wrt: 'x', shapes: 'I: scalar' }, { wrt: 'x' }],
  ['matrices beside the letter', 'x^\\top (K + \\lambda I) x', '(K + \\lambda I)', { wrt: '\\lambda' }],
  ['a bare use of sigma', '\\sigma(x) + \\sigma', '\\sigma(x)', { wrt: 'x' }],
  ['a declared sigma', '\\sigma(x)', '\\sigma(x)', { wrt: 'x', shapes: 'sigma: scalar' }, { wrt: 'x' }],
  ['bold beside plain', 'x \\mathbf{x}^\\top \\mathbf{a}', 'x x^\\top \\mathbf{a}', { wrt: 'x' }],
  ['bold alone', '\\mathbf{a} \\mathbf{x}', '\\mathrm{a} x', { wrt: 'x' }],
  ['Delta by itself', '\\Delta x + \\Delta', '\\Delta x + x', { wrt: 'x' }],
  ['T as a matrix', 'T^T', 'e^T', { wrt: 'T', shapes: 'T: matrix(n, n)' }, { wrt: 'T' }],
  ['a dependence of the dotted name', 'x \\dot x', 'x \\dot x', { wrt: 't', depends: 'x(t)' }, { wrt: 't' }],
  [
    'vectors on both sides of a cross',
    'u \\times v',
    'u \\times v',
    { wrt: 'u', shapes: 'u: vector(3), v: vector(3)' },
    { wrt: 'u' },
  ],
  ['members of a family', 'sum(w[i], i) + w_j', 'w + w_j', { wrt: 'w_j' }],
  ['a bare use of a letter before a bracket', 'k\\left(v\\right) + k', 'k\\left(v\\right)', { wrt: 'v' }],
  [
    'a declared letter before a bracket',
    'R \\left(T\\right)',
    'R \\left(T\\right)',
    { wrt: 'T', shapes: 'R: scalar' },
    { wrt: 'T' },
  ],
  [
    'a dependence of the name in brackets',
    '\\frac12 V(q)',
    '\\frac12 V(q)',
    { wrt: 't', depends: 'q(t)' },
    { wrt: 't' },
  ],
  ['a value that is applied', 'V = q^2 \\\\ V(q)', 'W = q^2 \\\\ V(q)', { wrt: 'q' }],
  ['a transpose before the letter', '\\frac{q^\\top k}{\\sqrt{d_k}}', '\\frac{q k}{\\sqrt{d_k}}', { wrt: 'q' }],
  ['the same bracket further on', '(x - m)^T S (x - m)', '(x - m)^T S (x + m)', { wrt: 'm' }],
  ['the same letter under an H', 'x^H A x', 'x^H A y', { wrt: 'x' }],
  ['a label of what is defined', 'z_l = w a_{l-1}', 'z = w a_{l-1}', { wrt: 'w' }],
  ['a member that a line defines', 'p_i = e^{z_i} \\\\ -\\log p_y', 'p = e^{z_i} \\\\ -\\log p_y', { wrt: 'z_k' }],
  ['a blank behind a quotient', 'a/2 b', 'a/2b', { wrt: 'b' }],
  ['a name elsewhere', 'q(x) + q', 'q(x)', { wrt: 'q' }],
  ['an index of the variable', 'y = \\sum x_i w_i', 'y = \\sum x_i w_i', { wrt: 'w_j' }, { wrt: 'w_i' }],
];

describe('evidence taken away changes the decision', () => {
  it.each(evidence.map((pair) => ({ reason: pair[0], pair })))('$reason', ({ pair }) => {
    const [, withIt, without, options, other] = pair;
    const [first, second] = [outcome(withIt, options, '='), outcome(without, other ?? options, '=')];
    expect(first).not.toBe(second);
  });
});

describe('the names', () => {
  it('tell how far a sum goes', () => {
    const { names = [] } = derive('\\sum_{n=1}^N (t_n - w x_n)^2', { wrt: 'w' });
    const reasons = names.find(({ name }) => name === 'N')?.because.map(({ reason }) => reason);
    expect(reasons).toEqual(['limit']);
  });
});

describe('what a letter is', () => {
  it('is asked in meaning/ alone', () => {
    const questions =
      /\b(?:usualFunctions|usualArguments|indexLetters|subscriptWords|densities|uprightFunctions|letterQuantities)\b/;
    const files = [
      'name',
      'scripts',
      'function',
      'grammar',
      'derivative',
      'binder',
      'group',
      'statements',
      'cases',
      'fold',
    ];
    const asking = files
      .map((file) => `src/syntax/latex-${file}.ts`)
      .filter((file) => questions.test(readFileSync(file, 'utf8')));
    expect(asking).toEqual([]);
  });
});
