/** Rules for derivatives of sums and products over an index. */

import { open, sum } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import type { DerivativeRule } from './rule.ts';

export const sumRule: DerivativeRule = {
  id: 'sum',
  states: 'D(sum(u, i), x) = sum(D(u, x), i)',
  kinds: ['sum'],
  rewrite: (of, by, { taken, inner }) => {
    if (of.kind !== 'sum') return undefined;
    const opened = open(of, new Set([...taken, ...freeIndices(by)]));
    return { after: sum(opened.index, inner(opened.body, by), of.range), facts: { index: opened.index } };
  },
};
