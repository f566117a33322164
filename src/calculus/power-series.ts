/** Functions by their power series at 0: what has derivatives there that no formula in finite terms gives without dividing by 0. */

import { addAll, apply, isNumber, mapParts, multiply, number, power } from '../term/construct.ts';
import { rational } from '../term/rational.ts';
import type { SymbolTerm, Term } from '../term/term.ts';
import { valueAt } from './taylor.ts';

/** Bessel functions of order n: sum of sign^k (u/2)^(n + 2k) / (k! (n + k)!); DLMF 10.2.2 and 10.25.2. */
const besselFunctions: ReadonlyMap<string, { readonly order: number; readonly sign: number }> = new Map([
  ['besselj0', { order: 0, sign: -1 }],
  ['besselj1', { order: 1, sign: -1 }],
  ['besseli0', { order: 0, sign: 1 }],
  ['besseli1', { order: 1, sign: 1 }],
]);

interface Expanded {
  readonly term: Term;
  /** What was expanded, the first one first; empty where there is nothing of that kind. */
  readonly functions: readonly Term[];
}

/** The Bessel functions in `term` whose argument vanishes at the point, by the terms of their series up to a degree. */
export function expandSeries(term: Term, by: SymbolTerm, point: Term, degree: number): Expanded {
  const functions = new Set<Term>();
  const visit = (part: Term): Term => {
    const inner = mapParts(part, noNames, visit);
    if (inner.kind !== 'apply' || inner.generic) return inner;
    const series = besselFunctions.get(inner.name);
    const [argument] = inner.args;
    if (series === undefined || argument === undefined || !isNumber(valueAt(argument, by, point), 0)) return inner;
    functions.add(apply(inner.name, argument));
    return partialSum(series, argument, degree);
  };
  return { term: visit(term), functions: [...functions] };
}

const noNames: ReadonlySet<string> = new Set();

function partialSum({ order, sign }: { readonly order: number; readonly sign: number }, u: Term, degree: number): Term {
  const terms: Term[] = [];
  // The first term stands in any case: a sum of none would not say what was expanded.
  let below = order === 0 ? 1n : 2n;
  for (let k = 0; order + 2 * k <= Math.max(degree, order); k++) {
    if (k > 0) below *= 4n * BigInt(k) * BigInt(k + order);
    const coefficient = rational(sign < 0 && k % 2 === 1 ? -1n : 1n, below);
    terms.push(multiply(number(coefficient), power(u, number(order + 2 * k))));
  }
  return addAll(terms);
}
