/** Conditions on indices that stand beside a formula: `(1 \le j - 1 \le n)`. A claim is one for such indices alone. */

import { add, index, negate, number } from '../term/construct.ts';
import type { Term } from '../term/term.ts';

/** Of a condition on an index, the map between its bounds, `j-1`, and what its value has at most, `n`. */
export interface IndexCondition {
  readonly map: string;
  readonly most: string;
}

/** A sum of letters and whole numbers between a number and a name or a sum. */
const bounded =
  /(?:^|[^\w.])\d+\s*\\leq?(?:slant)?(?![A-Za-z])\s*([a-z](?:\s*[+-]\s*(?:[a-z]|\d+))*)\s*\\leq?(?:slant)?(?![A-Za-z])\s*((?:[A-Za-z]|\d+)(?:\s*[+-]\s*(?:[a-z]|\d+))*)/g;

/** The conditions on indices in what stands before the claim and beside it: a chain goes on under the conditions of its rows. */
export function conditionsOnIndices(tex: string, end: number): readonly IndexCondition[] {
  const rest = tex.slice(end);
  const row = rest.slice(0, /\\\\(?!\()/.exec(rest)?.index ?? rest.length);
  return [...(tex.slice(0, end) + row).matchAll(bounded)].map(([, map = '', most = '']) => ({
    map: map.replace(/\s/g, ''),
    most: most.replace(/\s/g, ''),
  }));
}

/** `j-1` as a term. */
export function indexTerm(text: string): Term {
  const parts = [...text.matchAll(/([+-]?)([A-Za-z]|\d+)/g)].map(([, sign, part = '']): Term => {
    const value = /\d/.test(part) ? number(Number(part)) : index(part);
    return sign === '-' ? negate(value) : value;
  });
  return parts.reduce((total, part) => add(total, part));
}
