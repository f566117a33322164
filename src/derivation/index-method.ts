/** Everything by components and deltas: inner products written out as sums, vectors differentiated by one component. */

import type { Model } from '../meaning/model.ts';
import { component, derivative, index, mapParts, multiply, sum, symbol } from '../term/construct.ts';
import { freeIndices, freshIndexOutside } from '../term/inspect.ts';
import type { Term, Variable } from '../term/term.ts';
import type { NamedModel } from './naming.ts';
import { carryOut, change, contextOf, type Outline, type Passage, statement } from './outline.ts';
import { plainOutline } from './plain.ts';

/** The outline; `left` is the derivative by the component where that of a vector can't be gathered. */
export function indexOutline(
  model: Model,
  named: NamedModel,
  by: Variable,
): { readonly outline: Outline; readonly left: Term | undefined } {
  const taken = new Set([...model.names, ...freeIndices(by)]);
  const at = index(freshIndexOutside(taken));
  const own = by.rank === 1 ? (component(by, at) as Variable) : by;
  const inner = index(freshIndexOutside(new Set([...taken, at.name])));
  const written = writeOut(named, inner.name);
  const output = model.output;
  const plain = plainOutline(written, [own], output);
  const head: Passage[] =
    written.target === named.target
      ? []
      : [{ left: named.target, start: named.target, moves: [change('dot-components', named.target, written.target)] }];
  if (own === by) return { outline: { ...plain, passages: [...head, ...plain.passages] }, left: undefined };
  const gathered = gather(named, by, output, plain, at);
  const passages = [...head, ...plain.passages, ...(gathered === undefined ? [] : [gathered.passage])];
  const outline = { ...plain, passages, result: gathered?.result ?? plain.result };
  if (gathered !== undefined) return { outline, left: undefined };
  return { outline, left: derivative(output === undefined ? written.target : symbol(output), own) };
}

/** The components of the result as one vector, which is what the other methods end in. */
function gather(named: NamedModel, by: Variable, output: string | undefined, plain: Outline, at: Term) {
  const start = derivative(named.target, by);
  const whole = carryOut(start, named, contextOf(named, [by]));
  if (whole.unresolved.length > 0 || plain.unresolved.length > 0) return undefined;
  const one = componentOf(whole.result, at);
  if (one === undefined) return undefined;
  const left = derivative(output === undefined ? named.target : symbol(output), by);
  const claim = { left: one, right: plain.result };
  return {
    result: whole.result,
    passage: {
      left,
      start: whole.result,
      moves: [statement('all-components', whole.result, claim, { facts: { index: at } })],
    },
  };
}

function componentOf(vector: Term, at: Term): Term | undefined {
  try {
    return component(vector, at);
  } catch {
    return undefined;
  }
}

/** The model with sums over components for inner products. */
function writeOut(named: NamedModel, name: string): NamedModel {
  const visit = (term: Term): Term => {
    const inner = mapParts(term, noNames, visit);
    if (inner.kind !== 'dot') return inner;
    const free = freeIndices(inner);
    const over = index(free.has(name) ? freshIndexOutside(free) : name);
    const [left, right] = [componentOf(inner.left, over), componentOf(inner.right, over)];
    return left === undefined || right === undefined ? inner : sum(over, multiply(left, right));
  };
  return {
    target: visit(named.target),
    lets: named.lets.map((one) => ({ ...one, body: visit(one.body) })),
  };
}

const noNames: ReadonlySet<string> = new Set();
