/** The methods of differentials (Magnus and Neudecker 2019) and of indices, for whole vectors and matrices. */

import { traceMatrix } from '../calculus/matrix-trace.ts';
import { presentMatrix, renew } from '../calculus/present-matrix.ts';
import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { derivative, isNumber, symbol } from '../term/construct.ts';
import { knownDims, setShape } from '../term/dims.ts';
import { entry, hasEntries } from '../term/entries.ts';
import { expand } from '../term/substitute.ts';
import { differential } from '../term/tensor/inert.ts';
import { matmul, transpose } from '../term/tensor/products.ts';
import { entryOf } from '../term/tensor/selection.ts';
import { pair } from '../term/tensor/square.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { contextOfEntries, freshIndices } from './index-names.ts';
import type { MatrixOutline } from './matrix-outline.ts';
import type { NamedModel } from './naming.ts';
import { carryOut, change, contextOf, type Passage, statement } from './outline.ts';

/** dE = ..., then the derivative read off. `chain` is the same by the chain rule. */
export function byDifferential(model: Model, named: NamedModel, by: Variable, chain: MatrixOutline): MatrixOutline {
  const { target } = named;
  const { result, unresolved } = chain.outline;
  const isWhole = result.rank === by.rank + target.rank || isNumber(result, 0);
  if (by.kind !== 'symbol' || by.rank + target.rank > 2 || unresolved.length > 0 || !isWhole) {
    return refuseMethod('differential');
  }
  const step = changeOf(by, model);
  const start = differential(target, by, step);
  const traced = traceMatrix(start, contextOf(named, [by]));
  if (traced.unresolved.length > 0) return refuseMethod('differential');
  const gathered = linearForm(chain.outline.result, target, by, step);
  const end = gathered === traced.result ? [] : [change('linear-form', traced.result, gathered)];
  const left = derivative(target, by);
  const whole = { left, right: chain.outline.result };
  const passages: Passage[] = [
    { left: start, start, moves: [...traced.steps, ...end] },
    { left: chain.left, start: chain.outline.result, moves: [statement('read-off', chain.outline.result, whole)] },
  ];
  return { ...chain, outline: { ...chain.outline, passages } };
}

/** The change of a variable: dX. */
function changeOf(by: SymbolTerm, model: Model): SymbolTerm {
  const base = `d${by.name}`;
  const name = model.names.has(base) ? `${base}_` : base;
  const step = symbol(name, by.axes);
  setShape(step, { dims: by.rank === 0 ? [] : knownDims(by), traits: new Set(), varied: false });
  return step;
}

/** The differential by its derivative: tr(G' dX), g' dx, J' dx. */
function linearForm(result: Term, target: Term, by: Variable, step: Term): Term {
  if (by.rank === 0) return presentMatrix(renew(matmul(result, step)));
  if (target.rank === 0) return pair(result, step);
  return matmul(transpose(result), step);
}

/** All by components, then gathered into the matrix that the chain rule finds. */
export function byIndices(model: Model, named: NamedModel, by: Variable, chain: MatrixOutline): MatrixOutline {
  const definitions = new Map(named.lets.map((one) => [one.symbol, one]));
  const whole = expand(named.target, definitions);
  const isWritten = hasEntries(whole) && hasEntries(chain.outline.result);
  if (!isWritten || chain.outline.unresolved.length > 0) return refuseMethod('index');
  const fresh = freshIndices(model);
  const [rows, columns] = [fresh(by), fresh(whole)];
  const variable = by.rank === 0 ? by : (entry(by, rows) as Variable);
  const target = entry(whole, columns);
  const start = derivative(target, variable);
  const own: NamedModel = { target, lets: [] };
  const carried = carryOut(start, own, contextOfEntries(model, named, own, [variable], start));
  if (carried.unresolved.length > 0) return refuseMethod('index');
  const written: Passage = {
    left: columns.length === 0 ? named.target : target,
    start: target,
    moves: columns.length === 0 ? [change('to-indices', named.target, target)] : [],
  };
  const result = chain.outline.result;
  const isWhole = result.rank === by.rank + named.target.rank && result.rank > 0;
  const claim = { left: isWhole ? entryOf(result, [...rows, ...columns]) : result, right: carried.result };
  const facts = rows[0] === undefined ? {} : { index: rows[0] };
  const gathered: Passage = {
    left: chain.left,
    start: result,
    moves: [statement('all-components', result, claim, { facts })],
  };
  const passages = [written, { left: start, start, moves: carried.moves }, ...(isWhole ? [gathered] : [])];
  return { ...chain, outline: { ...chain.outline, passages: passages.filter(({ moves }) => moves.length > 0) } };
}

export function refuseMethod(method: string): never {
  return fail({
    code: 'unknown-option',
    message: `the method ${method} does not cover this derivative by a vector or matrix`,
    hint: 'use --method chain',
  });
}
