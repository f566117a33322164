/**
 * The equations for a stationary point in whole vectors and matrices as linear systems, and what solves them: an inverse
 * for one unknown, elimination for two (Schur complement).
 */

import {
  isLinearIn,
  leftEquation,
  type MatrixEquation,
  matrixEquation,
  multipleOfIdentity,
} from '../calculus/linear-matrix.ts';
import { presentMatrix } from '../calculus/present-matrix.ts';
import { withoutSquaredNorms } from '../calculus/squared-norms.ts';
import type { Facts } from '../rules/rule.ts';
import {
  addAll,
  derivative,
  isNumber,
  multiply,
  negate,
  splitCoefficient,
  subtract,
  symbol,
  zero,
} from '../term/construct.ts';
import { knownDims, setShape } from '../term/dims.ts';
import { isNegativeRational } from '../term/rational.ts';
import { type Definition, replaceTerm, symbolsOf } from '../term/substitute.ts';
import { eye, splitScalar } from '../term/tensor/base.ts';
import { vec } from '../term/tensor/parts.ts';
import { inverse, matmul, transpose } from '../term/tensor/products.ts';
import { det } from '../term/tensor/square.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { certifyClaim, type Desk } from './assemble.ts';
import { symmetricBlocks } from './blocks.ts';
import type { Stationary } from './derivation.ts';
import { asCondition, invertibility, scaleOf, times } from './equation-parts.ts';
import type { NamedModel } from './naming.ts';
import { type Claim, type Passage, statement } from './outline.ts';
import { carryAlong } from './pushforward.ts';

/** What came of the equations; without a matrix they are as they are. */
export interface System {
  readonly passages: readonly Passage[];
  readonly claims: readonly Claim[];
  readonly matrix?: readonly (readonly Term[])[];
  readonly right?: readonly Term[];
  readonly unknowns?: readonly Term[];
  readonly determinant?: Term;
  readonly solution: readonly (readonly [name: Term, value: Term])[];
  readonly conditions: readonly Term[];
  readonly reason: Stationary['reason'];
}

export function open(reason: Stationary['reason']): System {
  return { passages: [], claims: [], solution: [], conditions: [], reason };
}

export function solve(
  variables: readonly Variable[],
  named: NamedModel,
  gradients: readonly Term[],
  desk: Desk,
): System {
  const unknowns = variables as readonly SymbolTerm[];
  const [unknown, ...others] = unknowns as [SymbolTerm, ...SymbolTerm[]];
  if (others.length > 0) return solveBlocks(unknowns, named, gradients, desk);
  const gradient = gradients[0] as Term;
  const scale = scaleOf(gradient, unknowns);
  const found = equationOf(gradient, scale, unknown, named);
  if (typeof found === 'string') return open(found);
  const [scalar] = splitScalar(found.matrix);
  const isNegative = isNegativeRational(splitCoefficient(scalar)[0]);
  const turned = isNegative ? equationOf(gradient, negate(scale), unknown, named) : found;
  return solveOne(turned as MatrixEquation, unknown, gradient, isNegative ? negate(scale) : scale, named, desk);
}

/** How `scale` times the gradient stands to the unknown; a word where it is not linear in it, or holds it not at all. */
function equationOf(
  gradient: Term,
  scale: Term,
  unknown: SymbolTerm,
  named: NamedModel,
): MatrixEquation | NonNullable<Stationary['reason']> {
  if (!symbolsOf(gradient).has(unknown)) return 'singular';
  if (unknown.rank > 1) {
    const equation = matrixEquation(multiply(scale, gradient), unknown);
    return equation ?? (isLinearIn(gradient, unknown) ? 'between' : 'not-linear');
  }
  if (!isLinearIn(gradient, unknown)) return 'not-linear';
  const second = carryAlong(derivative(gradient, unknown), named, { variables: [unknown] });
  if (second.unresolved.length > 0 || symbolsOf(second.result).has(unknown)) return 'not-linear';
  return leftEquation(presentMatrix(multiply(scale, second.result)), unknown);
}

/** Whether the oracle finds no point at which a matrix has an inverse that gives the identity with it. */
function isNeverInvertible(matrix: Term, desk: Desk): boolean {
  if (matrix.rank < 2) return false;
  const same = symbol('matrix', 2);
  setShape(same, { dims: knownDims(matrix), traits: new Set(), varied: false });
  const identity = eye(knownDims(matrix)[0] as Term);
  const given: Definition[] = [{ symbol: same, parameters: [], body: matrix }];
  // Few points, as a Kronecker product is large.
  const found = desk.oracleWith(given)?.compare(matmul(inverse(matrix), same), identity, { points: 2 });
  return found?.verdict === 'fails' || /^(domain|precision)/.test(found?.reason ?? '');
}

function solveOne(
  equation: MatrixEquation,
  unknown: SymbolTerm,
  gradient: Term,
  scale: Term,
  named: NamedModel,
  desk: Desk,
): System {
  const turn = (term: Term): Term => (equation.isTurned ? transpose(term) : term);
  const right = presentMatrix(turn(multiply(negate(scale), replaceTerm(gradient, unknown, zero()))));
  const left = equation.left(unknown);
  const collected: Claim = { left: turn(multiply(scale, gradient)), right: subtract(left, right) };
  const first: Passage = { left, start: right, moves: [statement('normal-equation', right, collected)] };
  const systemRight = equation.systemRight(right);
  const base = {
    matrix: [[equation.matrix]],
    right: [systemRight],
    ...(equation.unknown === unknown ? {} : { unknowns: [equation.unknown] }),
  };
  const isVec = equation.rule === 'vectorised';
  const value = equation.solution(right);
  const claim: Claim = isVec
    ? { left: matmul(equation.matrix, value), right: systemRight }
    : { left: equation.left(value), right };
  // A matrix that has no inverse at any point, as the product of a column and a row, leaves nothing to be tested.
  if (equation.invertible.some((matrix) => isNeverInvertible(matrix, desk))) {
    return { ...open('singular'), ...base, passages: [first] };
  }
  const conditions = equation.invertible.flatMap(invertibility);
  const factor = multipleOfIdentity(equation.matrix);
  const [rule, facts] = factor === undefined ? [equation.rule, {}] : ['divide', { divisor: factor }];
  const more = { facts, conditions: conditions.map(asCondition) };
  const name = isVec ? equation.unknown : unknown;
  const last: Passage = { left: name, start: value, moves: [statement(rule, value, claim, more)] };
  // The gradient at the solution; of a large matrix by its columns, that the equation says the same of these.
  const atSolution: Claim = {
    left: derivative(withoutSquaredNorms(named.target), unknown),
    right: zero(),
    given: [{ symbol: unknown, parameters: [], body: value }],
  };
  const byColumns = (): Claim => ({ left: vec(left), right: matmul(equation.matrix, equation.unknown) });
  return {
    ...base,
    passages: left === unknown ? [first] : [first, last],
    claims: [isVec ? byColumns() : atSolution],
    determinant: equation.matrix.rank === 0 ? equation.matrix : det(equation.matrix),
    solution: [[name, value]],
    conditions,
    reason: null,
  };
}

/** Several vectors and scalars: the matrix of blocks, which is that of second derivatives. */
function solveBlocks(
  unknowns: readonly SymbolTerm[],
  named: NamedModel,
  gradients: readonly Term[],
  desk: Desk,
): System {
  if (gradients.some((one) => !isLinearIn(one, ...unknowns))) return open('not-linear');
  if (unknowns.some((one) => one.rank > 1)) return open('blocks');
  const scales = gradients.map((one) => scaleOf(one, unknowns));
  const second = symmetricBlocks(unknowns, (of, by) => {
    const [row, column] = [unknowns[by], unknowns[of]] as [SymbolTerm, SymbolTerm];
    return carryAlong(derivative(gradients[of] as Term, row), named, { variables: [row, column] }).result;
  });
  const isLinear = second.flat().every((block) => !block.inert && !unknowns.some((one) => symbolsOf(block).has(one)));
  if (!isLinear) return open('not-linear');
  const blocks = second.map((row, at) => row.map((block) => presentMatrix(multiply(scales[at] as Term, block))));
  const right = gradients.map((gradient, at) => {
    const rest = unknowns.reduce((term, one) => replaceTerm(term, one, zero()), gradient);
    return presentMatrix(multiply(negate(scales[at] as Term), rest));
  });
  const rows = blocks.map((row) => addAll(row.map((block, k) => times(block, unknowns[k] as Term))));
  const equations = rows.map((left, at): Passage => {
    const end = right[at] as Term;
    const claim = { left: multiply(scales[at] as Term, gradients[at] as Term), right: subtract(left, end) };
    return { left, start: end, moves: [statement('normal-equation', end, claim)] };
  });
  const system: System = { ...open('blocks'), passages: equations, matrix: blocks, right };
  if (blocks.some((row) => row.every((block) => isNumber(block, 0))))
    return { ...open('singular'), passages: equations };
  if (unknowns.length !== 2) return system;
  const solution = eliminate(system, unknowns as [SymbolTerm, SymbolTerm], named);
  // A system that is singular for some lengths, as one with more unknowns than samples, is tested at too few of them.
  const all = [
    ...solution.claims,
    ...solution.passages.flatMap(({ moves }) => moves.flatMap(({ claim }) => claim ?? [])),
  ];
  const isTested = desk.oracle === undefined || all.every((one) => certifyClaim(one, desk).verdict !== 'unknown');
  return isTested ? solution : system;
}

/** Of two unknowns the scalar, or the second, is put into the equation of the other: the Schur complement is what is left. */
function eliminate(system: System, unknowns: readonly [SymbolTerm, SymbolTerm], named: NamedModel): System {
  const [gone, kept] = unknowns[0].rank === 0 && unknowns[1].rank > 0 ? [0, 1] : [1, 0];
  const [x, y] = [unknowns[kept] as SymbolTerm, unknowns[gone] as SymbolTerm];
  const block = (row: number, column: number): Term => system.matrix?.[row]?.[column] as Term;
  const right = (row: number): Term => system.right?.[row] as Term;
  const inner = block(gone, gone);
  if (isNumber(inner, 0)) return system;
  const across = times(block(kept, gone), inverse(inner));
  const complement = presentMatrix(subtract(block(kept, kept), times(across, block(gone, kept))));
  const reduced = presentMatrix(subtract(right(kept), times(across, right(gone))));
  if (isNumber(complement, 0)) return { ...system, reason: 'singular' };
  const row = (at: number): Term => subtract(addAll([times(block(at, kept), x), times(block(at, gone), y)]), right(at));
  const left = times(complement, x);
  const equal: Claim = { left: subtract(row(kept), times(across, row(gone))), right: subtract(left, reduced) };
  const elimination: Passage = {
    left,
    start: reduced,
    moves: [statement('eliminate', reduced, equal, conditioned(inner, { eliminated: y }))],
  };
  const first = solved(complement, reduced, x);
  const second = solved(inner, presentMatrix(subtract(right(gone), times(block(gone, kept), x))), y);
  const whole = presentMatrix(replaceTerm(second.value, x, first.value));
  const given: Definition[] = [
    { symbol: x, parameters: [], body: first.value },
    { symbol: y, parameters: [], body: whole },
  ];
  const solution = unknowns.map((one): [Term, Term] => [one, one === x ? first.value : second.value]);
  return {
    ...system,
    passages: [...system.passages, elimination, first.passage, second.passage],
    claims: unknowns.map((one) => ({ left: derivative(withoutSquaredNorms(named.target), one), right: zero(), given })),
    solution,
    conditions: [...invertibility(inner), ...invertibility(complement)],
    reason: null,
  };
}

/** matrix * unknown = right, solved. */
function solved(matrix: Term, right: Term, unknown: SymbolTerm): { readonly value: Term; readonly passage: Passage } {
  const equation = leftEquation(matrix, unknown);
  const value = equation.solution(right);
  const factor = multipleOfIdentity(matrix);
  const rule = factor === undefined ? equation.rule : 'divide';
  const claim: Claim = { left: equation.left(value), right };
  const move = statement(rule, value, claim, conditioned(matrix, factor === undefined ? {} : { divisor: factor }));
  return { value, passage: { left: unknown, start: value, moves: [move] } };
}

function conditioned(matrix: Term, facts: Facts) {
  return { facts, conditions: invertibility(matrix).map(asCondition) };
}
