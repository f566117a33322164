/** Rules for inner products. */

import { add, component, delta, derivative, dot, index, multiply, number, sum, zero } from '../term/construct.ts';
import { freeIndices, freshIndexOutside } from '../term/inspect.ts';
import { variableSymbol } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import type { DerivativeRule, RuleContext } from './rule.ts';

export const dotRule: DerivativeRule = {
  id: 'dot',
  states: 'D(dot(u, v), u) = v',
  kinds: ['dot'],
  rewrite: (of, by, context) => {
    if (of.kind !== 'dot' || by.rank !== 1) return undefined;
    const left = pullBack(of.left, of.right, by, context);
    const right = pullBack(of.right, of.left, by, context);
    return left === undefined || right === undefined ? undefined : { after: add(left, right), facts: { of } };
  },
};

/**
 * The transposed Jacobian of the vector `of` by the vector `by`, applied to the vector `to`: what `of` contributes to the
 * gradient of `dot(of, to)` with `to` held fixed. Undefined where `of` is not linear in vectors.
 */
function pullBack(of: Term, to: Term, by: Variable, context: RuleContext): Term | undefined {
  if (!context.depends(of, by)) return zero();
  const base = variableSymbol(by);
  switch (of.kind) {
    case 'symbol':
      return of === by ? to : undefined;
    case 'element': {
      if (of.base !== base || by.kind !== 'element' || of.indices.length !== by.indices.length) return undefined;
      return multiply(...of.indices.map((at, k) => delta(at, by.indices[k] as Term)), to);
    }
    case 'add': {
      const parts = of.terms.map((term) => pullBack(term, to, by, context));
      return parts.includes(undefined) ? undefined : add(...(parts as Term[]));
    }
    case 'multiply': {
      const vector = of.factors.find((factor) => factor.rank === 1);
      if (vector === undefined) return undefined;
      const scalar = multiply(number(of.coefficient), ...of.factors.filter((factor) => factor !== vector));
      const through = pullBack(vector, to, by, context);
      if (through === undefined) return undefined;
      const direct = context.depends(scalar, by) ? multiply(dot(vector, to), derivative(scalar, by)) : zero();
      return add(multiply(scalar, through), direct);
    }
    default:
      return undefined;
  }
}

export const dotComponentsRule: DerivativeRule = {
  id: 'dot-components',
  states: 'dot(u, v) = sum(u[k] * v[k], k)',
  kinds: ['dot'],
  rewrite: (of, by, { taken }) => {
    if (of.kind !== 'dot' || by.rank > 0) return undefined;
    const at = index(freshIndexOutside(new Set([...taken, ...freeIndices(of), ...freeIndices(by)])));
    if (!hasComponents(of.left) || !hasComponents(of.right)) return undefined;
    const body = multiply(component(of.left, at), component(of.right, at));
    return { after: derivative(sum(at, body), by), facts: { index: at, of } };
  },
};

function hasComponents(vector: Term): boolean {
  switch (vector.kind) {
    case 'symbol':
    case 'element':
      return true;
    case 'add':
      return vector.terms.every(hasComponents);
    case 'multiply':
      return vector.factors.every((factor) => factor.rank === 0 || hasComponents(factor));
    default:
      return false;
  }
}
