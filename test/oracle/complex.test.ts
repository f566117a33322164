/** Where no real points are, both sides are compared for complex ones. */

import { describe, expect, it } from 'vitest';
import { createOracle } from '../../src/oracle/certify.ts';
import {
  complex,
  complexFunctions,
  expComplex,
  multiplyComplex,
  realPower,
  reciprocalComplex,
} from '../../src/oracle/complex-functions.ts';
import {
  add,
  apply,
  cases,
  derivative,
  divide,
  genericApply,
  multiply,
  negate,
  number,
  one,
  power,
  relation,
  subtract,
  symbol,
  zero,
} from '../../src/term/construct.ts';
import { rational } from '../../src/term/rational.ts';
import type { Term } from '../../src/term/term.ts';

const x = symbol('x');
const a = symbol('a');
const square = (u: Term): Term => power(u, number(2));
const root = (u: Term): Term => power(u, number(rational(1, 2)));
/** -1 - x^2: never positive. */
const below = subtract(number(-1), square(x));
/** 1 + x^2: never below 1. */
const above = add(one(), square(x));
const f = (u: Term, order = 0): Term => genericApply('f', [u], [order]);

const compare = (left: Term, right: Term) => createOracle({ definitions: new Map(), seed: 1 }).compare(left, right);
const verdict = (left: Term, right: Term): string => {
  const { verdict: is, method, field = 'real' } = compare(left, right);
  return `${is} ${method} ${field}`;
};

describe('without real points', () => {
  const table: [string, Term, Term, string][] = [
    ['a root', power(root(below), number(4)), square(below), 'holds proved real'],
    [
      'the slope of a logarithm',
      derivative(apply('log', below), x),
      divide(multiply(number(2), x), above),
      'holds proved real',
    ],
    [
      'the slope of atanh',
      derivative(apply('atanh', root(above)), x),
      negate(divide(derivative(root(above), x), square(x))),
      'holds tested complex',
    ],
    ['acos and asin', add(apply('acos', above), apply('asin', above)), divide(pi(), number(2)), 'holds tested complex'],
    ['exp and log', apply('exp', apply('log', below)), below, 'holds tested complex'],
    ['sine and exponential', apply('sinh', apply('asinh', root(below))), root(below), 'holds tested complex'],
    ['a generic function', derivative(f(root(below)), x), slopeOfGeneric(), 'holds proved real'],
    [
      'a generic function that has to be evaluated',
      multiply(f(root(below)), apply('exp', apply('log', below))),
      multiply(f(root(below)), below),
      'holds tested complex',
    ],
    ['a difference', apply('log', below), apply('log', above), 'unknown unchecked real'],
    ['a difference of sign', derivative(apply('acosh', below), x), derivative(apply('asinh', below), x), 'unknown'],
    ['a branch that is not the same everywhere', apply('log', square(root(below))), apply('log', above), 'unknown'],
    ['an order', cases(relation('>', root(below), zero()), x, a), x, 'unknown unchecked real'],
    ['no value at all', apply('gamma', root(below)), x, 'unknown unchecked real'],
  ];
  it.each(table)('%s', (_, left, right, expected) => {
    expect(verdict(left, right)).toContain(expected);
  });

  it('does not ask for complex points where real ones tell', () => {
    expect(verdict(root(square(x)), x)).toBe('fails tested real');
    expect(verdict(apply('log', multiply(x, a)), add(apply('log', x), apply('log', a)))).toBe('holds tested real');
  });
});

function pi(): Term {
  return multiply(number(4), apply('atan', one()));
}

function slopeOfGeneric(): Term {
  return multiply(f(root(below), 1), negate(divide(x, root(below))));
}

describe('complex functions', () => {
  const points = [complex(0.3, 0.4), complex(-1.2, 0.7), complex(2, -1.5), complex(-0.6, -2)];
  /** Each with a function that undoes it. */
  const inverses: [string, (u: ReturnType<typeof complex>) => ReturnType<typeof complex>][] = [
    ['log', expComplex],
    ['asin', (u) => complexFunctions.sin?.(u) ?? u],
    ['acos', (u) => complexFunctions.cos?.(u) ?? u],
    ['atan', tangent],
    ['asinh', (u) => turned('sin', u)],
    ['acosh', (u) => complexFunctions.cos?.(complex(-u.im, u.re)) ?? u],
    ['atanh', (u) => back(tangent(complex(-u.im, u.re)))],
  ];
  it.each(inverses)('%s is undone', (name, undo) => {
    for (const at of points) {
      const again = undo(complexFunctions[name]?.(at) ?? at);
      expect(Math.hypot(again.re - at.re, again.im - at.im)).toBeLessThan(1e-13);
    }
  });
  it('have exact roots of negative numbers', () => {
    expect(realPower(complex(-4), 0.5)).toEqual({ re: 0, im: 2 });
    expect(realPower(complex(-4), -0.5)).toEqual({ re: 0, im: -0.5 });
    expect(realPower(complex(-4), 1.5)).toEqual({ re: 0, im: -8 });
  });
});

/** sin u / cos u */
function tangent(u: ReturnType<typeof complex>) {
  const { sin, cos } = complexFunctions;
  return multiplyComplex(sin?.(u) ?? u, reciprocalComplex(cos?.(u) ?? u));
}

const back = (u: ReturnType<typeof complex>) => complex(u.im, -u.re);

/** f(i u) / i */
function turned(name: 'sin', u: ReturnType<typeof complex>) {
  return back(complexFunctions[name]?.(complex(-u.im, u.re)) ?? u);
}
