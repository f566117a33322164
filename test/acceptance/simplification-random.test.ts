/** No wrong simplification: random formulas keep their value, and get none that they do not have. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tidyParts } from '../../src/calculus/present/brackets.ts';
import { expandParts, expandProduct, expandSum } from '../../src/calculus/present/expand.ts';
import { partsOf, pull, sumOf } from '../../src/calculus/present/factor.ts';
import { productOf } from '../../src/calculus/present/monomial.ts';
import { present } from '../../src/calculus/present.ts';
import { readModel } from '../../src/pipeline.ts';
import { MathError } from '../../src/problem.ts';
import { printText } from '../../src/syntax/print.ts';
import { scanText } from '../../src/syntax/text.ts';
import { multiply } from '../../src/term/construct.ts';
import { inFreshStore, type Term } from '../../src/term/term.ts';
import { raise } from '../../src/writing/raise.ts';
import { anyFormula, dividesByZero, type Formula, toTerm, toText } from '../support/formula.ts';
import { judgeValue, type Verdict } from '../support/keeps-value.ts';
import type { Place } from '../support/term-value.ts';

/** Printed with the result; another one, or more formulas, by SEED and RUNS in the environment. */
const seed = Number(process.env.SEED ?? 20260101);
const runs = Number(process.env.RUNS ?? 110_000);
/** Of so many formulas one is also printed and read. */
const readEvery = 8;

/** Both signs, small and large, whole and not, and now and then the places where functions end. */
const coordinates = [
  0.375, -0.375, 2, -2, 1.25, -1.25, 3, -3, 0.0625, -0.0625, 7.5, -7.5, 30, -30, 1, -1, 0, 0.5, -0.5,
];

function placesOf(choice: number): Place[] {
  return [0, 1, 2, 3, 4, 5].map((k) => {
    const pick = (step: number): number =>
      coordinates[(choice * (step + 1) + 7 * k * step + k) % coordinates.length] ?? 0;
    // An exponent of 0 leaves nothing to be wrong.
    const pickExponent = (step: number): number => pick(step) || 0.75;
    return new Map([
      ['x', pick(1)],
      ['y', pickExponent(3)],
      ['z', pickExponent(5)],
    ]);
  });
}

const counts: Record<string, number> = {};
const count = (verdict: Verdict): void => {
  counts[verdict.kind] = (counts[verdict.kind] ?? 0) + 1;
};

/** Everything that is done to a formula before anyone sees it. */
function forms(formula: Formula, isRead: boolean): readonly (readonly [string, Term])[] {
  const term = toTerm(formula);
  const shown = present(term);
  const made: (readonly [string, Term])[] = [['the constructors', term]];
  const include = (name: string, one: Term): void => {
    if (made.every(([, known]) => known !== one)) made.push([name, one]);
  };
  include('present', shown);
  const parts = term.kind === 'add' ? partsOf(term) : undefined;
  const pulled = parts === undefined ? undefined : pull(parts, 'fractions');
  if (pulled !== undefined) {
    include('pull', multiply(productOf(pulled.common), sumOf(pulled.rest)));
    include('tidy parts', multiply(productOf(pulled.common), tidyParts(pulled.rest)));
  }
  const counted = expandParts(term.kind === 'add' ? term.terms : [term]);
  if (counted !== undefined) include('expand parts', sumOf(counted));
  include('expand', (term.kind === 'add' ? expandSum(term) : expandProduct(term)) ?? term);
  if (isRead) {
    const text = toText(formula);
    const model = readable(text);
    if (model !== undefined) include('reading', model);
    const printed = readable(printText(raise(shown)));
    if (printed !== undefined) include(`printing as ${printText(raise(shown))}`, printed);
  }
  return made;
}

/** What a text means; undefined where it is refused, for a division by zero for instance. */
function readable(text: string): Term | undefined {
  try {
    return readModel(scanText, text, { wrt: 'x' }).target;
  } catch (error) {
    if (error instanceof MathError) return undefined;
    throw error;
  }
}

describe('a random formula', () => {
  it('keeps its value, and gets none, through constructors, presentation, printing and reading', () => {
    console.log(`simplification: seed ${seed}`);
    let at = 0;
    let formulas = 0;
    fc.assert(
      fc.property(anyFormula, fc.nat(10_000), (formula, choice) => {
        inFreshStore(() => {
          if (dividesByZero(formula)) return;
          formulas++;
          const isRead = at++ % readEvery === 0;
          for (const [how, term] of forms(formula, isRead)) {
            for (const place of placesOf(choice)) {
              const verdict = judgeValue(formula, term, place);
              count(verdict);
              if (verdict.kind === 'wrong') {
                throw new Error(
                  `${how} makes ${printText(raise(term))} of ${toText(formula)}: ${verdict.reason} at ${JSON.stringify([...place])}`,
                );
              }
            }
          }
        });
      }),
      { numRuns: runs, seed },
    );
    console.log(`${formulas} formulas: ${JSON.stringify(counts)}`);
    expect(counts.same).toBeGreaterThan(runs);
  }, 240_000);
});
