/** Sums, products, powers and functions of vectors and matrices, entry by entry: the slope of each part. */

import {
  apply,
  cases,
  genericApply,
  isNumber,
  multiply,
  multiplyAll,
  number,
  power,
  subtract,
} from '../../term/construct.ts';
import type { Term, Variable } from '../../term/term.ts';
import { elementary } from '../elementary.ts';
import type { RuleContext } from '../rule.ts';

/** A part on which a term depends, and what its change is multiplied by, entry by entry. */
interface Slope {
  readonly part: Term;
  readonly slope: Term;
}

/** The id of a rule and the slopes of all parts that depend on the variable; undefined for other kinds of term. */
export function slopesOf(
  of: Term,
  by: Variable,
  { depends }: RuleContext,
): { readonly rule: string; readonly slopes: readonly Slope[] } | undefined {
  switch (of.kind) {
    case 'add':
      return {
        rule: 'linearity',
        slopes: of.terms.filter((part) => depends(part, by)).map((part) => ({ part, slope: number(1) })),
      };
    case 'multiply': {
      const moving = of.factors.filter((part) => depends(part, by));
      const slopes = moving.map((part) => ({
        part,
        slope: multiplyAll([number(of.coefficient), ...of.factors.filter((factor) => factor !== part)]),
      }));
      return { rule: moving.length > 1 ? 'product' : 'constant-factor', slopes };
    }
    case 'power': {
      const slope = multiply(of.exponent, power(of.base, subtract(of.exponent, number(1))));
      const slopes = [
        { part: of.base, slope },
        { part: of.exponent, slope: multiply(of, apply('log', of.base)) },
      ];
      return { rule: 'elementwise', slopes: slopes.filter(({ part }) => depends(part, by)) };
    }
    case 'apply': {
      const slopes: Slope[] = [];
      for (let at = 0; at < of.args.length; at++) {
        const part = of.args[at] as Term;
        if (!depends(part, by)) continue;
        const slope = of.generic
          ? genericApply(
              of.name,
              of.args,
              of.orders.map((order, k) => (k === at ? order + 1 : order)),
            )
          : elementary.get(of.name)?.partial(of.args, at);
        if (slope === undefined) return undefined;
        slopes.push({ part, slope: of.rank > 0 ? asStep(slope) : slope });
      }
      return { rule: 'elementwise', slopes };
    }
    case 'cases': {
      if (depends(of.condition, by) && of.rank === 0) return undefined;
      const slopes = [
        { part: of.then, slope: cases(of.condition, number(1), number(0)) },
        { part: of.otherwise, slope: cases(of.condition, number(0), number(1)) },
      ];
      return { rule: 'cases', slopes: slopes.filter(({ part }) => depends(part, by)) };
    }
    default:
      return undefined;
  }
}

/** The same for the factors of a product, as a rule for scalars leaves it behind. */
export function withSteps(term: Term): Term {
  if (term.kind !== 'multiply') return asStep(term);
  return multiplyAll([number(term.coefficient), ...term.factors.map(asStep)]);
}

/** u > 0 ? a : 0 as a times the unit step, which works on each entry. */
function asStep(slope: Term): Term {
  if (slope.kind !== 'cases' || !isNumber(slope.otherwise, 0)) return slope;
  const { operator, left, right } = slope.condition;
  return operator === '>' && isNumber(right, 0) ? multiply(slope.then, apply('heaviside', left)) : slope;
}
