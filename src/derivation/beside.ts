/** What is given beside a formula with vectors and matrices, checked against it: directions, a point, a weight. */

import { describe } from '../meaning/call-demands.ts';
import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { printText } from '../syntax/print.ts';
import { isNumber } from '../term/construct.ts';
import { dimsOf, knownDims, setShape } from '../term/dims.ts';
import { symbolsOf } from '../term/substitute.ts';
import type { Term } from '../term/term.ts';
import { raise } from '../writing/raise.ts';

/** Refuses entries of vectors and matrices, and what has more axes than a matrix. */
export function demandWhole(terms: readonly Term[]): void {
  for (const term of terms) {
    const text = printText(raise(term));
    if (term.kind === 'element') {
      fail({
        code: 'unsupported-notation',
        message: `${text} is a part of what stands as a whole in the formula`,
        hint: `ask for the whole, --wrt ${term.base.name}, or write the formula by components`,
      });
    }
    if (term.rank > 2) {
      fail({
        code: 'shape-clash',
        message: `${text} has more axes than a matrix`,
        hint: 'ask for the derivative alone, which is given by components',
      });
    }
  }
}

/**
 * A name that stands nowhere else and is not declared has the shape that is needed, even where no declaration could say
 * it, as that of a Kronecker product.
 */
export function shapeFree(given: Term, like: Term, { declarations, target, definitions }: Model): void {
  if (given.kind !== 'symbol' || given.rank !== like.rank || declarations.axes.has(given.name)) return;
  const isUsed = [target, ...definitions.map((one) => one.body)].some((term) => symbolsOf(term).has(given));
  if (!isUsed && given.rank > 0) setShape(given, { dims: knownDims(like), traits: new Set(), varied: false });
}

/** Refuses a `given` term that has not the shape of `like`; `what` says what it is: "the direction". */
export function demandShape(given: Term, like: Term, what: string): void {
  const [own, wanted] = [dimsOf(given) ?? [], dimsOf(like) ?? []];
  if (own.length === wanted.length && own.every((dim, at) => dim === wanted[at])) return;
  fail({
    code: 'shape-clash',
    message: `${what} ${printText(raise(given))} is ${describe(own)}, but ${printText(raise(like))} is ${describe(wanted)}`,
    hint: 'both have one shape; --shape declares what is not inferred',
  });
}

/** The same for a point, where 0 stands for all entries. */
export function demandPoint(given: Term, like: Term, what: string): void {
  if (!isNumber(given, 0)) demandShape(given, like, what);
}
