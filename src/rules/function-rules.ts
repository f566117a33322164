/** The chain rule, for unknown functions and for those of the table. */

import { add, addAll, genericApply, multiply, symbol, zero } from '../term/construct.ts';
import type { ApplyTerm, Term } from '../term/term.ts';
import { type Elementary, elementary } from './elementary.ts';
import type { DerivativeRule, Facts } from './rule.ts';

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

export const elementaryRule: DerivativeRule = {
  id: 'elementary',
  states: 'D(sin(u), x) = cos(u) * D(u, x), and so for every function of the table',
  kinds: ['apply'],
  rewrite: (of, by, { depends, inner }) => {
    const entry = of.kind === 'apply' && !of.generic ? elementary.get(of.name) : undefined;
    if (of.kind !== 'apply' || entry === undefined) return undefined;
    const terms = of.args.flatMap((arg, at) => {
      const rule = entry.partials[at];
      return rule === undefined || !depends(arg, by) ? [] : [multiply(rule(...of.args), inner(arg, by))];
    });
    const condition = entry.condition?.(...of.args);
    return {
      after: addAll(terms),
      facts: () => elementaryFacts(of, entry),
      ...(condition === undefined ? {} : { conditions: [{ kind: 'relation', relation: condition }] }),
    };
  },
};

/** The function, its derivative where it is one function of u, and the argument where it is more than a name. */
function elementaryFacts(of: ApplyTerm, entry: Elementary): Facts {
  const [argument] = of.args;
  const simple = argument?.kind === 'symbol' || argument?.kind === 'element';
  return {
    function: of.name,
    ...(entry.partials.length === 1 ? { derivative: entry.partials[0]?.(symbol('u')) ?? zero() } : {}),
    inner: simple ? '' : (argument ?? ''),
  };
}
