/** The rules of differentiation, in the order in which they are tried. */

import {
  add,
  apply,
  cases,
  component,
  delta,
  derivative,
  divide,
  dot,
  genericApply,
  index,
  isNumber,
  multiply,
  number,
  one,
  open,
  power,
  relation,
  subtract,
  sum,
  symbol,
  zero,
} from '../term/construct.ts';
import { freeIndices, freshIndexOutside } from '../term/inspect.ts';
import { unfold, variableSymbol } from '../term/substitute.ts';
import type { ApplyTerm, MultiplyTerm, Term, Variable } from '../term/term.ts';
import { elementary } from './elementary.ts';
import type { DerivativeRule, Rewrite, RuleContext } from './rule.ts';

/** The inner derivative; of the variable itself it is 1 at once. */
function inner(of: Term, by: Variable): Term {
  return of === by && of.rank === 0 ? one() : derivative(of, by);
}

const constantRule: DerivativeRule = {
  id: 'constant',
  states: 'D(c, x) = 0',
  rewrite: (of, by, { depends }) => (depends(of, by) ? undefined : { after: zero(), facts: { of } }),
};

const symbolRule: DerivativeRule = {
  id: 'symbol',
  states: 'D(x, x) = 1',
  rewrite: (of, by) => (of === by && of.rank === 0 ? { after: one() } : undefined),
};

const elementRule: DerivativeRule = {
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

const definitionRule: DerivativeRule = {
  id: 'definition',
  states: 'D(y, x) = D(u, x) where y = u',
  rewrite: (of, by, { definitions }) => {
    const body = unfold(of, definitions);
    return body === undefined ? undefined : { after: inner(body, by), facts: { name: of } };
  },
};

const linearityRule: DerivativeRule = {
  id: 'linearity',
  states: 'D(u + v, x) = D(u, x) + D(v, x)',
  rewrite: (of, by, { depends }) => {
    if (of.kind !== 'add') return undefined;
    return { after: add(...of.terms.filter((term) => depends(term, by)).map((term) => inner(term, by))) };
  },
};

const constantFactorRule: DerivativeRule = {
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

const quotientRule: DerivativeRule = {
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

const productRule: DerivativeRule = {
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

const powerRule: DerivativeRule = {
  id: 'power',
  states: 'D(u^n, x) = n * u^(n - 1) * D(u, x)',
  rewrite: (of, by, { depends }) => {
    if (of.kind !== 'power' || depends(of.exponent, by)) return undefined;
    const outer = multiply(of.exponent, power(of.base, subtract(of.exponent, one())));
    return { after: multiply(outer, inner(of.base, by)), facts: { base: of.base, exponent: of.exponent } };
  },
};

const exponentialRule: DerivativeRule = {
  id: 'exponential',
  states: 'D(c^u, x) = c^u * log(c) * D(u, x)',
  rewrite: (of, by, { depends }) => {
    if (of.kind !== 'power' || depends(of.base, by)) return undefined;
    // 0^u is 0 wherever u > 0, and has no value elsewhere.
    if (isNumber(of.base, 0)) return { after: zero(), conditions: [positive(of.exponent)] };
    const after = multiply(of, apply('log', of.base), inner(of.exponent, by));
    return {
      after,
      facts: { base: of.base },
      ...(of.base.kind === 'number' ? {} : { conditions: [positive(of.base)] }),
    };
  },
};

const generalPowerRule: DerivativeRule = {
  id: 'general-power',
  states: 'D(u^v, x) = u^v * (D(v, x) * log(u) + v * D(u, x) / u)',
  rewrite: (of, by) => {
    if (of.kind !== 'power') return undefined;
    const { base, exponent } = of;
    const bracket = add(
      multiply(inner(exponent, by), apply('log', base)),
      divide(multiply(exponent, inner(base, by)), base),
    );
    return { after: multiply(of, bracket), conditions: [positive(base)] };
  },
};

function positive(term: Term) {
  return { kind: 'relation', relation: relation('>', term, zero()) } as const;
}

const chainRule: DerivativeRule = {
  id: 'chain',
  states: "D(f(u), x) = f'(u) * D(u, x)",
  rewrite: (of, by, { depends }) => {
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

const elementaryRule: DerivativeRule = {
  id: 'elementary',
  states: 'D(sin(u), x) = cos(u) * D(u, x), and so for every function of the table',
  rewrite: (of, by, { depends }) => {
    const entry = of.kind === 'apply' && !of.generic ? elementary.get(of.name) : undefined;
    if (of.kind !== 'apply' || entry === undefined) return undefined;
    const terms = of.args.flatMap((arg, at) => {
      const rule = entry.partials[at];
      return rule === undefined || !depends(arg, by) ? [] : [multiply(rule(...of.args), inner(arg, by))];
    });
    const [argument] = of.args;
    const simple = argument?.kind === 'symbol' || argument?.kind === 'element';
    const condition = entry.condition?.(...of.args);
    return {
      after: add(...terms),
      facts: {
        function: of.name,
        ...(entry.partials.length === 1 ? { derivative: entry.partials[0]?.(symbol('u')) ?? zero() } : {}),
        inner: simple ? '' : (argument ?? ''),
      },
      ...(condition === undefined ? {} : { conditions: [{ kind: 'relation', relation: condition }] }),
    };
  },
};

const sumRule: DerivativeRule = {
  id: 'sum',
  states: 'D(sum(u, i), x) = sum(D(u, x), i)',
  rewrite: (of, by, { taken }) => {
    if (of.kind !== 'sum') return undefined;
    const opened = open(of, new Set([...taken, ...freeIndices(by)]));
    return { after: sum(opened.index, inner(opened.body, by), of.range), facts: { index: opened.index } };
  },
};

const dotRule: DerivativeRule = {
  id: 'dot',
  states: 'D(dot(u, v), u) = v',
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

const dotComponentsRule: DerivativeRule = {
  id: 'dot-components',
  states: 'dot(u, v) = sum(u[k] * v[k], k)',
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

const casesRule: DerivativeRule = {
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

/** All rules, in the order in which they are tried; each assumes that the ones before it did not apply. */
export const derivativeRules: readonly DerivativeRule[] = [
  constantRule,
  symbolRule,
  elementRule,
  definitionRule,
  linearityRule,
  constantFactorRule,
  quotientRule,
  productRule,
  powerRule,
  exponentialRule,
  generalPowerRule,
  chainRule,
  elementaryRule,
  sumRule,
  dotRule,
  dotComponentsRule,
  casesRule,
];

/** The rewrite of the derivative of `of` by `by`, or undefined where no rule covers it. */
export function differentiateOnce(
  of: Term,
  by: Variable,
  context: RuleContext,
): (Rewrite & { readonly rule: string }) | undefined {
  for (const rule of derivativeRules) {
    const rewrite = rule.rewrite(of, by, context);
    if (rewrite !== undefined) return { ...rewrite, rule: rule.id };
  }
  return undefined;
}
