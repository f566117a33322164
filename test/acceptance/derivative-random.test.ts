/** Derivatives of random formulas over all functions whose values are known here, against differences in 60 digits. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { MathError } from '../../src/problem.ts';
import { functionTable } from '../../src/rules/elementary.ts';
import { evaluateText } from '../support/complex-value.ts';
import { formulasOver, toText } from '../support/formula.ts';
import { differenceAt, isReal, type Point, realFunctions } from '../support/real-points.ts';

const seed = Number(process.env.SEED ?? 20260101);
const runs = Number(process.env.RUNS ?? 2000);

/** Both signs, and no number at which a function ends or turns. */
const points: readonly Point[] = [
  { x: '0.3717', y: '0.8421', z: '1.2913' },
  { x: '-0.6139', y: '1.7713', z: '-0.4127' },
  { x: '2.1937', y: '-0.7731', z: '0.5519' },
  { x: '-3.3719', y: '-1.6183', z: '-2.2391' },
];

/** The functions of one argument in our table that have a value in 60 digits at one of the points. */
const functions = [...functionTable]
  .filter(([, [least]]) => least === 1)
  .map(([name]) => name)
  .filter((name) => {
    try {
      return points.some((point) => isReal(`${name}(x)`, point));
    } catch {
      return false;
    }
  });

describe('a random formula', () => {
  it('has the derivative that its differences have', () => {
    let compared = 0;
    let derived = 0;
    fc.assert(
      fc.property(formulasOver(functions), (formula) => {
        const source = toText(formula);
        let derivation: ReturnType<typeof derive>;
        try {
          derivation = derive(source, { wrt: 'x', detail: 'every' });
        } catch (error) {
          if (error instanceof MathError && error.code !== 'too-large') return;
          throw error;
        }
        derived++;
        const failing = derivation.steps.filter((step) => step.certificate.verdict === 'fails');
        expect(failing.map((step) => `${step.rule}: ${step.before}`)).toEqual([]);
        expect(derivation.unresolved).toEqual([]);
        for (const point of points.filter((one) => isReal(source, one))) {
          const slope = differenceAt(source, 'x', point);
          if (slope === undefined) continue;
          const found = evaluateText(
            derivation.expanded,
            { values: point, real: true, call: realFunctions },
            'decimals',
          );
          if (!Number.isFinite(found.re)) continue;
          compared++;
          const where = `d/dx ${source} = ${derivation.expanded} at ${JSON.stringify(point)}`;
          expect(Math.abs(found.re - slope.value), where).toBeLessThanOrEqual(slope.error);
        }
      }),
      { numRuns: runs, seed },
    );
    console.log(`seed ${seed}: ${derived} of ${runs} derived, ${compared} points compared; ${functions.join(', ')}`);
    expect(compared).toBeGreaterThan(runs);
    expect(functions.length).toBeGreaterThan(35);
  }, 240_000);
});
