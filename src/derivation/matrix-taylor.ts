/**
 * Taylor polynomials of functions of a vector or matrix: f(a) + g'(x - a) + (x - a)' H (x - a) / 2 with gradient and Hessian
 * at the point, f(a) + J (x - a) for a function with values in vectors (Peano's form: Magnus and Neudecker 2019, section
 * 6.6). More than that takes tensors of derivatives.
 */

import { presentMatrix } from '../calculus/present-matrix.ts';
import { withoutSquaredNorms } from '../calculus/squared-norms.ts';
import { isSingular } from '../calculus/taylor.ts';
import type { Model } from '../meaning/model.ts';
import { fail } from '../problem.ts';
import { callNode, type MathNode, operatorNode } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { sumNode } from '../syntax/sign.ts';
import {
  addAll,
  derivative,
  genericApply,
  isNumber,
  multiply,
  number,
  power,
  subtract,
  symbol,
} from '../term/construct.ts';
import { knownDims, setShape } from '../term/dims.ts';
import { rational } from '../term/rational.ts';
import { type Definition, replaceTerm, symbolsOf } from '../term/substitute.ts';
import { spread } from '../term/tensor/base.ts';
import { norm } from '../term/tensor/entrywise.ts';
import { matmul, transpose } from '../term/tensor/products.ts';
import { pair } from '../term/tensor/square.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { raise } from '../writing/raise.ts';
import { raiseForm } from '../writing/raise-tensor.ts';
import { demandPoint, demandWhole } from './beside.ts';
import type { BuildOptions, Plan } from './build.ts';
import { authorsNames } from './matrix.ts';
import { type NamedModel, unfoldAll } from './naming.ts';
import { type Claim, type Move, type Passage, statement } from './outline.ts';
import { carryAlong } from './pushforward.ts';

/** The function, where it is expanded, and how far. */
interface MatrixTaylor {
  readonly model: Model;
  readonly by: Variable;
  readonly degree: number;
  readonly point: Term;
  /** Names of the function, of its gradient and its second derivatives at the point. */
  readonly name: string;
  readonly fresh: (letters: readonly string[]) => string;
  readonly oracleWith: BuildOptions['oracleWith'];
}

/** A derivative at the point: the name it gets, its value, and what the term of the polynomial is by either. */
interface Coefficient {
  /** By a scalar it is f'(a), f''(a). */
  readonly name: SymbolTerm | undefined;
  readonly value: Term;
  readonly termOf: (coefficient: Term) => Term;
}

export function matrixTaylorPlan(problem: MatrixTaylor): Plan {
  const { model, by, degree, point, name } = problem;
  const named: NamedModel = { target: unfoldAll(authorsNames(model)), lets: [] };
  const { target } = named;
  demandWhole([by, target]);
  if (by.kind !== 'symbol') return refuseVariable();
  demandPoint(point, by, 'the point');
  if (symbolsOf(point).has(by)) refusePoint(by);
  const most = target.rank === 0 && by.rank < 2 ? 2 : target.rank + by.rank > 2 ? 0 : 1;
  if (by.rank > 0 && degree > most) refuseDegree(degree, most);
  const offset = subtract(by, point);
  const given: Definition[] = [{ symbol: by, parameters: [], body: point }];
  const value = valueAt(target, by, point);
  const claims: Claim[] = [{ left: withoutSquaredNorms(target), right: value, given }];
  const label = paperCall(name, point);
  const at = { left: by, right: point };
  const passages: Passage[] = [atPoint('at-point', label, value, claims[0] as Claim, at)];
  demandValue(value, claims[0] as Claim, problem, 0);
  const coefficients: Coefficient[] = [];
  let last: Term = target;
  let whole: Term = withoutSquaredNorms(target);
  let left: Term = symbol(name, target.rank);
  if (target.rank > 0) setShape(left as SymbolTerm, { dims: knownDims(target), traits: new Set(), varied: false });
  for (let order = 1; order <= degree; order++) {
    const start = derivative(last, by);
    // Without the properties of the variable, which the point need not have.
    const { moves, result, unresolved, exhausted } = carryAlong(start, named, { variables: [by] }, presentMatrix);
    if (unresolved.length > 0 || exhausted) refuseDerivative(problem, order);
    [left, whole, last] = [derivative(left, by), derivative(whole, by), result];
    passages.push({ left, start, moves: [...opening(order, start), ...moves] });
    const isTurned = target.rank > 0 && by.rank > 0;
    const own = valueAt(result, by, point);
    const claim: Claim = { left: whole, right: own, given };
    demandValue(own, claim, problem, order);
    claims.push(claim);
    const shown = isTurned ? presentMatrix(transpose(own)) : own;
    const turned: Claim = isTurned ? { left: transpose(whole), right: shown, given } : claim;
    const letter = by.rank === 0 ? undefined : coefficientName(order, isTurned, shown, problem);
    passages.push(atPoint(ruleAt(by, isTurned, order), letter ?? primed(name, point, order), shown, turned, at));
    coefficients.push({ name: letter, value: shown, termOf: (factor) => termOf(factor, order, offset, isTurned) });
  }
  return assemble({ ...problem, by }, named, value, coefficients, passages, claims, offset);
}

function assemble(
  { by, degree, point, name }: MatrixTaylor & { readonly by: SymbolTerm },
  named: NamedModel,
  value: Term,
  coefficients: readonly Coefficient[],
  passages: readonly Passage[],
  claims: readonly Claim[],
  offset: Term,
): Plan {
  const values = [value, ...coefficients.map((one) => one.termOf(one.value))];
  const inNames: readonly Term[] = [
    value,
    ...coefficients.map((one) => (isNumber(one.value, 0) ? one.value : one.termOf(one.name ?? one.value))),
  ];
  const result = addAll(values);
  const given: Definition[] = [
    ...(claims[0]?.given ?? []),
    ...coefficients.flatMap(({ name: own, value: body }): Definition[] =>
      own === undefined ? [] : [{ symbol: own, parameters: [], body }],
    ),
  ];
  const agreements = claims.map(({ right, given: point }, order): Claim => {
    const left = Array.from({ length: order }).reduce<Term>((of) => derivative(of, by), result);
    return { left, right, ...(point === undefined ? {} : { given: point }) };
  });
  const remainder = callNode('o', [raise(power(by.rank === 0 ? offset : norm(offset), number(degree)))]);
  const left = paperCall(name, by, named.target.rank);
  const put: Claim = { left: addAll(inNames), right: result, given: given.slice(1) };
  const print = (nodes: readonly MathNode[]): string => printText(operatorNode('+', sumNode(nodes), remainder));
  const polynomial = statement('taylor', result, put, { shown: print(nodesOf(inNames, coefficients, offset)) });
  const shown = nodesOf(values);
  const isNamed = coefficients.some((one) => one.name !== undefined);
  const last = agreements[agreements.length - 1] as Claim;
  const end = statement(isNamed ? 'values-put-in' : 'taylor', result, last, { shown: print(shown) });
  const moves: Move[] = isNamed ? [polynomial, end] : [end];
  const output = printText(raise(left));
  return {
    shown: named,
    outline: {
      passages: [...passages, { left, start: result, moves }],
      result,
      shown: printText(sumNode(shown)),
      unresolved: [],
      exhausted: false,
      claims: [...claims, ...agreements],
    },
    goal: {
      variables: [by],
      left,
      ordinary: false,
      remainder: printText(remainder),
      problem: { task: 'taylor', degree, point: printText(raise(point)), output },
    },
  };
}

/** f'(a), f''(a). */
function primed(name: string, point: Term, order: number): Term {
  return genericApply(name, [point], [order]);
}

function ruleAt(by: SymbolTerm, isTurned: boolean, order: number): string {
  if (by.rank === 0) return 'at-point';
  return isTurned ? 'jacobian-at-point' : order === 1 ? 'gradient-at-point' : 'hessian-at-point';
}

/** f(x) as it stands on paper, whatever the axes of x. */
function paperCall(name: string, argument: Term, rank = 0): Term {
  if (argument.kind === 'symbol' && rank === 0) return genericApply(name, [symbol(argument.name)]);
  return genericApply(name, [argument]);
}

function opening(order: number, start: Term): Move[] {
  if (order === 1) return [];
  return [statement('higher-order', start, { left: start, right: start }, { facts: { order: String(order) } })];
}

function atPoint(rule: string, left: Term, value: Term, claim: Claim, facts: { left: Term; right: Term }): Passage {
  return { left, start: value, moves: [statement(rule, value, claim, { facts })] };
}

function coefficientName(order: number, isTurned: boolean, value: Term, { fresh }: MatrixTaylor): SymbolTerm {
  const letters = isTurned
    ? ['J', 'K', 'Q']
    : order === 2
      ? ['H', 'K', 'Q']
      : value.rank > 1
        ? ['G', 'Q', 'P']
        : ['g', 'q', 'p'];
  const name = symbol(fresh(letters), value.rank);
  if (value.rank > 0) setShape(name, { dims: knownDims(value), traits: new Set(), varied: false });
  return name;
}

/** g'(x - a), tr(G'(X - A)), J (x - a), (x - a)' H (x - a) / 2. */
function termOf(factor: Term, order: number, offset: Term, isTurned: boolean): Term {
  if (isTurned) return matmul(factor, offset);
  if (offset.rank === 0) return multiply(factor, power(offset, number(order)), inverseFactorial(order));
  if (order === 1) return isNumber(factor, 0) ? factor : pair(factor, offset);
  return multiply(number(rational(1, 2)), matmul(transpose(offset), factor, offset));
}

function inverseFactorial(order: number): Term {
  let factorial = 1n;
  for (let count = 2; count <= order; count++) factorial *= BigInt(count);
  return number(rational(1n, factorial));
}

/** A term with the point put in; what has lost its axes stands for all entries. */
function valueAt(term: Term, by: SymbolTerm, point: Term): Term {
  const value = presentMatrix(replaceTerm(term, by, point));
  return value.rank < term.rank ? spread(value, knownDims(term)) : value;
}

function demandValue(value: Term, claim: Claim, problem: MatrixTaylor, order: number): void {
  const oracle = problem.oracleWith(claim.given ?? []);
  const found = oracle?.compare(claim.left, claim.right);
  const isWithout = found?.reason?.startsWith('domain') === true || oracle?.hasValue(claim.left) === false;
  if (isSingular(value) || isWithout) refuseDerivative(problem, order);
}

/** The terms in their order, zeros left out; an inner product with a named gradient as g'(x - a). */
function nodesOf(terms: readonly Term[], coefficients: readonly Coefficient[] = [], offset?: Term): MathNode[] {
  const print = (term: Term): MathNode => raise(term, { taken: noNames, levels: new Map(), rows: true });
  return terms.flatMap((term, at) => {
    if (isNumber(term, 0)) return [];
    const name = coefficients[at - 1]?.name;
    const isInner = at === 1 && name?.rank === 1 && offset?.rank === 1;
    return [isInner ? raiseForm([name, offset as Term], print) : print(term)];
  });
}

const noNames: ReadonlySet<string> = new Set();

function refuseVariable(): never {
  return fail({
    code: 'unknown-variable',
    message: 'a Taylor polynomial is in a whole vector or matrix, or in a scalar',
    hint: 'for example --wrt x',
  });
}

function refusePoint(by: SymbolTerm): never {
  return fail({
    code: 'unknown-option',
    message: `the point of a Taylor polynomial holds no ${by.name}`,
    hint: 'for example --at a, or leave --at out for 0',
  });
}

function refuseDegree(degree: number, most: number): never {
  return fail({
    code: 'unknown-option',
    message: `a Taylor polynomial of degree ${degree} takes derivatives with more axes than a matrix has`,
    hint: `ask for --taylor ${most}; a scalar function of a vector is expanded to degree 2, others to degree 1`,
  });
}

function refuseDerivative({ by, point, name }: MatrixTaylor, order: number): never {
  const place = `${printText(raise(by))} = ${printText(raise(point))}`;
  return fail({
    code: 'unknown-option',
    message:
      order === 0
        ? `${name} has no value at ${place}`
        : `no derivative of order ${order} can be shown to exist at ${place}`,
    hint: 'choose another point with --at, or a lower degree',
  });
}
