/** The chain rule, for unknown functions and for those of the table. */

import {
  add,
  addAll,
  apply,
  derivative,
  divide,
  genericApply,
  multiply,
  one,
  symbol,
  zero,
} from '../term/construct.ts';
import type { ApplyTerm, Term, Variable } from '../term/term.ts';
import { type Elementary, elementary } from './elementary.ts';
import type { Condition, DerivativeRule, Facts } from './rule.ts';

export const chainRule: DerivativeRule = {
  id: 'chain',
  states: "D(f(u), x) = f'(u) * D(u, x)",
  kinds: ['apply'],
  rewrite: (of, by, { depends, inner }) => {
    if (of.kind !== 'apply' || !of.generic) return undefined;
    const moving = of.args.map((arg, at) => ({ arg, at })).filter(({ arg }) => depends(arg, by));
    const terms = moving.map(({ arg, at }) => multiply(partial(of, at), inner(arg, by)));
    const [first] = moving;
    const isNamed = first?.arg.kind === 'symbol' || first?.arg.kind === 'element';
    const through = moving.length === 1 && isNamed && first.arg !== by;
    return { after: add(...terms), facts: through ? { through: first.arg, outer: of } : { outer: of } };
  },
};

function partial(of: ApplyTerm, at: number): Term {
  return genericApply(
    of.name,
    of.args,
    of.orders.map((order, k) => (k === at ? order + 1 : order)),
  );
}

export const logAbsRule: DerivativeRule = {
  id: 'log-abs',
  states: 'D(log(abs(u)), x) = D(u, x) / u',
  kinds: ['apply'],
  rewrite: (of, by, { inner }) => {
    const within = of.kind === 'apply' && !of.generic && of.name === 'log' ? of.args[0] : undefined;
    if (within?.kind !== 'apply' || within.generic || within.name !== 'abs') return undefined;
    const [argument] = within.args as readonly [Term];
    return { after: divide(inner(argument, by), argument), facts: logAbsFacts };
  },
};

function logAbsFacts(): Facts {
  const u = symbol('u');
  return { left: derivative(apply('log', apply('abs', u)), u), right: divide(one(), u) };
}

export const elementaryRule: DerivativeRule = {
  id: 'elementary',
  states: 'D(sin(u), x) = cos(u) * D(u, x), and so for every function of the table',
  kinds: ['apply'],
  rewrite: (of, by, { depends, inner }) => {
    const entry = of.kind === 'apply' && !of.generic ? elementary.get(of.name) : undefined;
    if (of.kind !== 'apply' || entry === undefined) return undefined;
    const terms: Term[] = [];
    for (let at = 0; at < of.args.length; at++) {
      const arg = of.args[at] as Term;
      if (!depends(arg, by)) continue;
      const slope = entry.partial(of.args, at);
      // The order of a polygamma function has no rule.
      if (slope === undefined) return undefined;
      terms.push(multiply(slope, inner(arg, by)));
    }
    const conditions = (): Condition[] => {
      const moving = of.args.flatMap((arg, at) => (depends(arg, by) ? entry.conditions(of.args, at) : []));
      return [...new Set(moving)].map((condition) => ({ kind: 'relation', relation: condition }));
    };
    return { after: addAll(terms), facts: () => elementaryFacts(of, entry, by), conditions };
  },
};

/** For a function of one argument its derivative at `u` is said, for others what is differentiated. */
function elementaryFacts(of: ApplyTerm, entry: Elementary, by: Variable): Facts {
  const [argument, second] = of.args;
  if (argument === undefined || second !== undefined || entry.arity[1] > 1) {
    const isDirect = of.args.every((arg) => arg === by || (arg.symbols & by.symbols) === 0);
    return isDirect ? { applied: of } : { function: of };
  }
  const simple = argument.kind === 'symbol' || argument.kind === 'element';
  const derivative = entry.partial([symbol('u')], 0) ?? zero();
  return { function: of.name, derivative, inner: simple ? '' : argument };
}
