/** Rules for what stands still, for names, and for sums, products and cases of expressions. */

import {
  add,
  cases,
  delta,
  derivative,
  divide,
  isNumber,
  multiply,
  number,
  one,
  power,
  relation,
  subtract,
  zero,
} from '../term/construct.ts';
import { unfold } from '../term/substitute.ts';
import type { MultiplyTerm, Term, Variable } from '../term/term.ts';
import { inner } from './inner.ts';
import type { DerivativeRule } from './rule.ts';

export const constantRule: DerivativeRule = {
  id: 'constant',
  states: 'D(c, x) = 0',
  rewrite: (of, by, { depends }) => (depends(of, by) ? undefined : { after: zero(), facts: { of } }),
};

export const symbolRule: DerivativeRule = {
  id: 'symbol',
  states: 'D(x, x) = 1',
  rewrite: (of, by) => (of === by && of.rank === 0 ? { after: one() } : undefined),
};

export const elementRule: DerivativeRule = {
  id: 'element',
  states: 'D(x[i], x[j]) = delta(i, j)',
  rewrite: (of, by) => {
    if (of.kind !== 'element' || by.kind !== 'element' || of.base !== by.base) return undefined;
    if (of.indices.length !== by.indices.length || of.rank > 0) return undefined;
    const deltas = of.indices.map((at, k) => delta(at, by.indices[k] as Term));
    const after = multiply(...deltas);
    return { after, facts: { left: derivative(of, by), right: after } };
  },
};

export const definitionRule: DerivativeRule = {
  id: 'definition',
  states: 'D(y, x) = D(u, x) where y = u',
  rewrite: (of, by, { definitions }) => {
    const body = unfold(of, definitions);
    return body === undefined ? undefined : { after: inner(body, by), facts: { name: of } };
  },
};

export const linearityRule: DerivativeRule = {
  id: 'linearity',
  states: 'D(u + v, x) = D(u, x) + D(v, x)',
  rewrite: (of, by, { depends }) => {
    if (of.kind !== 'add') return undefined;
    return { after: add(...of.terms.filter((term) => depends(term, by)).map((term) => inner(term, by))) };
  },
};

export const constantFactorRule: DerivativeRule = {
  id: 'constant-factor',
  states: 'D(c * u, x) = c * D(u, x)',
  rewrite: (of, by, { depends }) => {
    if (of.kind !== 'multiply') return undefined;
    const fixed = of.factors.filter((factor) => !depends(factor, by));
    const unit = isNumber(number(of.coefficient), 1);
    if (fixed.length === 0 && unit) return undefined;
    const moving = multiply(...of.factors.filter((factor) => depends(factor, by)));
    const factor = multiply(number(of.coefficient), ...fixed);
    return { after: multiply(factor, inner(moving, by)), facts: { factor } };
  },
};

export const quotientRule: DerivativeRule = {
  id: 'quotient',
  states: 'D(u / v, x) = (D(u, x) * v - u * D(v, x)) / v^2',
  rewrite: (of, by) => {
    if (of.kind !== 'multiply') return undefined;
    const below = of.factors.filter(isDivisor);
    const above = of.factors.filter((factor) => !isDivisor(factor));
    if (below.length === 0 || above.length === 0) return undefined;
    const numerator = multiply(...above);
    const denominator = power(multiply(...below), number(-1));
    const difference = subtract(
      multiply(inner(numerator, by), denominator),
      multiply(numerator, inner(denominator, by)),
    );
    return { after: divide(difference, power(denominator, number(2))), facts: { numerator, denominator } };
  },
};

function isDivisor(factor: Term): boolean {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value.numerator < 0n;
}

export const productRule: DerivativeRule = {
  id: 'product',
  states: 'D(u * v, x) = D(u, x) * v + u * D(v, x)',
  rewrite: (of, by) => {
    if (of.kind !== 'multiply') return undefined;
    return { after: add(...of.factors.map((_, at) => differentiateFactor(of, at, by))) };
  },
};

function differentiateFactor(of: MultiplyTerm, at: number, by: Variable): Term {
  return multiply(
    number(of.coefficient),
    ...of.factors.map((factor, position) => (position === at ? inner(factor, by) : factor)),
  );
}

export const casesRule: DerivativeRule = {
  id: 'cases',
  states: 'D(c ? u : v, x) = c ? D(u, x) : D(v, x)',
  rewrite: (of, by, { depends }) => {
    if (of.kind !== 'cases') return undefined;
    const branch = (term: Term): Term => (depends(term, by) ? inner(term, by) : zero());
    const { left, right } = of.condition;
    const moves = depends(left, by) || depends(right, by);
    const kink = { kind: 'relation', relation: relation('!=', left, right) } as const;
    return {
      after: cases(of.condition, branch(of.then), branch(of.otherwise)),
      ...(moves ? { conditions: [kink] } : {}),
    };
  },
};
