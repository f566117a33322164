/** A counterexample is worth what someone else can make of it: here mathjs computes both sides from its values alone. */

import { evaluate } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { createOracle } from '../../src/oracle/certify.ts';
import {
  add,
  apply,
  derivative,
  element,
  genericApply,
  index,
  multiply,
  number,
  power,
  sum,
  symbol,
} from '../../src/term/construct.ts';
import type { Term } from '../../src/term/term.ts';

const x = symbol('x');
const y = symbol('y');
const i = index('i');
const b = symbol('b', 1);

const cases: [string, Term, string, Term, string][] = [
  ['numbers', multiply(x, y), 'x * y', add(x, y), 'x + y'],
  ['an elementary function', apply('tanh', x), 'tanh(x)', x, 'x'],
  ['a derivative', derivative(power(x, number(3)), x), '3 * x^2', power(x, number(2)), 'x^2'],
  ['a generic function', genericApply('f', [x]), 'f(x)', x, 'x'],
  ['two arguments', genericApply('f', [x, y]), 'f(x, y)', genericApply('f', [y, x]), 'f(y, x)'],
  ['its derivative', derivative(genericApply('f', [x]), x), '(f(x + 1e-5) - f(x - 1e-5)) / 2e-5', x, 'x'],
  [
    'elements',
    multiply(element(b, [number(1)]), element(b, [number(2)])),
    'b[1] * b[2]',
    element(b, [number(1)]),
    'b[1]',
  ],
  [
    'a sum with a named end',
    sum(i, power(element(b, [i]), number(2)), { from: number(1), to: symbol('n') }),
    'sum(b[1:n] .^ 2)',
    power(sum(i, element(b, [i]), { from: number(1), to: symbol('n') }), number(2)),
    'sum(b[1:n])^2',
  ],
];

/** What the values of a counterexample mean to mathjs. */
function scopeOf(values: Readonly<Record<string, number | string>>): Map<string, unknown> {
  const scope = new Map<string, unknown>();
  for (const [name, value] of Object.entries(values)) {
    const member = /^(\w+)\[(\d+)\]$/.exec(name);
    if (member !== null) {
      const [, base = '', at = '1'] = member;
      const list = (scope.get(base) as number[] | undefined) ?? [];
      list[Number(at) - 1] = Number(value);
      scope.set(base, list);
    } else if (name.includes('(')) evaluate(`${name} = ${value}`, scope);
    else if (typeof value === 'number') scope.set(name, value);
  }
  return scope;
}

describe('the values of a counterexample', () => {
  it.each(cases)('%s', (_, left, leftText, right, rightText) => {
    const { verdict, counterexample } = createOracle({ definitions: new Map(), seed: 3 }).compare(left, right);
    expect(verdict).toBe('fails');
    if (counterexample === undefined) throw new Error('a fails without a counterexample');
    const scope = scopeOf(counterexample.values);
    expect(evaluate(leftText, scope)).toBeCloseTo(counterexample.left, 8);
    expect(evaluate(rightText, scope)).toBeCloseTo(counterexample.right, 8);
    expect(Math.abs(counterexample.left - counterexample.right)).toBeGreaterThan(1e-3);
  });
});
