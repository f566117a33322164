/** The softmax and the logarithm of a sum of exponentials, found again in the terms that they are. */

import { divide, index, multiply, number, power, replaceIndex } from '../term/construct.ts';
import { freeIndices } from '../term/inspect.ts';
import type { ApplyTerm, BinderTerm, MultiplyTerm, Term } from '../term/term.ts';

/** exp(u) over the sum of its like, `times` times, and the other factors. */
export interface SoftmaxMatch {
  readonly argument: Term;
  /** The index at which the member is taken. */
  readonly place: string;
  readonly sum: BinderTerm;
  readonly times: number;
  readonly rest: Term;
}

/** The first softmax in a product. */
export function matchSoftmax(term: MultiplyTerm): SoftmaxMatch | undefined {
  for (const divisor of term.factors) {
    const sum = divisor.kind === 'power' ? divisor.base : undefined;
    if (sum?.kind !== 'sum' || !isExponential(sum.body)) continue;
    const below = -exponentOf(divisor);
    for (const factor of term.factors) {
      const raised = factor.kind === 'power' ? factor.base : factor;
      const times = Math.min(below, exponentOf(factor));
      const place = isExponential(raised) && times >= 1 ? placeOf(sum, raised) : undefined;
      if (place === undefined) continue;
      const rest = multiply(term, power(divide(raised, sum), number(-times)));
      return { argument: (raised as ApplyTerm).args[0] as Term, place, sum, times, rest };
    }
  }
  return undefined;
}

/** The sum in log(sum(exp(u), i)). */
export function matchLogSumExp(term: ApplyTerm): BinderTerm | undefined {
  const [sum, second] = term.args;
  if (term.generic || term.name !== 'log' || second !== undefined) return undefined;
  return sum?.kind === 'sum' && isExponential(sum.body) ? sum : undefined;
}

function isExponential(term: Term): term is ApplyTerm {
  return term.kind === 'apply' && !term.generic && term.name === 'exp';
}

/** A whole exponent; 0 for any other. */
function exponentOf(factor: Term): number {
  if (factor.kind !== 'power') return 1;
  const { exponent } = factor;
  return exponent.kind === 'number' && exponent.value.denominator === 1n ? Number(exponent.value.numerator) : 0;
}

/** The index for which a term of the sum is `member`. */
function placeOf(sum: BinderTerm, member: Term): string | undefined {
  return [...freeIndices(member)].find((name) => replaceIndex(sum.body, sum.bound, index(name)) === member);
}
