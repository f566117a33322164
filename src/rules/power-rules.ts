/** Rules for powers, by what moves: the base, the exponent or both. */

import { add, apply, divide, isNumber, multiply, one, power, relation, subtract, zero } from '../term/construct.ts';
import type { PowerTerm, Term } from '../term/term.ts';
import type { DerivativeRule } from './rule.ts';

export const powerRule: DerivativeRule = {
  id: 'power',
  states: 'D(u^n, x) = n * u^(n - 1) * D(u, x)',
  kinds: ['power'],
  rewrite: (of, by, { depends, inner }) => {
    if (of.kind !== 'power' || depends(of.exponent, by)) return undefined;
    return { after: multiply(of.exponent, power(of.base, subtract(of.exponent, one())), inner(of.base, by)) };
  },
  facts: (of) => {
    const { base, exponent } = of as PowerTerm;
    return { base, exponent, inner: innerOf(base) };
  },
};

export const exponentialRule: DerivativeRule = {
  id: 'exponential',
  states: 'D(c^u, x) = c^u * log(c) * D(u, x)',
  kinds: ['power'],
  rewrite: (of, by, { depends, inner }) => {
    if (of.kind !== 'power' || depends(of.base, by)) return undefined;
    // 0^u is 0 wherever u > 0, and has no value elsewhere.
    if (isNumber(of.base, 0)) return { after: zero(), conditions: [positive(of.exponent)] };
    const after = multiply(of, apply('log', of.base), inner(of.exponent, by));
    const facts = { base: of.base, inner: innerOf(of.exponent) };
    return of.base.kind === 'number' ? { after, facts } : { after, facts, conditions: [positive(of.base)] };
  },
};

export const generalPowerRule: DerivativeRule = {
  id: 'general-power',
  states: 'D(u^v, x) = u^v * (D(v, x) * log(u) + v * D(u, x) / u)',
  kinds: ['power'],
  rewrite: (of, by, { inner }) => {
    if (of.kind !== 'power') return undefined;
    const { base, exponent } = of;
    const bracket = add(
      multiply(inner(exponent, by), apply('log', base)),
      divide(multiply(exponent, inner(base, by)), base),
    );
    return { after: multiply(of, bracket), conditions: [positive(base)] };
  },
};

/** What the chain rule goes through; nothing where that is a name. */
function innerOf(term: Term): Term | '' {
  return term.kind === 'symbol' || term.kind === 'element' ? '' : term;
}

function positive(term: Term) {
  return { kind: 'relation', relation: relation('>', term, zero()) } as const;
}
