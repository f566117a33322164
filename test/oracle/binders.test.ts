/** Products over an index, ranges that end at another index, indices that are shifted: what the oracle makes of them. */

import { describe, expect, it } from 'vitest';
import { createOracle, type IndexWithin } from '../../src/oracle/certify.ts';
import {
  add,
  apply,
  cases,
  delta,
  derivative,
  divide,
  element,
  index,
  multiply,
  negate,
  number,
  one,
  power,
  product,
  relation,
  subtract,
  sum,
  symbol,
  zero,
} from '../../src/term/construct.ts';
import type { BinderTerm, IndexTerm, SymbolTerm, Term } from '../../src/term/term.ts';

const i = index('i');
const j = index('j');
const k = index('k');
const l = index('l');
const n = symbol('n');
const m = symbol('m');
const x = symbol('x', 1);
const w = symbol('w', 1);
const c = symbol('c');
const matrix = symbol('a', 2);
const two = number(2);
const at = (v: SymbolTerm, ...indices: Term[]): Term => element(v, indices);
const by = (v: SymbolTerm, ...indices: Term[]) => element(v, indices);
const upTo = (to: Term, from: Term = one()) => ({ from, to });
const less = (left: Term, right: Term): Term => cases(relation('<', left, right), one(), zero());

const oracle = createOracle({ definitions: new Map(), seed: 1 });
const verdict = (left: Term, right: Term, within: readonly IndexWithin[] = []): string => {
  const { verdict: is, method } = oracle.compare(left, right, { within });
  return `${is} ${method}`;
};

/** The product of all but the k-th: what the derivative of a product by its k-th factor is. */
function allBut(factor: (over: IndexTerm) => Term, other: Term, range?: { from: Term; to: Term }): Term {
  return product(i, cases(relation('==', i, other), one(), factor(i)), range);
}

describe('products over an index', () => {
  const all = product(i, at(x, i));
  const ranged = product(i, at(x, i), upTo(n));
  const table: [string, Term, Term, string][] = [
    ['by a factor', derivative(all, by(x, k)), allBut((over) => at(x, over), k), 'holds tested'],
    ['over the factor', derivative(all, by(x, k)), divide(all, at(x, k)), 'holds tested'],
    ['the product itself', derivative(all, by(x, k)), all, 'fails tested'],
    ['with a range', derivative(ranged, by(x, k)), divide(ranged, at(x, k)), 'holds tested'],
    [
      'with a range of numbers',
      derivative(product(i, at(x, i), upTo(number(4))), by(x, two)),
      multiply(at(x, one()), at(x, number(3)), at(x, number(4))),
      'holds proved',
    ],
    ['outside of a range', derivative(product(i, at(x, i), upTo(two)), by(x, number(3))), zero(), 'holds proved'],
    [
      'logarithmic',
      derivative(product(i, add(one(), power(at(x, i), two))), by(x, k)),
      multiply(
        product(i, add(one(), power(at(x, i), two))),
        divide(multiply(two, at(x, k)), add(one(), power(at(x, k), two))),
      ),
      'holds tested',
    ],
    ['of a constant', product(i, c, upTo(n)), power(c, n), 'holds tested'],
    ['of a constant, by it', derivative(product(i, c, upTo(n)), c), multiply(n, power(c, subtract(n, one()))), 'holds'],
    ['an empty one', product(i, at(x, i), upTo(zero())), one(), 'holds proved'],
    ['of exponentials', product(i, apply('exp', at(x, i))), apply('exp', sum(i, at(x, i))), 'holds tested'],
    ['a factorial', product(i, i, upTo(n)), apply('factorial', n), 'holds tested'],
    ['twice by one factor', derivative(derivative(all, by(x, k)), by(x, k)), zero(), 'holds tested'],
    [
      'by two factors',
      derivative(derivative(all, by(x, k)), by(x, l)),
      multiply(subtract(one(), delta(k, l)), divide(all, multiply(at(x, k), at(x, l)))),
      'holds tested',
    ],
    ['a sum of logarithms', apply('log', product(i, power(at(x, i), two))), logarithms(), 'holds tested'],
    ['a product is no sum', product(i, at(x, i)), sum(i, at(x, i)), 'fails tested'],
    ['of products', product(i, product(j, at(matrix, i, j))), product(j, product(i, at(matrix, i, j))), 'holds tested'],
  ];
  it.each(table)('%s', (_, left, right, expected) => {
    expect(verdict(left, right)).toContain(expected);
  });
});

function logarithms(): Term {
  return sum(i, apply('log', power(at(x, i), two)));
}

describe('ranges that end at another index', () => {
  const partial = product(j, at(x, j), upTo(i));
  const triangle = sum(i, sum(j, multiply(at(x, j), at(w, i)), upTo(i)), upTo(n));
  const table: [string, Term, Term, string][] = [
    ['sums change places', triangle, sum(j, sum(i, multiply(at(x, j), at(w, i)), upTo(n, j)), upTo(n)), 'holds tested'],
    ['by what is summed within', derivative(triangle, by(x, k)), sum(i, at(w, i), upTo(n, k)), 'holds tested'],
    ['by what is summed within, wrong', derivative(triangle, by(x, k)), sum(i, at(w, i), upTo(n)), 'fails tested'],
    ['by what is summed without', derivative(triangle, by(w, k)), sum(j, at(x, j), upTo(k)), 'holds tested'],
    [
      'a product up to a free index',
      derivative(partial, by(x, k)),
      multiply(less(k, add(i, one())), divide(partial, at(x, k))),
      'holds tested',
    ],
    ['a product up to a free index, wrong', derivative(partial, by(x, k)), divide(partial, at(x, k)), 'fails tested'],
    [
      'one factor more',
      product(j, at(x, j), upTo(add(i, one()))),
      multiply(partial, at(x, add(i, one()))),
      'holds tested',
    ],
    [
      'a sum of products',
      derivative(sum(i, partial, upTo(n)), by(x, k)),
      sum(i, divide(partial, at(x, k)), upTo(n, k)),
      'holds tested',
    ],
    [
      'a sum of products, one index off',
      derivative(sum(i, partial, upTo(n)), by(x, k)),
      sum(i, divide(partial, at(x, k)), upTo(n, add(k, one()))),
      'fails tested',
    ],
    ['up to twice an index', sum(j, one(), upTo(multiply(two, i))), multiply(two, i), 'holds tested'],
    ['down from an index', sum(j, one(), upTo(n, i)), subtract(n, subtract(i, one())), 'holds'],
  ];
  it.each(table)('%s', (_, left, right, expected) => {
    const within = [{ index: k, binder: sum(l, at(x, l), upTo(n)) as BinderTerm }];
    expect(verdict(left, right, mentionsN(left) ? within : [])).toContain(expected);
  });
});

function mentionsN(term: Term): boolean {
  return term === n || term.parts.some(mentionsN);
}

describe('shifted indices', () => {
  const convolution = sum(j, multiply(at(w, j), at(x, add(i, j))), upTo(m));
  const inWindow = [{ index: subtract(k, i), binder: convolution as BinderTerm }];
  const table: [string, Term, Term, readonly IndexWithin[], string][] = [
    [
      'by the kernel',
      derivative(convolution, by(w, k)),
      at(x, add(i, k)),
      [{ index: k, binder: convolution as BinderTerm }],
      'holds tested',
    ],
    ['by the signal', derivative(convolution, by(x, k)), at(w, subtract(k, i)), inWindow, 'holds tested'],
    [
      'by the signal, one off',
      derivative(convolution, by(x, k)),
      at(w, subtract(k, add(i, one()))),
      inWindow,
      'fails tested',
    ],
    ['by the signal, turned', derivative(convolution, by(x, k)), at(w, add(k, i)), inWindow, 'fails tested'],
    [
      'by the signal, all',
      derivative(sum(i, convolution, upTo(n)), by(x, k)),
      sum(i, sum(j, multiply(at(w, j), delta(add(i, j), k)), upTo(m)), upTo(n)),
      [],
      'holds tested',
    ],
    [
      'by the signal, its ends forgotten',
      derivative(sum(i, convolution, upTo(n)), by(x, k)),
      sum(j, at(w, j), upTo(m)),
      [],
      'fails tested',
    ],
    [
      'differences',
      derivative(sum(i, power(subtract(at(x, add(i, one())), at(x, i)), two), upTo(n)), by(x, k)),
      multiply(two, subtract(subtract(at(x, k), at(x, subtract(k, one()))), subtract(at(x, add(k, one())), at(x, k)))),
      // All but the ends.
      [
        { index: k, binder: sum(l, at(x, l), upTo(n)) as BinderTerm },
        { index: subtract(k, one()), binder: sum(l, at(x, l), upTo(n)) as BinderTerm },
      ],
      'holds tested',
    ],
    [
      'shifted as a whole',
      sum(i, at(x, add(i, one())), upTo(n)),
      sum(i, at(x, i), upTo(add(n, one()), two)),
      [],
      'holds tested',
    ],
    [
      'not shifted at its end',
      sum(i, at(x, add(i, one())), upTo(n)),
      sum(i, at(x, i), upTo(n, two)),
      [],
      'fails tested',
    ],
    [
      'twice an index',
      derivative(sum(i, at(x, multiply(two, i)), upTo(n)), by(x, multiply(two, k))),
      one(),
      [{ index: k, binder: sum(l, at(w, l), upTo(n)) as BinderTerm }],
      'holds tested',
    ],
    ['opposite', at(x, add(i, negate(j))), at(x, subtract(i, j)), [], 'holds proved'],
  ];
  it.each(table)('%s', (_, left, right, within, expected) => {
    expect(verdict(left, right, within)).toContain(expected);
  });
});
