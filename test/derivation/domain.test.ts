/** Signs that follow from a formula having a value are used, and said to be. */

import { describe, expect, it } from 'vitest';
import { derive } from '../../src/derive.ts';

describe('the step that simplifies', () => {
  it.each([
    ['atan(sqrt((1 - x)/(1 + x)))', '-1 / (2 * sqrt(1 - x ^ 2))', ['1 - x > 0', '1 + x > 0']],
    ['asin((1 - x)/(1 + x))', '-1 / (sqrt(x) * (1 + x))', ['1 + x > 0']],
    ['asin(2*x/(1 + x^2))', '2 * sign(1 - x ^ 2) / (1 + x ^ 2)', []],
    ['sqrt((x - 1)/(x + 1))', '1 / ((x + 1) ^ 2 * sqrt((x - 1) / (x + 1)))', []],
  ])('of %s has its conditions', (source, result, conditions) => {
    const derivation = derive(source, { wrt: 'x', detail: 'every' });
    expect(derivation.result).toBe(result);
    expect(derivation.certificate.verdict).toBe('holds');
    const tidied = derivation.steps.find(({ rule }) => rule === 'simplify');
    expect(tidied?.conditions ?? []).toEqual(conditions);
  });
});
