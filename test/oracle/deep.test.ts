/** Terms of many levels or many parts: judged as far as the budget goes, and never a crash. */

import { describe, expect, it } from 'vitest';
import { createOracle } from '../../src/oracle/certify.ts';
import { commonTerms } from '../../src/oracle/common.ts';
import {
  add,
  apply,
  cases,
  derivative,
  element,
  genericApply,
  index,
  multiply,
  negate,
  number,
  one,
  power,
  relation,
  subtract,
  sum,
  symbol,
  zero,
} from '../../src/term/construct.ts';
import type { Definition } from '../../src/term/substitute.ts';
import { inFreshStore, type SymbolTerm, type Term } from '../../src/term/term.ts';

const x = symbol('x');
const i = index('i');
const square = (u: Term): Term => power(u, number(2));

function nest(levels: number, wrap: (inner: Term, level: number) => Term, inner: Term = x): Term {
  let term = inner;
  for (let level = 0; level < levels; level++) term = wrap(term, level);
  return term;
}

const bare = { definitions: new Map<SymbolTerm, Definition>(), seed: 1 };
const verdict = (left: Term, right: Term, context = bare): string => {
  const { verdict: is, method } = createOracle(context).compare(left, right);
  return `${is} ${method}`;
};

const levels = 10_000;
const tanh = (u: Term): Term => apply('tanh', u);
const relu = (u: Term): Term => apply('relu', u);
/** w[1] u, w[2] u, ... */
const weigh = (u: Term, level: number): Term => multiply(element(symbol('w', 1), [number(level + 1)]), u);

describe('deep terms', () => {
  const deep = nest(levels, tanh);
  const rough = nest(levels, (u) => relu(subtract(u, one())));
  const weighed = nest(levels, (u, level) => tanh(weigh(u, level)));
  const slope = (u: Term): Term => subtract(one(), square(tanh(u)));
  const table: [string, () => [Term, Term], string][] = [
    ['a step', () => [derivative(tanh(deep), x), multiply(slope(deep), derivative(deep, x))], 'holds proved'],
    ['a wrong step', () => [derivative(tanh(deep), x), multiply(slope(x), derivative(deep, x))], 'fails tested'],
    [
      'a step with kinks',
      () => [
        derivative(relu(rough), x),
        multiply(cases(relation('>', rough, zero()), one(), zero()), derivative(rough, x)),
      ],
      'holds tested',
    ],
    [
      'a step by an element',
      () => {
        const by = element(symbol('w', 1), [number(7)]);
        return [derivative(tanh(weighed), by), multiply(slope(weighed), derivative(weighed, by))];
      },
      'holds proved',
    ],
    [
      'within a sum',
      () => {
        const inner = nest(levels, tanh, element(symbol('b', 1), [i]));
        return [sum(i, multiply(x, inner)), multiply(x, sum(i, inner))];
      },
      'holds tested',
    ],
    [
      'the whole chain',
      () => {
        let factors: Term = one();
        nest(2000, (u) => {
          factors = multiply(factors, slope(u));
          return tanh(u);
        });
        return [derivative(nest(2000, tanh), x), factors];
      },
      'holds proved',
    ],
  ];
  it.each(table)('%s', (_, sides, expected) => {
    expect(verdict(...sides())).toBe(expected);
  });

  it('through as many definitions', () => {
    const names = Array.from({ length: levels }, (_, level) => symbol(`z${level}`));
    const at = (level: number): Term => names[level] ?? x;
    const definitions = new Map(
      names.map((name, level) => [name, { symbol: name, parameters: [], body: tanh(at(level - 1)) }]),
    );
    const top = at(levels - 1);
    const below = at(levels - 2);
    const right = multiply(subtract(one(), square(top)), derivative(below, x));
    expect(verdict(derivative(top, x), right, { definitions, seed: 1 })).toMatch(/^holds/);
    expect(verdict(top, apply('cos', below), { definitions, seed: 1 })).toBe('fails tested');
  });
});

describe('long sums', () => {
  it('of 100,000 terms end', () => {
    inFreshStore(() => {
      const by = symbol('x');
      const names = Array.from({ length: 100_000 }, (_, at) => symbol(`v${at}`));
      const long = add(...names.map((name) => multiply(by, name)));
      expect(verdict(derivative(long, by), add(...names))).toMatch(/^(holds|unknown)/);
      expect(verdict(add(...names.map((name) => apply('abs', name))), by)).toMatch(/^(fails|unknown)/);
    });
  });
});

describe('what two terms have in common', () => {
  const u = apply('sin', x);
  const v = apply('exp', x);
  const table: [string, Term, Term, readonly Term[]][] = [
    ['a factor', derivative(multiply(u, v), x), multiply(u, derivative(v, x)), [u, v]],
    ['the largest alone', add(x, tanh(u)), multiply(x, tanh(u)), [tanh(u)]],
    ['not what is differentiated', derivative(v, x), v, []],
    ['nothing', u, v, []],
    ['no names', add(x, one()), multiply(number(2), x), []],
    ['a generic function', negate(genericApply('f', [x])), square(genericApply('f', [x])), [genericApply('f', [x])]],
  ];
  it.each(table)('%s', (_, left, right, expected) => {
    expect([...commonTerms(left, right)].sort((a, b) => a.id - b.id)).toEqual(
      [...expected].sort((a, b) => a.id - b.id),
    );
  });
});
