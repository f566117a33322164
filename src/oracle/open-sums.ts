/**
 * Proofs of sums with an open end. The sum of a polynomial of degree k in its index, from a number to n, is one of degree
 * k + 1 in n from there on; so both sides are polynomials in n of a known degree, and one more value than that decides.
 */

import { mix } from '../numbers/hash.ts';
import type { PowerTerm, Term } from '../term/term.ts';
import { createModularSample } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { createOrders, createScope, type Evaluation } from './evaluation.ts';
import type { Comparison } from './fingerprint.ts';
import { primes } from './modular.ts';

/** The smallest n of which anything is said: see `sizes.ts`. */
const smallest = 2;

/** Sums longer than this are not written out. */
const longest = 60;

/** Whether both sides are equal for all n from 2 on; false means nothing. */
export function provesOpenSums(comparison: Comparison): boolean {
  const { left, right, survey, definitions } = comparison;
  const [name, ...others] = survey.integers;
  if (name === undefined || others.length > 0 || survey.freeIndices.size > 0) return false;
  if (!survey.algebraic || survey.usesDefinitions || definitions.size > 0) return false;
  const degree = Math.max(degreeIn(left, name), degreeIn(right, name));
  // Below this a sum may be shorter than empty, and no polynomial; there every value is looked at.
  const from = smallest + 2 * Math.max(0, ...[...survey.literals].map(Math.abs));
  if (!(from + degree <= longest)) return false;
  const values = Array.from({ length: from - smallest + degree + 1 }, (_, k) => smallest + k);
  return primes.every((prime) => values.every((value) => agreesAt(prime, name, value, comparison)));
}

function agreesAt(prime: number, name: string, value: number, comparison: Comparison): boolean {
  const { survey, definitions, budget, left, right } = comparison;
  const seed = mix(mix(comparison.seed, 163), prime);
  const sample = createModularSample(prime, seed, new Map(), new Set());
  const at: Evaluation = {
    operations: comparison.arithmetics.modular(prime, seed),
    sample: {
      ...sample,
      integer: (other) => (other === name ? value : undefined),
      leaf: (other, indices) => (other === name ? { level: 0, value, scale: 0 } : sample.leaf(other, indices)),
      axis: () => noAxis,
    },
    definitions,
    shared: survey.shared,
    opaque: survey.opaque,
    orders: createOrders(survey.deep),
    opaqueSums: false,
    opaqueNames: false,
    budget,
    indices: new Map(),
    scope: createScope([]),
  };
  const [first, second] = [evaluate(left, [], at), evaluate(right, [], at)];
  return 'value' in first && 'value' in second && first.value === second.value;
}

const noAxis = [1, 0] as const;

/** The degree in n and in indices together; NaN for what is no polynomial in them. */
function degreeIn(term: Term, name: string): number {
  const parts = (): number[] => term.parts.map((part) => degreeIn(part, name));
  switch (term.kind) {
    case 'number':
      return 0;
    case 'symbol':
      return term.name === name ? 1 : 0;
    case 'index':
      return 1;
    case 'add':
      return Math.max(...parts());
    case 'multiply':
      return parts().reduce((total, degree) => total + degree, 0);
    case 'power':
      return degreeOfPower(term, name);
    case 'sum':
      if (term.range?.from.kind !== 'number' || !isEnd(term.range.to)) return Number.NaN;
      return degreeIn(term.body, name) + 1;
    case 'apply':
      return parts().every((degree) => degree === 0) ? 0 : Number.NaN;
    default:
      return Number.NaN;
  }
}

function degreeOfPower({ base, exponent }: PowerTerm, name: string): number {
  const degree = degreeIn(base, name);
  if (exponent.kind === 'number' && exponent.integer >= 0) return exponent.integer * degree;
  return degree === 0 && degreeIn(exponent, name) === 0 ? 0 : Number.NaN;
}

/** n, an index, or one of them moved by a number, so that the end grows with it. */
function isEnd(end: Term): boolean {
  if (end.kind !== 'add') return end.kind === 'symbol' || end.kind === 'index';
  return end.terms.length === 2 && end.terms.some((part) => part.kind === 'number') && end.terms.some(isEnd);
}
