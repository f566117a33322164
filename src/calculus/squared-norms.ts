/** Squares of norms as inner products, which have derivatives where the norm is 0 as well. */

import { mapParts, number, power } from '../term/construct.ts';
import { isTensor } from '../term/tensor/base.ts';
import { pair } from '../term/tensor/square.ts';
import type { Term } from '../term/term.ts';

/** `term` with u'u for norm(u)^2, and the like for every even power. */
export function withoutSquaredNorms(term: Term): Term {
  const inner = mapParts(term, noNames, withoutSquaredNorms);
  if (inner.kind !== 'power' || !isTensor(inner.base, 'norm') || inner.exponent.kind !== 'number') return inner;
  const { integer } = inner.exponent;
  if (!Number.isInteger(integer) || integer <= 0 || integer % 2 !== 0) return inner;
  const inside = inner.base.args[0] as Term;
  return power(pair(inside, inside), number(integer / 2));
}

const noNames: ReadonlySet<string> = new Set();
