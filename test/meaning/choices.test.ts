import { describe, expect, it } from 'vitest';
import { readDeclarations } from '../../src/meaning/declare.ts';
import { copyEvidence, type Evidence, gatherEvidence, noEvidence } from '../../src/meaning/names/evidence.ts';
import { namingFrom } from '../../src/meaning/names/naming.ts';
import { mostReadings, openChoices, readingsOf } from '../../src/meaning/names/readings.ts';
import { gatherLatexEvidence, readTogether } from '../../src/meaning/read-source.ts';
import { scanLatex } from '../../src/syntax/latex.ts';
import { printText } from '../../src/syntax/print.ts';
import type { NeutralSource } from '../../src/syntax/statement.ts';
import { scanText } from '../../src/syntax/text.ts';

function evidenceOf(sources: readonly NeutralSource[], shapes = ''): Evidence {
  const known = { ...copyEvidence(noEvidence()), tellsAlphabets: true };
  if (shapes !== '') for (const [name, axes] of readDeclarations(shapes).axes) known.declared.set(name, axes);
  for (const { tokens } of sources) gatherEvidence(tokens, known);
  return known;
}

/** The open choices as `kind name: value value`. */
function choicesOf(formulas: readonly string[], shapes = '', scan = (one: string) => scanLatex(one)): string[] {
  const sources = formulas.map(scan);
  return openChoices(sources, evidenceOf(sources, shapes)).map(
    ({ kind, name, values }) => `${kind} ${name}: ${values.map(({ value }) => value).join(' ')}`,
  );
}

const open: readonly (readonly [formula: string, choices: readonly string[]])[] = [
  ['a(x + 1)', ['call-or-product a: product call']],
  ['f(x + 1)', ['call-or-product f: call product']],
  ['\\Gamma(x + 1)', ['call-or-product Gamma: call product']],
  ['x_1 + x_2', ['member-or-label x: label member']],
  ['x_i y_i', ['member-or-label x: member label', 'member-or-label y: member label']],
  ['Y_1 + Y', ['separate-or-entry Y: separate entry']],
  ['w^{(1)} + w^{(2)}', ['sample-or-label w: label member']],
  ['\\sum_i c - x_i', ['sum-reach i: term sum']],
  ['\\sum a_{ij}', ['sum-binds i: bound free', 'sum-binds j: bound free']],
  ["x' A", ['prime x: name transpose']],
  ["(x - y)'", ['prime : derivative transpose']],
  ['x^T y', ['transpose-or-power x: transpose power']],
  ['\\frac{d}{dx} x^2 + 3', ['derivative-reach : term onward']],
  ['\\log q + \\ln 10', ['logarithm-base : natural ten']],
  ['1/2q', ['slash-reach : written below']],
  ['p/qr', ['slash-reach : written beside']],
  ['\\sin p q', ['argument-reach : written first']],
  ['x^T y + \\ln T', ['transpose-or-power x: power transpose']],
];

describe('what is open about names', () => {
  it.each(open)('%s', (formula, choices) => expect(choicesOf([formula])).toEqual(choices));
});

const settled: readonly (readonly [reason: string, formula: string, shapes?: string])[] = [
  ['a declared name before a bracket', 'a(x + 1)', 'a: scalar'],
  ['a definition of the function', 'f(x) = x^2'],
  ['several arguments', 'a(x, y)'],
  ['a transpose before a bracket', 'g^\\top (x + y)'],
  ['a bold name before a bracket', '\\mathbf{g} (x + y)'],
  ['a function with a parameter', 'p_\\theta(x)'],
  ['a prime before a bracket', "f'(x + 1)"],
  ['a declared vector', 'x_1 + x_2', 'x: vector(n)'],
  ['declared labels', 'x_1 + x_2', 'x_1: scalar, x_2: scalar'],
  ['a bound index in the slot', '\\sum_i x_i + x_1'],
  ['a computed index in the slot', 'x_{i+1} + x_1'],
  ['a bold letter of the same name', '\\mathbf{x} + x_1'],
  ['a letter that never counts', 'k_B + k_x'],
  ['a number that stands alone', 'x_1^2'],
  ['a term behind a sum in which nothing counts', '\\sum_i x_i + c'],
  ['one letter alone below a sum without an index', '\\sum x_i^2'],
  ['brackets behind d/dx', '\\frac{d}{dx} (x^2) + 3'],
  ['a derivative behind d/dx', '\\frac{d}{dx} x^2 + \\frac{d}{dx} 3'],
  ['a logarithm with its base', '\\log_2 q + \\ln 10'],
  ['a logarithm with nothing beside it', '\\log q'],
  ['a function of one factor', '\\sin 2 q'],
  ['an upright T', 'x^{\\mathrm{T}} y'],
  ['a vector below a T', 'x^T y', 'x: vector(n)'],
];

describe('what evidence settles', () => {
  const rows = settled.map(([reason, formula, shapes = '']) => ({ reason, formula, shapes }));
  it.each(rows)('$reason: $formula', ({ formula, shapes }) => expect(choicesOf([formula], shapes)).toEqual([]));
});

describe('the readings of formulas', () => {
  /** Each formula in each reading. */
  function readings(formulas: readonly string[]): string[] {
    const sources = formulas.map((one) => scanLatex(one));
    const known = evidenceOf(sources);
    return [...readingsOf(known, openChoices(sources, known))].map(({ evidence }) =>
      sources
        .flatMap((source) => source.statements(namingFrom(evidence)))
        .flatMap(({ sides }) => sides.map(({ node }) => printText(node)))
        .join('; '),
    );
  }

  it('are one where nothing is open', () => expect(readings(['k_B T + \\sum_i x_i^2'])).toHaveLength(1));
  it('begin with the likeliest, and differ in one choice, then in two', () =>
    expect(readings(['f(x + 1) + a_1 + a_2'])).toEqual([
      'f(x + 1) + a_1 + a_2',
      'f * (x + 1) + a_1 + a_2',
      'f(x + 1) + a[1] + a[2]',
      'f * (x + 1) + a[1] + a[2]',
    ]));
  it('take a name for one thing in all formulas', () =>
    expect(readings(['f(x + 1)', 'f(y - 1)'])).toEqual(['f(x + 1); f(y - 1)', 'f * (x + 1); f * (y - 1)']));
  it('are at most so many, which is said', () => {
    const formula = 'f(x + 1) g(x + 1) h(x + 1) E(x + 1) F(x + 1)';
    const sources = [scanLatex(formula)];
    const known = evidenceOf(sources);
    const found = readingsOf(known, openChoices(sources, known));
    expect([...found]).toHaveLength(mostReadings);
    expect(found.isCut).toBe(true);
    expect(readingsOf(known, openChoices([scanLatex('f(x + 1)')], known)).isCut).toBe(false);
  });
  it('copy nothing, and leave the evidence as it is', () => {
    const sources = [scanLatex('f(x + 1)')];
    const known = evidenceOf(sources);
    const [first, second] = [...readingsOf(known, openChoices(sources, known))];
    expect(first?.evidence).toBe(known);
    expect(second?.evidence.functions).toBe(known.functions);
    expect(known.taken.size).toBe(0);
  });
});

describe('formulas of a document, read together', () => {
  function together(formulas: readonly string[]): string[] {
    const gathered = copyEvidence(noEvidence());
    for (const one of formulas) gatherLatexEvidence(one, gathered);
    return [...readTogether(formulas, gathered)].map(({ statements }) =>
      statements
        .flat()
        .map(({ sides }) => sides.map(({ node }) => printText(node)).join(' = '))
        .join('; '),
    );
  }

  it('have one reading where nothing is open', () =>
    expect(together(['y = \\sin x', 'y^2 = 1 - \\cos^2 x'])).toEqual(['y = sin(x); y ^ 2 = 1 - cos(x) ^ 2']));
  it('have each reading of a name in all of them', () =>
    expect(together(['f = 2', 'f(x + 1) = 2 x + 2'])).toEqual([
      'f = 2; f(x + 1) = 2 * x + 2',
      'f = 2; f * (x + 1) = 2 * x + 2',
    ]));
  it('have a sum that ends, and one that reaches on to its index', () =>
    expect(together(['\\sum_i x_i - y_i = 0'])).toEqual(['sum(x[i], i) - y[i] = 0', 'sum(x[i] - y[i], i) = 0']));
  it('take a prime on an expression for a derivative and for a transpose', () =>
    expect(together(["(y - z)'(y - z) = 1"])).toEqual([
      'derivative of(y - z) * (y - z) = 1',
      "(y - z)' * (y - z) = 1",
    ]));
  it('have no reading that the grammar refuses', () => expect(together(["(y - z)_k'(y - z) = 1"])).toEqual([]));
});

describe('what is open in text', () => {
  const text = (formula: string, shapes = '') => choicesOf([formula], shapes, (one) => scanText(one));
  it('is a letter before a bracket', () => expect(text('a(x + 1)')).toEqual(['call-or-product a: call product']));
  it('is no letter with a space behind it', () => expect(text('a (x + 1)')).toEqual([]));
  it('is a prime', () => expect(text("x'*x")).toEqual(['prime x: transpose name']));
  it('is no prime of a declared vector', () => expect(text("x'*x", 'x: vector(n)')).toEqual([]));
  it('is a T above', () => expect(text('x^T*y')).toEqual(['transpose-or-power x: transpose power']));
  it('is a T above that stands elsewhere, too', () =>
    expect(text('x^T*y + T')).toEqual(['transpose-or-power x: power transpose']));
  it('are numbers below', () => expect(text('x_1 + x_2')).toEqual(['member-or-label x: label member']));
  it('is no known function', () => expect(text('sin(x) + exp(y)')).toEqual([]));
});
