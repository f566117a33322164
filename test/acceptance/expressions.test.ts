import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';
import { driverDifference, unreadTexts, valueDifferences } from '../support/agreement.ts';
import { type ExpressionCase, readDerivatives, readExpressions, tenth } from '../support/table.ts';

const pinned = readDerivatives().map(({ source, wrt }): ExpressionCase => ({ source, wrt, order: 1 }));
const cases = [...pinned, ...readExpressions()];

/** All that is wrong with a derivation, in words. */
function faults(one: ExpressionCase): string[] {
  const derivation = derive(one.source, { wrt: one.wrt, order: one.order, detail: 'every' });
  const { certificate, steps, unresolved } = derivation;
  return [
    ...unresolved.map((text) => `unresolved: ${text}`),
    ...(certificate.verdict === 'holds' ? [] : [`as a whole: ${certificate.verdict} ${certificate.reason ?? ''}`]),
    ...steps
      .filter((step) => step.certificate.verdict !== 'holds')
      .map((step) => `${step.rule}, ${step.before} -> ${step.after}: ${step.certificate.verdict}`),
    ...driverDifference(one),
    ...unreadTexts(one),
    ...valueDifferences(derivation),
  ];
}

describe('a derivation of the tables', () => {
  it('is one of two hundred at least', () => {
    console.log(`expressions: ${cases.length}`);
    expect(cases.length).toBeGreaterThanOrEqual(200);
  });

  it.each(tenth(cases))('is certified, one by both drivers, readable, and true: $source by $wrt ($order)', (one) => {
    expect(faults(one)).toEqual([]);
  });
});
