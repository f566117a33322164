/**
 * Derivatives of formulas with whole vectors and matrices, in denominator layout: the axes of the variable come first. What
 * has more axes than a matrix is derived and shown by components.
 */

import { gatherShorter } from '../calculus/gather.ts';
import { liftSums } from '../calculus/matrix/lift.ts';
import { traceMatrix } from '../calculus/matrix-trace.ts';
import { pick } from '../calculus/pick.ts';
import { lengthOf, notLonger, presentMatrix, withProperties } from '../calculus/present-matrix.ts';
import type { Model } from '../meaning/model.ts';
import type { Method } from '../options.ts';
import { derivative, symbol } from '../term/construct.ts';
import { dimsOf, setShape, shapeOf } from '../term/dims.ts';
import { entry, hasEntries } from '../term/entries.ts';
import { partsBelow } from '../term/inspect.ts';
import { type Definition, expand, symbolsBelow } from '../term/substitute.ts';
import { isTensor } from '../term/tensor/base.ts';
import { transpose } from '../term/tensor/products.ts';
import { entryOf, selectedAlike } from '../term/tensor/selection.ts';
import type { ElementTerm, IndexTerm, SymbolTerm, TensorTerm, Term, Variable } from '../term/term.ts';
import { contextOfEntries, freshIndices } from './index-names.ts';
import { byDifferential, byIndices, refuseMethod } from './matrix-methods.ts';
import type { MatrixOutline } from './matrix-outline.ts';
import { foldAround, foldNames, type NamedModel } from './naming.ts';
import { carryOut, change, contextOf, type Move, type Outline, type Passage, statement } from './outline.ts';

/** A model with the author's names alone. */
export function authorsNames(model: Model): NamedModel {
  const definitions = new Map<SymbolTerm, Definition>(model.definitions.map((one) => [one.symbol, one]));
  const needed = symbolsBelow(model.target, definitions);
  return { target: model.target, lets: model.definitions.filter((one) => needed.has(one.symbol)) };
}

/** The same in numerator layout: the transpose, where the variable has axes and the result is a vector or matrix. */
export function turned(plain: MatrixOutline, turns: readonly Variable[]): MatrixOutline {
  const { outline, left } = plain;
  const isPlain = turns.every((by) => by.rank === 0) || outline.result.rank === 0 || outline.result.rank > 2;
  if (isPlain || outline.unresolved.length > 0) return plain;
  const result = presentMatrix(transpose(outline.result));
  const turnedLeft = transpose(left);
  const claim = { left: transpose(outline.result), right: result };
  const passage: Passage = { left: turnedLeft, start: result, moves: [statement('numerator-layout', result, claim)] };
  return { outline: { ...outline, passages: [...outline.passages, passage], result }, left: turnedLeft };
}

/** The derivative of the target by each of `turns` in turn. */
export function matrixOutline(
  model: Model,
  named: NamedModel,
  turns: readonly Variable[],
  method: Method = 'chain',
): MatrixOutline {
  if (method !== 'chain') return byMethod(model, named, turns, method);
  const [by] = turns;
  if (by?.kind === 'element' && by.rank === 0 && turns.length === 1) return byEntry(model, named, by);
  return byWhole(model, named, turns);
}

function byMethod(model: Model, named: NamedModel, turns: readonly Variable[], method: Method): MatrixOutline {
  const [by] = turns as [Variable];
  const chain = matrixOutline(model, named, turns);
  if (method === 'differential') return byDifferential(model, named, by, chain);
  return method === 'index' ? byIndices(model, named, by, chain) : refuseMethod(method);
}

/** By an entry: with indices, or as the entry of the derivative by the whole, whichever is shorter. */
function byEntry(model: Model, named: NamedModel, by: ElementTerm): MatrixOutline {
  const indexed = byComponents(model, named, [by]);
  const { target } = named;
  const whole = isTensor(target, 'entry') ? (target.args[0] as Term) : target;
  if (shapeOf(by.base)?.dims.length !== by.indices.length || whole.rank + by.base.rank > 2) return indexed;
  const { outline } = byWhole(model, { ...named, target: whole }, [by.base]);
  if (outline.unresolved.length > 0) return indexed;
  const indices = [...by.indices, ...(isTensor(target, 'entry') ? target.args.slice(1) : [])];
  const result = entryOf(outline.result, indices);
  const isShorter = indexed.outline.unresolved.length > 0 || lengthOf(result) < lengthOf(indexed.outline.result);
  if (!isShorter || outline.result.rank !== indices.length) return indexed;
  const left = derivative(target, by);
  const passage: Passage = { left, start: left, moves: [change('component', left, result, { facts: {} })] };
  return {
    outline: { ...outline, passages: [...outline.passages, passage], result, claims: [{ left, right: result }] },
    left,
  };
}

function byWhole(model: Model, named: NamedModel, turns: readonly Variable[]): MatrixOutline {
  const passages: Passage[] = [];
  let left: Term = model.output === undefined ? named.target : outputName(model.output, named.target);
  let whole: Term = named.target;
  let current: Term = named.target;
  for (const [at, by] of turns.entries()) {
    left = derivative(left, by);
    whole = derivative(whole, by);
    const start = derivative(current, by);
    const traced = traceMatrix(start, contextOf(named, [by]), foldAround(named.lets));
    if (traced.unresolved.length > 0 || traced.exhausted || !hasMatrixForm(traced.result))
      return byComponents(model, named, turns);
    const summed = gatherShorter(traced.result, contextOf(named, [by]).taken);
    const result = presentMatrix(withProperties(foldNames(summed.after, named.lets), turns));
    const gathered: Move[] =
      summed.index === undefined
        ? []
        : [change('gather', traced.result, summed.after, { facts: { index: summed.index } })];
    const opening: Move[] =
      at === 0
        ? []
        : [statement('higher-order', start, { left: start, right: start }, { facts: { order: String(at + 1) } })];
    const end = result === summed.after ? [] : [change('simplify', summed.after, result)];
    passages.push({ left, start, moves: [...opening, ...traced.steps, ...gathered, ...end] });
    current = result;
  }
  const claims = turns.length <= 2 ? [{ left: whole, right: current }] : [];
  return { outline: { passages, result: current, unresolved: [], exhausted: false, claims }, left };
}

/** By a column or row: of the derivative of a scalar by the whole matrix that column or row, of all else by components. */
export function selectedOutline(
  model: Model,
  named: NamedModel,
  selection: TensorTerm,
  { outline, left: whole }: MatrixOutline,
): MatrixOutline {
  if (named.target.rank > 0 || outline.result.rank !== 2 || outline.unresolved.length > 0) {
    const [at] = freshIndices(model)(selection) as [IndexTerm];
    const names = new Set([...model.names, at.name]);
    return byComponents({ ...model, names }, named, [entryOf(selection, [at]) as Variable]);
  }
  const left = selectedAlike(selection, derivative(named.target, selection.args[0] as SymbolTerm));
  const [outside, inside] = [selectedAlike, pick].map((own) => presentMatrix(own(selection, outline.result)));
  const result = notLonger(outside as Term, inside as Term);
  const passage: Passage = {
    left: selectedAlike(selection, whole),
    start: left,
    moves: [change('selection', left, result, { facts: { of: selection } })],
  };
  return {
    outline: { ...outline, passages: [...outline.passages, passage], result, claims: [{ left, right: result }] },
    left,
  };
}

/** Whether a result is made of matrices: Einstein sums with parts of three axes are shown by components. */
function hasMatrixForm(result: Term): boolean {
  return !partsBelow(result).some((part) => isTensor(part, 'einsum'));
}

/** The name of the output, with the shape of its value. */
function outputName(name: string, value: Term): Term {
  const output = symbol(name, value.rank);
  const dims = dimsOf(value);
  if (value.rank > 0 && dims !== undefined && shapeOf(output) === undefined) {
    setShape(output, { dims, traits: new Set(), varied: false });
  }
  return output;
}

/** By components: a derivative with as many indices as it has axes. */
function byComponents(model: Model, named: NamedModel, turns: readonly Variable[]): MatrixOutline {
  const fresh = freshIndices(model);
  const definitions = new Map(named.lets.map((one) => [one.symbol, one]));
  const expanded = expand(named.target, definitions);
  if (!hasEntries(expanded)) {
    const start = turns.reduce<Term>((of, by) => derivative(of, by), named.target);
    return { outline: { passages: [], result: start, unresolved: [start], exhausted: false, claims: [] }, left: start };
  }
  const variables = turns.map((by) => (by.rank === 0 ? by : (entry(by, fresh(by)) as Variable)));
  const places = fresh(expanded);
  const target = entry(expanded, places);
  const start = variables.reduce<Term>((of, by) => derivative(of, by), target);
  const own: NamedModel = { target, lets: [] };
  const carried = carryOut(start, own, contextOfEntries(model, named, own, variables, start));
  const taken = new Set([...model.names, ...start.free]);
  const result =
    carried.unresolved.length > 0 || holdsSum(expanded) ? carried.result : presentLifted(carried.result, taken);
  const end = result === carried.result ? [] : [change('to-matrices', carried.result, result)];
  // The entry of the whole, before it is written with indices.
  const bare = places.length === 0 ? named.target : entryOf(expanded, places);
  const left = variables.reduce<Term>((of, by) => derivative(of, by), bare);
  const opening = left === start || bare.rank > 0 ? [] : [change('to-indices', left, start)];
  const outline: Outline = {
    passages: [{ left, start: left, moves: [...opening, ...carried.moves, ...end] }],
    result,
    unresolved: carried.unresolved,
    exhausted: carried.exhausted,
    claims: [{ left, right: result }],
  };
  return { outline, left };
}

/** With sums as products of matrices, where that is shorter. */
function presentLifted(result: Term, taken: ReadonlySet<string>): Term {
  const lifted = presentMatrix(liftSums(result, taken));
  return lengthOf(lifted) < lengthOf(result) ? lifted : result;
}

/** Whether the author writes with sums. */
function holdsSum(term: Term): boolean {
  return term.kind === 'sum' || term.parts.some(holdsSum);
}
