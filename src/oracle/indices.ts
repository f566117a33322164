/** Indices during an evaluation: their values, and the keys under which values that rest on them are remembered. */

import { stop } from '../numbers/arithmetic.ts';
import type { Term } from '../term/term.ts';
import type { Evaluation } from './evaluation.ts';

export const noIndices: readonly number[] = [];

/** The key under which the value of a term is remembered: the term and the values of its free indices. */
export function memoKey(term: Term, at: Evaluation): number | string {
  if (term.free.size === 0) return term.id;
  let key = String(term.id);
  for (const name of term.free) key += `,${indexValue(name, at)}`;
  return key;
}

export function indexValue(name: string, at: Evaluation): number {
  const bound = at.indices.get(name);
  if (bound !== undefined) return bound;
  const value = at.sample.freeIndex(name);
  at.record?.freeIndex(name, value);
  return value;
}

/** The value of what stands as an index or as an end of a range. */
export function evaluateInteger(term: Term, at: Evaluation): number {
  switch (term.kind) {
    case 'number':
      if (term.value.denominator === 1n) return Number(term.value.numerator);
      return stop('unsupported: an index that is a fraction');
    case 'index':
      return indexValue(term.name, at);
    case 'symbol':
      return namedInteger(term.name, at);
    case 'add':
      return term.terms.reduce((total, part) => total + evaluateInteger(part, at), 0);
    case 'multiply': {
      const { numerator, denominator } = term.coefficient;
      const value = term.factors.reduce((total, part) => total * evaluateInteger(part, at), Number(numerator));
      if (value % Number(denominator) !== 0) return stop('unsupported: an index that is a fraction');
      return value / Number(denominator);
    }
    case 'power': {
      const exponent = evaluateInteger(term.exponent, at);
      return exponent < 0
        ? stop('unsupported: an index that is a fraction')
        : evaluateInteger(term.base, at) ** exponent;
    }
    default:
      return stop(`unsupported: a ${term.kind} as an index`);
  }
}

function namedInteger(name: string, at: Evaluation): number {
  const value = at.sample.integer(name) ?? stop(`unsupported: ${name} as an index`);
  at.record?.leaf(name, noIndices, value);
  return value;
}

export function sameIndices(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((index, k) => index === b[k]);
}
