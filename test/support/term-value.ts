/** The real value of a term, by plain recursion: it shares nothing with the oracle. */

import type { Term } from '../../src/term/term.ts';
import {
  callTracked,
  compareTracked,
  exact,
  isKnown,
  none,
  plus,
  quotient,
  type Tracked,
  times,
  toPower,
  unknown,
} from './tracked.ts';

/** Values of names and of indices. */
export type Place = ReadonlyMap<string, number>;

/** Euler's number and the circle's, which no double is. */
export const constants: Readonly<Record<string, Tracked>> = {
  e: { value: Math.E, error: 2e-16 },
  pi: { value: Math.PI, error: 4e-16 },
};

export function termValue(term: Term, place: Place): Tracked {
  const at = (part: Term): Tracked => termValue(part, place);
  switch (term.kind) {
    case 'number':
      return quotient(term.value.numerator, term.value.denominator);
    case 'symbol':
      return term.constant ? (constants[term.name] ?? none) : exact(place.get(term.name) ?? Number.NaN);
    case 'index':
      return exact(place.get(term.name) ?? Number.NaN);
    case 'apply':
      return callTracked(term.name, term.args.map(at));
    case 'add':
      return term.terms.map(at).reduce(plus);
    case 'multiply':
      return term.factors.map(at).reduce(times, quotient(term.coefficient.numerator, term.coefficient.denominator));
    case 'power':
      return toPower(at(term.base), at(term.exponent));
    case 'sum':
    case 'product': {
      if (term.range === undefined) throw new Error('a range without ends has no value here');
      let total = exact(term.kind === 'sum' ? 0 : 1);
      const [from, to] = [at(term.range.from).value, at(term.range.to).value];
      for (let count = from; count <= to; count++) {
        const value = termValue(term.body, new Map(place).set(term.bound.name, count));
        total = term.kind === 'sum' ? plus(total, value) : times(total, value);
      }
      return total;
    }
    case 'cases':
      return chosen(term.condition.operator, at(term.condition.left), at(term.condition.right), (holds) =>
        at(holds ? term.then : term.otherwise),
      );
    default:
      throw new Error(`a ${term.kind} has no value here`);
  }
}

/** The branch that a comparison chooses. */
export function chosen(operator: string, left: Tracked, right: Tracked, branch: (holds: boolean) => Tracked): Tracked {
  if (!isKnown(left) || !isKnown(right)) return left.error + right.error > 1 ? unknown : none;
  const order = compareTracked(left, right);
  if (order === undefined) return unknown;
  const holds: Readonly<Record<string, boolean>> = {
    '<': order < 0,
    '<=': order <= 0,
    '>': order > 0,
    '>=': order >= 0,
    '==': order === 0,
    '!=': order !== 0,
  };
  return branch(holds[operator] ?? false);
}
