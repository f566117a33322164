/** Rules for what stands still, for names, and for sums, products and cases of expressions. */

import {
  addAll,
  cases,
  derivative,
  divide,
  multiply,
  multiplyAll,
  number,
  one,
  power,
  relation,
  subtract,
  zero,
} from '../term/construct.ts';
import { isNegativeRational } from '../term/rational.ts';
import { unfold } from '../term/substitute.ts';
import type { MultiplyTerm, Term } from '../term/term.ts';
import { kronecker } from './index-map.ts';
import { withoutPoints } from './isolated.ts';
import type { DerivativeRule } from './rule.ts';

export const constantRule: DerivativeRule = {
  id: 'constant',
  states: 'D(c, x) = 0',
  rewrite: (of, by, { depends }) => {
    if (depends(of, by)) return undefined;
    return { after: zero() };
  },
  facts: (of) => (of.kind === 'number' ? { of, number: of } : { of }),
};

export const symbolRule: DerivativeRule = {
  id: 'symbol',
  states: 'D(x, x) = 1',
  kinds: ['symbol', 'element'],
  rewrite: (of, by) => (of === by && of.rank === 0 ? { after: one() } : undefined),
};

export const elementRule: DerivativeRule = {
  id: 'element',
  states: 'D(x[i], x[j]) = delta(i, j)',
  kinds: ['element'],
  rewrite: (of, by) => {
    if (of.kind !== 'element' || by.kind !== 'element' || of.base !== by.base) return undefined;
    if (of.indices.length !== by.indices.length || of.rank > 0) return undefined;
    const deltas = of.indices.map((at, k) => kronecker(at, by.indices[k] as Term));
    const after = multiply(...deltas);
    return { after, facts: { left: derivative(of, by), right: after } };
  },
};

export const definitionRule: DerivativeRule = {
  id: 'definition',
  states: 'D(y, x) = D(u, x) where y = u',
  kinds: ['symbol', 'element'],
  rewrite: (of, by, { definitions, inner }) => {
    const body = unfold(of, definitions);
    return body === undefined ? undefined : { after: inner(body, by), facts: { name: of } };
  },
};

export const linearityRule: DerivativeRule = {
  id: 'linearity',
  states: 'D(u + v, x) = D(u, x) + D(v, x)',
  kinds: ['add'],
  rewrite: (of, by, { depends, inner }) => {
    if (of.kind !== 'add') return undefined;
    const parts: Term[] = [];
    for (const term of of.terms) if (depends(term, by)) parts.push(inner(term, by));
    return { after: addAll(parts) };
  },
};

export const constantFactorRule: DerivativeRule = {
  id: 'constant-factor',
  states: 'D(c * u, x) = c * D(u, x)',
  kinds: ['multiply'],
  rewrite: (of, by, { depends, inner }) => {
    if (of.kind !== 'multiply') return undefined;
    if (of.rest === undefined && of.factors.every((factor) => depends(factor, by))) return undefined;
    const fixed: Term[] = [number(of.coefficient)];
    const moving: Term[] = [];
    for (const factor of of.factors) (depends(factor, by) ? moving : fixed).push(factor);
    fixed.push(inner(multiplyAll(moving), by));
    return { after: multiplyAll(fixed) };
  },
  facts: (of, by, { depends }) => {
    const { coefficient, factors } = of as MultiplyTerm;
    return { factor: multiplyAll([number(coefficient), ...factors.filter((factor) => !depends(factor, by))]) };
  },
};

export const quotientRule: DerivativeRule = {
  id: 'quotient',
  states: 'D(u / v, x) = (D(u, x) * v - u * D(v, x)) / v^2',
  kinds: ['multiply'],
  rewrite: (of, by, { inner }) => {
    const quotient = of.kind === 'multiply' ? quotientIn(of) : undefined;
    if (quotient === undefined) return undefined;
    const { numerator, denominator } = quotient;
    const difference = subtract(
      multiply(inner(numerator, by), denominator),
      multiply(numerator, inner(denominator, by)),
    );
    return { after: divide(difference, power(denominator, number(2))), facts: quotient };
  },
};

/** What stands above and below the stroke; undefined for a product without one, and for 1 / u. */
function quotientIn(of: MultiplyTerm): { numerator: Term; denominator: Term } | undefined {
  const above: Term[] = [];
  const below: Term[] = [];
  for (const factor of of.factors) (isDivisor(factor) ? below : above).push(factor);
  if (below.length === 0 || above.length === 0) return undefined;
  return { numerator: multiplyAll(above), denominator: power(multiplyAll(below), number(-1)) };
}

function isDivisor(factor: Term): boolean {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && isNegativeRational(factor.exponent.value);
}

export const productRule: DerivativeRule = {
  id: 'product',
  states: 'D(u * v, x) = D(u, x) * v + u * D(v, x)',
  kinds: ['multiply'],
  rewrite: (of, by, { inner }) => {
    if (of.kind !== 'multiply') return undefined;
    return { after: addAll(of.factors.map((factor, at) => withFactor(of, at, inner(factor, by)))) };
  },
};

/** The product with another factor in one place. */
function withFactor(of: MultiplyTerm, at: number, replacement: Term): Term {
  const factors: Term[] = [number(of.coefficient), ...of.factors];
  factors[at + 1] = replacement;
  return multiplyAll(factors);
}

export const casesRule: DerivativeRule = {
  id: 'cases',
  states: 'D(c ? u : v, x) = c ? D(u, x) : D(v, x)',
  kinds: ['cases'],
  rewrite: (of, by, context) => {
    if (of.kind !== 'cases') return undefined;
    const { depends, inner } = context;
    const branch = (term: Term): Term => (depends(term, by) ? inner(term, by) : zero());
    const { left, right } = of.condition;
    const moves = depends(left, by) || depends(right, by);
    const kink = { kind: 'relation', relation: relation('!=', left, right) } as const;
    const kept = withoutPoints(of, by, context);
    const isKept = kept.kind === 'cases' && kept.condition === of.condition;
    return {
      after: isKept ? cases(kept.condition, branch(kept.then), branch(kept.otherwise)) : branch(kept),
      ...(moves ? { conditions: [kink] } : {}),
    };
  },
};
