/**
 * Stationary points in whole vectors and matrices: the gradient set to zero, and solved where it is linear. For least
 * squares these are the normal equations X'X w = X'y (Strang, Introduction to Linear Algebra, 2016, section 4.3), for ridge
 * regression (X'X + l I) w = X'y (Hoerl and Kennard 1970).
 *
 * A solution is tested by putting it in: the oracle differentiates the target itself there and must find zero.
 */

import {
  isLinearIn,
  leftEquation,
  type MatrixEquation,
  matrixEquation,
  multipleOfIdentity,
} from '../calculus/linear-matrix.ts';
import { commonContent } from '../calculus/linear-solve.ts';
import { presentMatrix } from '../calculus/present-matrix.ts';
import { withoutSquaredNorms } from '../calculus/squared-norms.ts';
import { fail } from '../problem.ts';
import type { Condition, Facts } from '../rules/rule.ts';
import {
  addAll,
  derivative,
  isNumber,
  multiply,
  negate,
  number,
  power,
  relation,
  splitCoefficient,
  subtract,
  zero,
} from '../term/construct.ts';
import { hasTrait, knownDims, shapeOf } from '../term/dims.ts';
import type { Model } from '../term/model.ts';
import { isNegativeRational, rational } from '../term/rational.ts';
import { type Definition, replaceTerm, symbolsOf } from '../term/substitute.ts';
import { isTensor, splitScalar } from '../term/tensor/base.ts';
import { entryProduct } from '../term/tensor/entrywise.ts';
import { unvec } from '../term/tensor/parts.ts';
import { inverse, matmul, transpose } from '../term/tensor/products.ts';
import { det } from '../term/tensor/square.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { certifyClaim, certifyPassages, certifyWhole, type Desk, printPassages } from './assemble.ts';
import { demandWhole } from './beside.ts';
import { symmetricBlocks } from './blocks.ts';
import { type BuildOptions, createDesk, describeProblemStatement } from './build.ts';
import type { Stationary } from './derivation.ts';
import { authorsNames } from './matrix.ts';
import { type NamedModel, unfoldAll } from './naming.ts';
import { type Carried, type Claim, type Passage, statement } from './outline.ts';
import { carryAlong, namedValue } from './pushforward.ts';

/** What came of the equations; without a matrix they are as they are. */
interface System {
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

export function buildMatrixStationary(model: Model, options: BuildOptions): Stationary {
  const { variables } = model;
  // Intermediates hide whether the equations are linear, so they are put back.
  const named: NamedModel = { target: unfoldAll(authorsNames(model)), lets: [] };
  demandScalar(named.target);
  demandWhole(variables);
  for (const one of variables) demandFree(one);
  const desk = createDesk(model, named, variables, options);
  const gradients = variables.map((by) => carryAlong(derivative(named.target, by), named, { variables: [by] }));
  const passages: Passage[] = variables.map((by, at) => ({
    left: derivative(namedValue(model, named), by),
    start: derivative(named.target, by),
    moves: (gradients[at] as Carried).moves,
  }));
  const unresolved = gradients.flatMap((one) => one.unresolved);
  const ends = gradients.map((one) => one.result);
  const system = unresolved.length > 0 ? open('unresolved') : solve(variables, named, ends, desk);
  const all = [...passages, ...system.passages];
  const certified = certifyPassages(all, desk);
  const claims = [
    ...variables.map((by, at) => ({ left: derivative(named.target, by), right: ends[at] as Term })),
    ...system.claims,
  ];
  const exhausted = gradients.some((one) => one.exhausted);
  const outline = { passages: all, result: named.target, unresolved, exhausted, claims };
  const { print, printAsWritten } = desk;
  const { matrix, right, unknowns } = system;
  return {
    schema: 'chainrule/stationary/1',
    detail: options.detail,
    problem: { ...describeProblemStatement(model, named, variables, options, printAsWritten), task: 'stationary' },
    formula: printAsWritten(named.target),
    lets: [],
    steps: options.detail === 'answer' ? [] : printPassages(certified, '', desk),
    equations: ends.map((one) => ({ left: print(one), right: '0' })),
    system:
      matrix === undefined || right === undefined
        ? null
        : {
            matrix: matrix.map((row) => row.map(print)),
            right: right.map(print),
            ...(unknowns === undefined ? {} : { unknowns: unknowns.map(print) }),
          },
    determinant: system.determinant === undefined ? null : print(system.determinant),
    solution: system.solution.map(([name, value]) => ({ name: print(name), expression: print(value) })),
    conditions: system.conditions.map(print),
    reason: system.reason,
    unresolved: unresolved.map(print),
    certificate: certifyWhole(outline, certified, desk),
  };
}

function open(reason: Stationary['reason']): System {
  return { passages: [], claims: [], solution: [], conditions: [], reason };
}

function solve(variables: readonly Variable[], named: NamedModel, gradients: readonly Term[], desk: Desk): System {
  const unknowns = variables as readonly SymbolTerm[];
  const [unknown, ...others] = unknowns as [SymbolTerm, ...SymbolTerm[]];
  if (others.length > 0) return solveBlocks(unknowns, named, gradients, desk);
  const gradient = gradients[0] as Term;
  const scale = scaleOf([gradient]);
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
  const second = carryAlong(derivative(gradient, unknown), named, { variables: [unknown] });
  if (second.unresolved.length > 0 || symbolsOf(second.result).has(unknown)) return 'not-linear';
  return leftEquation(presentMatrix(multiply(scale, second.result)), unknown);
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
  const { reason, points } = certifyClaim(claim, desk);
  if (reason?.startsWith('domain') === true && points === 0) {
    return { ...open('singular'), ...base, passages: [first] };
  }
  const conditions = equation.invertible.flatMap(invertibility);
  const factor = multipleOfIdentity(equation.matrix);
  const [rule, facts] = factor === undefined ? [equation.rule, {}] : ['divide', { divisor: factor }];
  const more = { facts, conditions: conditions.map(asCondition) };
  const name = isVec ? equation.unknown : unknown;
  const last: Passage = { left: name, start: value, moves: [statement(rule, value, claim, more)] };
  const [rows, columns] = isVec ? (knownDims(unknown) as [Term, Term]) : [];
  const point = isVec ? unvec(value, rows as Term, columns as Term) : value;
  const given: Definition[] = [{ symbol: unknown, parameters: [], body: point }];
  return {
    ...base,
    passages: left === unknown ? [first] : [first, last],
    claims: [{ left: derivative(withoutSquaredNorms(named.target), unknown), right: zero(), given }],
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
  if (unknowns.some((one) => one.rank > 1))
    return open(gradients.every((one) => isLinearIn(one, ...unknowns)) ? 'blocks' : 'not-linear');
  const scales = gradients.map((one) => scaleOf([one]));
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

/** The product of a block with a vector or scalar. */
function times(block: Term, term: Term): Term {
  return block.rank === 0 || term.rank === 0 ? multiply(block, term) : matmul(block, term);
}

/** 1 over the number that divides all terms, and over the denominators that they share. */
function scaleOf(terms: readonly Term[]): Term {
  const scalars = terms.flatMap((one) => (one.kind === 'add' ? one.terms : [one])).map((part) => splitScalar(part)[0]);
  const content = commonContent(scalars);
  const factors = (scalar: Term): readonly Term[] => (scalar.kind === 'multiply' ? scalar.factors : [scalar]);
  const [first, ...others] = scalars as [Term, ...Term[]];
  const denominators = factors(first).filter(
    (one) => isDenominator(one) && others.every((scalar) => factors(scalar).includes(one)),
  );
  const size = number(rational(content.denominator, content.numerator));
  return multiply(size, ...denominators.map((one) => power(one, number(-1))));
}

function isDenominator(factor: Term): boolean {
  return factor.kind === 'power' && factor.exponent.kind === 'number' && factor.exponent.value.numerator < 0n;
}

/** What has to be unequal to 0 for a matrix to be invertible; nothing where that is declared. */
function invertibility(matrix: Term): Term[] {
  const [scalar, rest] = matrix.rank === 0 ? [matrix, number(1)] : splitScalar(matrix);
  const factor = scalar.kind === 'number' ? [] : [relation('!=', scalar, zero())];
  if (rest.rank === 0 || isTensor(rest, 'eye') || isInvertible(rest)) return factor;
  const value = isTensor(rest, 'diag') ? entryProduct(rest.args[0] as Term) : det(rest);
  return [...factor, relation('!=', value, zero())];
}

function isInvertible(matrix: Term): boolean {
  const inside = isTensor(matrix, 'transpose') || isTensor(matrix, 'inverse') ? (matrix.args[0] as Term) : matrix;
  return (['definite', 'invertible', 'orthogonal'] as const).some((trait) => hasTrait(inside, trait));
}

function asCondition(one: Term): Condition {
  return { kind: 'relation', relation: one };
}

function demandScalar(target: Term): void {
  if (target.rank === 0) return;
  fail({
    code: 'shape-clash',
    message: `only a scalar has stationary points, and this is a ${target.rank === 1 ? 'vector' : 'matrix'}`,
    hint: 'take a component or its norm',
  });
}

/** Where the entries of a variable depend on one another, its gradient need not be zero. */
function demandFree(variable: Variable): void {
  const traits = variable.kind === 'symbol' ? (shapeOf(variable)?.traits ?? new Set()) : new Set();
  const bound = [...traits].find((trait) => trait !== 'invertible');
  if (bound === undefined || variable.kind !== 'symbol') return;
  fail({
    code: 'unsupported-notation',
    message: `the entries of ${variable.name} are not free, as it is declared ${bound}`,
    hint: `leave the property of ${variable.name} out, or write the formula by its free entries`,
  });
}
