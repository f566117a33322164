/**
 * The Hessian by whole vectors: a matrix of blocks, the block of w and b with a row for each entry of w and a column for
 * each of b (Magnus and Neudecker 2019, chapter 10). Blocks on and above the diagonal are derived, those below are their
 * transposes (Schwarz, for smooth functions).
 */

import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { printText } from '../syntax/print.ts';
import { derivative } from '../term/construct.ts';
import { variableSymbol } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import { demandWhole } from './beside.ts';
import { symmetricBlocks } from './blocks.ts';
import { type BuildOptions, createDesk } from './build.ts';
import type { Hessian } from './derivation.ts';
import { assembleHessian, demandVariables } from './hessian.ts';
import { authorsNames } from './matrix.ts';
import type { NamedModel } from './naming.ts';
import { type Carried, type Claim, type Passage, statement } from './outline.ts';
import { carryAlong, namedValue } from './pushforward.ts';
import { describeShape } from './shapes-text.ts';

/** The blocks of a Hessian, and how they are derived. */
export interface Blocks {
  readonly passages: readonly Passage[];
  readonly gradients: readonly Term[];
  readonly rows: readonly (readonly Term[])[];
  readonly claims: readonly Claim[];
}

export function buildMatrixHessian(model: Model, options: BuildOptions): Hessian {
  const named = authorsNames(model);
  const { variables } = model;
  demandVariables(model, named);
  demandWhole(variables);
  refuseMatrices(variables);
  const desk = createDesk(model, named, variables, options);
  const { passages, rows, claims } = deriveBlocks(model, named);
  const blocks = rows.map((row) => row.map(describeShape));
  return assembleHessian(model, named, desk, options, {
    passages,
    rows,
    claims,
    unresolved: [],
    exhausted: false,
    blocks,
  });
}

/** Gradients, then the block of each pair of variables once. Refuses what has no matrix form. */
export function deriveBlocks(model: Model, named: NamedModel): Blocks {
  const { variables } = model;
  const name = namedValue(model, named);
  const firsts = variables.map((by) => ({ by, ...carryOne(derivative(named.target, by), named, by) }));
  const passages: Passage[] = firsts.map(({ by, moves }) => ({
    left: derivative(name, by),
    start: derivative(named.target, by),
    moves,
    brief: variables.length > 2,
  }));
  const claims: Claim[] = [];
  const rows = symmetricBlocks(variables, (of, by) => {
    const [outer, inner] = [variables[by], variables[of]] as [Variable, Variable];
    const start = derivative((firsts[of] as Carried).result, outer);
    const { moves, result } = carryOne(start, named, outer);
    const opening = statement('second-partial', start, { left: start, right: start });
    const left = derivative(derivative(name, inner), outer);
    passages.push({ left, start, moves: [opening, ...moves], brief: variables.length > 1 });
    claims.push({ left: derivative(derivative(named.target, inner), outer), right: result });
    return result;
  });
  return { passages, gradients: firsts.map(({ result }) => result), rows, claims };
}

function carryOne(start: Term, named: NamedModel, by: Variable): Carried {
  const carried = carryAlong(start, named, { variables: [by] });
  const [open] = carried.unresolved;
  if (open === undefined && !carried.exhausted) return carried;
  return fail({
    code: 'unsupported-notation',
    message: `${open === undefined ? 'a derivative' : printText(raise(open))} has no form with matrices that is known here`,
    hint: 'ask for the derivative of --order 2 by one vector, which is then given by components',
  });
}

function refuseMatrices(variables: readonly Variable[]): void {
  const matrix = variables.find((one) => one.rank > 1);
  if (matrix === undefined) return;
  const { name } = variableSymbol(matrix);
  fail({
    code: 'shape-clash',
    message: `${name} is a matrix, and second derivatives by it have four axes`,
    hint: `ask for --order 2, which gives them by components, or for the derivative along a matrix`,
  });
}
