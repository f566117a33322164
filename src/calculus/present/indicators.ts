/** Factors that a bracket of 0 and 1 says nothing new of: max(0, u) (u > 0 ? 1 : 0) is max(0, u). */

import { isNumber, multiplyAll, number, subtract } from '../../term/construct.ts';
import type { CasesTerm, Term } from '../../term/term.ts';

/** The product without conditions under which another factor is zero anyhow. */
export function dropIndicators(term: Term): Term {
  if (term.kind !== 'multiply') return term;
  const ramps = term.factors.map(rampOf).filter((one) => one !== undefined);
  if (ramps.length === 0) return term;
  const factors = term.factors.map((factor) => {
    if (factor.kind !== 'cases' || !isNumber(factor.otherwise, 0)) return factor;
    const holds = excessOf(factor);
    return holds !== undefined && ramps.includes(holds) ? factor.then : factor;
  });
  return factors.every((factor, at) => factor === term.factors[at])
    ? term
    : multiplyAll([number(term.coefficient), ...factors]);
}

/** u for max(u, 0) and relu(u), and for positive powers of them. */
function rampOf(factor: Term): Term | undefined {
  const isPower = factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value.numerator > 0n;
  const base = isPower ? factor.base : factor;
  if (base.kind !== 'apply' || base.generic) return undefined;
  const [first, second] = base.args;
  if (base.name === 'relu') return first;
  if (base.name !== 'max' || base.args.length !== 2 || first === undefined || second === undefined) return undefined;
  return isNumber(first, 0) ? second : isNumber(second, 0) ? first : undefined;
}

/** u for the condition u > 0 or u >= 0, however its sides are written. */
function excessOf({ condition }: CasesTerm): Term | undefined {
  const { operator, left, right } = condition;
  if (operator === '>' || operator === '>=') return subtract(left, right);
  return operator === '<' || operator === '<=' ? subtract(right, left) : undefined;
}
