/** Sums of vectors and matrices over an index: what does not hold the index stands before or behind the sum, or is counted. */

import { isNumber, multiply, multiplyAll, number, open, sum } from '../../term/construct.ts';
import { freeIndices } from '../../term/inspect.ts';
import { isTensor, splitScalar } from '../../term/tensor/base.ts';
import { matmul } from '../../term/tensor/products.ts';
import type { BinderTerm, Term } from '../../term/term.ts';

/** A sum over an index with its constant factors outside; of equal terms from 1 to n it is n times one of them. */
export function tidyTensorSum(term: BinderTerm): Term {
  const { index, body } = open(term, noNames);
  const holds = (part: Term): boolean => freeIndices(part).has(index.name);
  if (!holds(body)) {
    const isCounted = term.range !== undefined && isNumber(term.range.from, 1);
    return isCounted ? multiply(term.range.to, body) : term;
  }
  const [scalar, rest] = splitScalar(body);
  const factors = scalar.kind === 'multiply' ? scalar.factors : [scalar];
  const own = factors.filter(holds);
  const front = multiplyAll([
    number(scalar.kind === 'multiply' ? scalar.coefficient : 1),
    ...factors.filter((one) => !holds(one)),
  ]);
  const links = isTensor(rest, 'matmul') ? rest.args : [rest];
  const first = links.findIndex(holds);
  if (first < 0) return term;
  const last = links.length - [...links].reverse().findIndex(holds);
  const inside = multiply(...own, matmul(...links.slice(first, last)));
  // A column and a row around the sum would make a scalar of what stands between.
  const isWhole = inside.rank === body.rank || (first > 0 && last === links.length);
  if (!isWhole) return multiply(front, sum(index, multiply(...own, rest), term.range));
  return multiply(front, matmul(...links.slice(0, first), sum(index, inside, term.range), ...links.slice(last)));
}

const noNames: ReadonlySet<string> = new Set();
