/** Conditions on indices that stand beside a formula: `(1 \le j - 1 \le n)`. A claim is one for such indices alone. */

import { add, index, negate, number } from '../term/construct.ts';
import type { Term } from '../term/term.ts';

/** Of a condition on an index, the map between its bounds, `j-1`, and what its value has at most, `n`. */
export interface IndexCondition {
  readonly map: string;
  readonly most: string;
}

const sum = String.raw`((?:[A-Za-z]|\d+)(?:\s*[+-]\s*(?:[a-z]|\d+))*)`;
const atMost = String.raw`\s*\\leq?(?:slant)?(?![A-Za-z])\s*`;
const atLeast = String.raw`\s*\\geq?(?:slant)?(?![A-Za-z])\s*`;

/** A sum of letters and whole numbers between a number and a name or a sum. */
const bounded = new RegExp(String.raw`(?:^|[^\w.])\d+${atMost}([a-z](?:\s*[+-]\s*(?:[a-z]|\d+))*)${atMost}${sum}`, 'g');
/** One bound in brackets, (j \le 3) or (j \ge 2). */
const upper = new RegExp(String.raw`\(\s*${sum}${atMost}${sum}\s*\\?\)`, 'g');
const lower = new RegExp(String.raw`\(\s*${sum}${atLeast}${sum}\s*\\?\)`, 'g');

/** The conditions on indices in what stands before the claim and beside it: a chain goes on under the conditions of its rows. */
export function conditionsOnIndices(tex: string, end: number): readonly IndexCondition[] {
  const rest = tex.slice(end);
  const row = rest.slice(0, /\\\\(?!\()/.exec(rest)?.index ?? rest.length);
  const text = tex.slice(0, end) + row;
  const conditions = [...text.matchAll(bounded), ...text.matchAll(upper)].map(([, map = '', most = '']) => ({
    map,
    most,
  }));
  const turned = [...text.matchAll(lower)].map(([, most = '', map = '']) => ({ map, most }));
  return [...conditions, ...turned].map(({ map, most }) => ({
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
