/** The derivative of one operation by one thing that goes into it. */

import { createContext } from '../../calculus/context.ts';
import { resolve } from '../../calculus/value.ts';
import { derivative, mapParts, multiply, number, one, symbol } from '../../term/construct.ts';
import { replaceTerm } from '../../term/substitute.ts';
import type { Term } from '../../term/term.ts';

/** The factor by which the derivative goes back from `whole` to `part`; undefined where no rule tells it. */
export function localDerivative(whole: Term, part: Term): Term | undefined {
  switch (whole.kind) {
    case 'add':
      return whole.terms.includes(part) ? one() : number(-1);
    case 'multiply':
      if (whole.rest === part) return number(whole.coefficient);
      return multiply(...whole.factors.filter((factor) => factor !== part));
    case 'sum':
      return one();
    case 'product':
      return undefined;
    case 'dot':
      if (whole.left === whole.right) return multiply(number(2), part);
      return whole.left === part ? whole.right : whole.left;
    default:
      // That of a vector by a vector is a matrix, which says less at an edge than the operation itself.
      return whole.rank + part.rank > 0 ? undefined : byRule(whole, part);
  }
}

/** A name that no model has. */
const placeholder = '@part';

/**
 * By the rules, with a name in place of the part: a rule for log(abs(u)) must not look into abs(u), nor may x^(x^x) be
 * differentiated where x stands in the exponent.
 */
function byRule(whole: Term, part: Term): Term | undefined {
  const name = symbol(placeholder);
  const named = mapParts(whole, noNames, (one) => (one === part ? name : one));
  const found = resolve(derivative(named, name), createContext([], [name]));
  return found.inert ? undefined : replaceTerm(found, name, part);
}

const noNames: ReadonlySet<string> = new Set();
