/** Where no real points are, both sides are compared for complex ones. */

import { describe, expect, it } from 'vitest';
import { complexScalar } from '../../src/numbers/arithmetic.ts';
import {
  complex,
  complexFunctions,
  expComplex,
  multiplyComplex,
  realPower,
  reciprocalComplex,
} from '../../src/numbers/complex-functions.ts';
import { drawFunction } from '../../src/numbers/generic.ts';
import { createOracle } from '../../src/oracle/certify.ts';
import { createComplex } from '../../src/oracle/complex.ts';
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
    [
      'acosh on its principal branch',
      derivative(apply('acosh', below), x),
      divide(derivative(below, x), multiply(root(subtract(below, one())), root(add(below, one())))),
      'holds tested complex',
    ],
    [
      'acosh by the usual formula',
      derivative(apply('acosh', below), x),
      divide(derivative(below, x), root(subtract(square(below), one()))),
      'holds proved real',
    ],
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

describe('complex arithmetic', () => {
  const numbers = createComplex((name, arity) => drawFunction(5, name, arity));
  const half = rational(1, 2);
  it('has no value where rounding may have crossed a branch cut', () => {
    expect(numbers.rationalPower(complexScalar(-1, 1e-12, 1), half).value).toBeNaN();
    expect(numbers.call('log', [complexScalar(-1, -1e-12, 1)]).value).toBeNaN();
    expect(numbers.call('atanh', [complexScalar(3, 1e-12, 3)]).value).toBeNaN();
    expect(numbers.call('log', [complexScalar(-1, -1e-3, 1)]).imaginary).toBeCloseTo(-Math.PI, 2);
  });
  it('has a value on a branch cut', () => {
    expect(numbers.rationalPower(complexScalar(-1, 0, 1), half)).toMatchObject({ value: 0, imaginary: 1 });
    expect(numbers.call('log', [complexScalar(-1, 0, 1)])).toMatchObject({ value: 0, imaginary: Math.PI });
  });
  it('keeps the size of what was added', () => {
    const rest = numbers.add(complexScalar(1e10, 1e10, 1e10), complexScalar(-1e10, 1, 1e10));
    expect(rest.scale).toBe(2e10);
    expect(numbers.multiply(complexScalar(0, 2, 2), complexScalar(0, 3, 3))).toEqual({ level: 0, value: -6, scale: 6 });
  });
  it('takes derivatives of generic functions', () => {
    // By differences along the imaginary axis: f(z + ih) - f(z - ih) = 2 i h f'(z).
    const at = (im: number, order: number) => numbers.generic('f', [order], [complexScalar(0.4, im, 1)]);
    const step = 1e-5;
    for (const order of [0, 1, 2]) {
      const [up, down, slope] = [at(0.7 + step, order), at(0.7 - step, order), at(0.7, order + 1)];
      expect(((up.imaginary ?? 0) - (down.imaginary ?? 0)) / (2 * step)).toBeCloseTo(slope.value, 7);
      expect((down.value - up.value) / (2 * step)).toBeCloseTo(slope.imaginary ?? 0, 7);
    }
  });
});

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
