/** Where a minus stands: -(a - b) is b - a, and c (-a - b) is -c (a + b). */

import { addAll, multiplyAll, negate, number } from '../../term/construct.ts';
import { isNegativeRational, negateRational } from '../../term/rational.ts';
import type { AddTerm, Term } from '../../term/term.ts';
import { exchange } from './brackets.ts';
import { isNegative } from './size.ts';

/** -(a - b) as b - a, and c (-a - b) as -c (a + b). */
export function absorbSign(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  const isTurned = isNegativeRational(term.coefficient);
  for (const bracket of term.factors) {
    if (bracket.kind !== 'add') continue;
    const turned = isTurned ? turnSum(bracket) : bracket.terms.every(isNegative) ? negateSum(bracket) : undefined;
    if (turned === undefined) continue;
    const coefficient = number(negateRational(term.coefficient));
    return multiplyAll([coefficient, ...term.factors.filter((factor) => factor !== bracket), turned]);
  }
  return term;
}

/** The sum with the other sign where that takes a minus away: -(a - b) is b - a, -(a + c (d - e)) is c (e - d) - a. */
function turnSum(sum: AddTerm): Term | undefined {
  if (sum.terms.some(isNegative)) return negateSum(sum);
  for (const term of sum.terms) {
    const bracket =
      term.kind === 'multiply'
        ? term.factors.find((one) => one.kind === 'add' && one.terms.some(isNegative))
        : undefined;
    if (bracket === undefined) continue;
    const turned = exchange(term, [bracket], negateSum(bracket));
    return addAll([turned, ...sum.terms.filter((other) => other !== term).map(negate)]);
  }
  return undefined;
}

/** Every term with the other sign. */
export function negateSum(term: Term): Term {
  return term.kind === 'add' ? addAll(term.terms.map(negate)) : negate(term);
}
