/** The chain rule, for unknown functions and for those of the table. */

import { addAll, apply, derivative, divide, genericApply, multiply, one, symbol, zero } from '../term/construct.ts';
import type { ApplyTerm, Term, Variable } from '../term/term.ts';
import { type Elementary, elementary } from './elementary.ts';
import type { Condition, DerivativeRule, Facts } from './rule.ts';

export const chainRule: DerivativeRule = {
  id: 'chain',
  states: "D(f(u), x) = f'(u) * D(u, x)",
  kinds: ['apply'],
  rewrite: (of, by, { depends, inner }) => {
    if (of.kind !== 'apply' || !of.generic) return undefined;
    const terms: Term[] = [];
    for (let at = 0; at < of.args.length; at++) {
      const arg = of.args[at] as Term;
      if (depends(arg, by)) terms.push(multiply(partial(of, at), inner(arg, by)));
    }
    return { after: addAll(terms) };
  },
  facts: (of, by, { depends }) => {
    const moving = (of as ApplyTerm).args.filter((arg) => depends(arg, by));
    const [first] = moving;
    const isNamed = first?.kind === 'symbol' || first?.kind === 'element';
    return moving.length === 1 && isNamed && first !== by ? { through: first, outer: of } : { outer: of };
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
    return { after: divide(inner(argument, by), argument) };
  },
  facts: () => logAbsFacts(),
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
    return { after: addAll(terms) };
  },
  facts: (of, by) => elementaryFacts(of as ApplyTerm, elementary.get((of as ApplyTerm).name) as Elementary, by),
  conditions: (of, by, { depends }) => {
    const { args, name } = of as ApplyTerm;
    const entry = elementary.get(name) as Elementary;
    const moving = args.flatMap((arg, at) => (depends(arg, by) ? entry.conditions(args, at) : []));
    return [...new Set(moving)].map((condition): Condition => ({ kind: 'relation', relation: condition }));
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
