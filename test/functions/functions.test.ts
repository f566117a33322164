import { readFileSync } from 'node:fs';
import { all, create } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { explainStep } from '../../src/explain/explain.ts';
import { readModel } from '../../src/pipeline.ts';
import { parseExpression } from '../../src/render/expression.ts';
import { toLatexFormula } from '../../src/render/formula-latex.ts';
import { toUnicode } from '../../src/render/formula-unicode.ts';
import { elementary } from '../../src/rules/elementary.ts';
import { printText } from '../../src/syntax/print.ts';
import { scanSource } from '../../src/syntax/read.ts';
import { inFreshStore, type Term } from '../../src/term/term.ts';
import { raise } from '../../src/writing/raise.ts';
import { definitions } from '../support/special-functions.ts';
import { third } from '../support/table.ts';

if (all === undefined) throw new Error('mathjs without its functions');
const math = create(all);
const names = [...elementary.keys()];

const wanted =
  'sin cos tan sec csc cot asin acos atan asec acsc acot sinh cosh tanh sech csch coth asinh acosh atanh asech acsch acoth exp expm1 log log2 log10 log1p cbrt nthRoot abs sign min max heaviside floor ceil mod hypot atan2 erf erfc gamma lgamma digamma trigamma polygamma beta lambertw besselj0 besselj1 bessely0 bessely1 besseli0 besseli1 sigmoid softplus silu gelu gelu_tanh elu selu mish relu leaky_relu clamp factorial';

/** A call of every function, once for each number of arguments that it may have; at most three. */
const calls: readonly { readonly call: string; readonly variables: readonly string[] }[] = names.flatMap((name) => {
  const [least, most] = elementary.get(name)?.arity ?? [1, 1];
  // The largest of one number is that number, and no call is left.
  const fewest = name === 'max' || name === 'min' ? 2 : least;
  // Other degrees are read as powers.
  if (name === 'nthRoot') return [{ call: 'nthRoot(x, 5)', variables: ['x'] }];
  const counts = [1, 2, 3].filter((count) => count >= fewest && count <= most);
  return counts.map((count) => {
    const variables = ['x', 'y', 'z'].slice(0, count);
    return { call: `${name}(${variables.join(', ')})`, variables: name === 'polygamma' ? ['y'] : variables };
  });
});

/** Both sides of 0 and of 1; the order of a polygamma function is 1 in all of them but the last. */
const points: readonly Readonly<Record<'x' | 'y' | 'z', number>>[] = [
  { x: 0.37, y: 0.83, z: 1.31 },
  { x: 1.71, y: 0.62, z: 0.23 },
  { x: 2.45, y: 3.32, z: 4.1 },
  { x: -0.43, y: -1.3, z: 0.9 },
  { x: -1.9, y: 2.7, z: -0.4 },
  { x: 1, y: 1.37, z: 0.3 },
  { x: 2, y: 0.77, z: 0.3 },
];

function valueAt(text: string, point: Readonly<Record<string, number>>): number {
  const value: unknown = math.evaluate(text, { ...definitions, ...point });
  return typeof value === 'number' ? value : Number.NaN;
}

/** Differences of the fourth order: Abramowitz and Stegun, 25.3.21 with one Richardson step. */
function slopeAt(call: string, by: string, point: Readonly<Record<string, number>>): number {
  const difference = (h: number): number => {
    const shifted = (step: number): number => valueAt(call, { ...point, [by]: (point[by] ?? 0) + step });
    return (shifted(h) - shifted(-h)) / (2 * h);
  };
  return (4 * difference(1e-3) - difference(2e-3)) / 3;
}

/** Whether every argument is where the definition in the test is meant to hold. */
function isInside(call: string, point: Readonly<Record<string, number>>): boolean {
  const [name = ''] = call.split('(');
  const positive = ['gamma', 'lgamma', 'digamma', 'trigamma', 'beta', 'bessely0', 'bessely1', 'polygamma'];
  const isPositive = (point.x ?? 0) > 0 && (point.y ?? 0) > 0;
  if (name === 'polygamma') return isPositive && Number.isInteger(point.x);
  if (name === 'floor' || name === 'ceil') return !Number.isInteger(point.x);
  if (name === 'factorial') return (point.x ?? 0) > -1;
  if (name === 'lambertw') return (point.x ?? 0) > -0.36;
  if (name === 'clamp') return (point.y ?? 0) < (point.z ?? 0);
  return !positive.includes(name) || isPositive;
}

describe('the table of functions', () => {
  it('holds these', () => {
    expect([...names].sort()).toEqual(wanted.split(' ').sort());
  });

  it('says of each where its derivative comes from', () => {
    expect(names.filter((name) => !/\d/.test(elementary.get(name)?.source ?? ''))).toEqual([]);
  });

  it('has a definition of its own in this test for each', () => {
    expect(names.filter((name) => !Object.hasOwn(definitions, name))).toEqual([]);
  });
});

describe('the derivative of', () => {
  const cases = calls.flatMap(({ call, variables }) => variables.map((by) => ({ call, by })));

  it.each(third(cases))('$call by $by agrees with differences and with the oracle', ({ call, by }) => {
    const derivation = derive(call, { wrt: by, detail: 'every' });
    expect(derivation.unresolved).toEqual([]);
    for (const { verdict, reason } of [derivation.certificate, ...derivation.steps.map((step) => step.certificate)]) {
      const isUnknownFunction = verdict === 'unknown' && reason?.startsWith('unknown-function');
      expect(isUnknownFunction ? 'holds' : `${verdict} ${reason ?? ''}`.trim()).toBe('holds');
    }
    const compared = points
      .filter((point) => isInside(call, point))
      .map((point) => ({ difference: slopeAt(call, by, point), found: valueAt(derivation.result, point) }))
      .filter(({ difference }) => Number.isFinite(difference));
    expect(compared.length).toBeGreaterThan(0);
    for (const { difference, found } of compared) {
      expect(Math.abs(found - difference)).toBeLessThanOrEqual(1e-7 * (1 + Math.abs(difference)));
    }
  });

  it.each(third(calls))('$call is told in words in both languages', ({ call, variables: [by = 'x'] }) => {
    const [step] = derive(call, { wrt: by, detail: 'every', verify: false }).steps;
    if (step === undefined) throw new Error('no step');
    for (const language of ['en', 'ja'] as const) {
      const phrase = explainStep(step, language, by);
      expect(phrase.map(({ text }) => text).join('')).toMatch(/\S/);
      // Something of the function itself is said, and not the name of the rule alone.
      expect(phrase.some(({ kind }) => kind === 'formula')).toBe(true);
    }
  });
});

/** The term that a text in either notation stands for. */
function termOf(source: string): Term {
  return readModel(scanSource, source, { wrt: 'x' }).target;
}

describe('the spelling of', () => {
  const shapes: readonly ((call: string) => string)[] = [
    (call) => call,
    (call) => `2 * ${call}^2 + y`,
    (call) => `y * ${call.replace(/\bx\b/, '(x + 1)')}`,
    (call) => `${call}/(1 + ${call})`,
    (call) => `sin(${call}) * exp(-${call})`,
    (call) => call.replace(/\bx\b/, call),
  ];

  it.each(third(calls))('$call reads back in text and in LaTeX', ({ call }) => {
    for (const shape of shapes) {
      inFreshStore(() => {
        const term = termOf(shape(call));
        const text = printText(raise(term));
        expect(termOf(text), text).toBe(term);
        const latex = toLatexFormula(parseExpression(text));
        if (latex.includes('\\')) expect(termOf(latex), latex).toBe(term);
      });
    }
  });

  it('each is its own in Unicode and in LaTeX', () => {
    const trees = calls.map(({ call }) => parseExpression(call));
    for (const print of [toUnicode, toLatexFormula]) {
      const texts = trees.map((tree) => print(tree));
      expect(new Set(texts).size).toBe(texts.length);
      expect(texts.filter((text) => /undefined|_\{?\\mathrm/.test(text))).toEqual([]);
    }
  });

  it('each stands in the README', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(names.filter((name) => !new RegExp(`\`[^\`]*\\b${name}\\b[^\`]*\``).test(readme))).toEqual([]);
  });
});
