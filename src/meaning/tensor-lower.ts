/** From syntax to terms where formulas hold whole vectors and matrices: every shape is checked on the way. */

import { fail } from '../problem.ts';

import { isBetweenBars, isDotted, isTimes, type MathNode, spanOf, view } from '../syntax/node.ts';
import { addAll, apply, divide, dot, isNumber, multiply, negate, number, one, power } from '../term/construct.ts';
import { dimsOf } from '../term/dims.ts';
import { isDiagonal, isRow, isTensor, splitScalar } from '../term/tensor/base.ts';
import { entryProduct, norm } from '../term/tensor/entrywise.ts';
import { inverse, matmul, transpose } from '../term/tensor/products.ts';
import { entryOf } from '../term/tensor/selection.ts';
import { det } from '../term/tensor/square.ts';
import type { Term } from '../term/term.ts';
import { noteRow } from '../term/written.ts';
import { blockCalls } from './block-calls.ts';
import { declareHint, describe, matrixDims, show, squareOf } from './call-demands.ts';
import { type TensorCall, takes } from './call-shapes.ts';

import { type Context, refuse } from './scope.ts';
import { tensorCalls, visitTensorCall, visitTotal } from './tensor-calls.ts';

/** Lowers an operator with a vector or a matrix in it; undefined where all is scalar. */
export function visitTensorOperator(
  node: MathNode,
  operator: string,
  args: readonly MathNode[],
  context: Context,
): Term | undefined {
  if (!tensorOperators.has(operator)) return undefined;
  const below = operator === "'" ? view(args[0] as MathNode) : undefined;
  // x'' is a second derivative without an argument, and no transpose of a transpose.
  if (below?.kind === 'operator' && below.operator === "'") return undefined;
  const lowered = args.map((arg) => context.visit(arg, context));
  if (lowered.every((term) => term.rank === 0) && !operator.startsWith('.') && operator !== "'") return undefined;
  const [left, right] = lowered as [Term, Term | undefined];
  switch (operator) {
    case "'":
      context.written.transposed = true;
      return transpose(left);
    case '*':
      if (isTimes(node) && left.rank === 1 && right?.rank === 1) {
        return visitTensorCall(tensorCalls.get('cross') as TensorCall, 'cross', node, args, context);
      }
      if (isDotted(node) && right?.rank === 1 && left.rank === 1) {
        const inner = dot(left, alike(node, args, left, right));
        if (context.wholes === true) noteRow(context.written, inner, left);
        return inner;
      }
      return lowered.slice(1).reduce((before, factor, at) => {
        const product = visitProduct(args.slice(0, at + 2), before, factor);
        const [, row] = splitScalar(before);
        if (isRow(row)) noteRow(context.written, product, row.parts[0] as Term);
        return product;
      }, left);
    case '+':
      return addUp(node, args, lowered);
    case '-':
      return right === undefined ? negate(left) : addUp(node, args, [left, negate(right)]);
    case '/':
      if (right !== undefined && right.rank > 0) {
        refuse(args[1] as MathNode, 'shape-clash', `this divides by ${describe(dimsOf(right) ?? [])}`, divideHint);
      }
      return divide(left, right as Term);
    case '^':
      return isTransposeSign(args[1] as MathNode, context)
        ? transpose(left)
        : raise(node, left, right as Term, context);
    case '.*':
      return multiply(left, alike(node, args, left, right as Term));
    case './':
      return multiply(left, power(alike(node, args, left, right as Term), number(-1)));
    default:
      return power(left, alike(node, args, left, right as Term));
  }
}

const divideHint = 'write ./ to divide entry by entry, or inv(A) for a matrix';
const tensorOperators: ReadonlySet<string> = new Set(['+', '-', '*', '/', '^', "'", '.*', './', '.^']);

function visitProduct(args: readonly MathNode[], left: Term, right: Term): Term {
  if (left.rank === 0 || right.rank === 0) return multiply(left, right);
  const [a, b] = [shapeOfFactor(left), shapeOfFactor(right)];
  if (a[1] === b[0]) return matmul(left, right);
  // X[i, :] w: as a column the row fits nowhere on the left, and as a row it says what is meant.
  if (isTensor(left, 'row') && a[0] === b[0]) return matmul(transpose(left), right);
  const related = spanOf(args[args.length - 1] as MathNode);
  const span = spanOf(args[0] as MathNode);
  const isTwoColumns = left.rank === 1 && right.rank === 1;
  return fail({
    code: 'shape-clash',
    message: isTwoColumns
      ? 'two vectors are multiplied'
      : `${describe(dimsOf(left) ?? [])} can't be multiplied by ${describe(dimsOf(right) ?? [])}`,
    ...(span === undefined
      ? {}
      : { span: { start: span.start, end: (spanOf(args[args.length - 2] as MathNode) ?? span).end } }),
    hint: isTwoColumns
      ? "write u' * v for their inner product, u * v' for the outer one, u .* v entry by entry"
      : `the columns on the left, ${show(a[1])}, must be the rows on the right, ${show(b[0])}`,
    ...(related === undefined ? {} : { related: { span: related, message: `${describe(dimsOf(right) ?? [])}:` } }),
  });
}

/** Rows and columns; a vector is one column. */
function shapeOfFactor(term: Term): readonly [Term, Term] {
  const dims = dimsOf(term) ?? [];
  return [dims[0] ?? one(), dims[1] ?? one()];
}

/** The T of x^T, where nothing else has that name. */
function isTransposeSign(node: MathNode, context: Context): boolean {
  const seen = view(node);
  return seen.kind === 'symbol' && seen.name === 'T' && !context.axes.has('T') && !context.quantities.has('T');
}

/** A row, or numbers times one: the \lambda' f(x) of a number f(x). */
function isScaledRow(term: Term): boolean {
  return isRow(term) || (term.kind === 'multiply' && term.factors.some(isRow));
}

/** Checks that two operands of an elementwise operator have one shape, or that one is a scalar. */
function alike(node: MathNode, args: readonly MathNode[], left: Term, right: Term): Term {
  if (left.rank === 0 || right.rank === 0) return right;
  const [a, b] = [dimsOf(left) ?? [], dimsOf(right) ?? []];
  if (a.length === b.length && a.every((dim, k) => dim === b[k])) return right;
  return clash(node, args, 0, a, b);
}

/** Checks two values of which either may be taken. */
export function checkAlike(args: readonly [MathNode, MathNode], left: Term, right: Term): void {
  alike(args[0], args, left, right);
}

/** A name with more indices than it has axes. */
export function refuseIndices(node: MathNode, name: string, axes: number): never {
  const what =
    axes === 0 ? 'a scalar' : axes === 1 ? 'a vector' : axes === 2 ? 'a matrix' : `a tensor with ${axes} axes`;
  return refuse(
    node,
    'shape-clash',
    `${name} has too many indices here, it is ${what}`,
    'an index counts along one axis',
  );
}

function clash(node: MathNode, args: readonly MathNode[], at: number, a: readonly Term[], b: readonly Term[]): never {
  const [first, second] = [spanOf(args[0] as MathNode) ?? spanOf(node), spanOf(args[at + 1] as MathNode)];
  return fail({
    code: 'shape-clash',
    message: `the shapes differ: ${describe(a)} and ${describe(b)}`,
    ...(first === undefined ? {} : { span: first }),
    hint: 'a transpose or a product may be missing',
    ...(second === undefined ? {} : { related: { span: second, message: `${describe(b)}:` } }),
  });
}

/** A sum. A scalar stands for all entries, and so does a multiple of a vector of ones. */
function addUp(node: MathNode, args: readonly MathNode[], terms: readonly Term[]): Term {
  const at = terms.findIndex((term) => term.rank > 0);
  const dims = dimsOf(terms[at] as Term) ?? [];
  terms.forEach((term, k) => {
    const own = dimsOf(term) ?? [];
    if (own.length === 0 || (own.length === dims.length && own.every((dim, d) => dim === dims[d]))) return;
    clash(node, args, k - 1, dims, own);
  });
  if (terms.some(isScaledRow) && terms.some((term) => term.rank === 0)) {
    refuse(
      args[terms.findIndex(isScaledRow)] as MathNode,
      'unsupported-notation',
      "a transposed vector can only stand in a product u' * v",
      "apply a derivative to something: f'(x)",
    );
  }
  const parts = terms.flatMap((term) => (term.kind === 'add' ? term.terms : [term]));
  const holdsOther = parts.some((term) => term.rank > 0 && withoutOnes(term) === undefined) && !parts.some(isDiagonal);
  return addAll(holdsOther ? parts.map((term) => withoutOnes(term) ?? term) : parts);
}

/** c for c * ones(n); undefined for anything else. */
function withoutOnes(term: Term): Term | undefined {
  const [scalar, rest] = splitScalar(term);
  return isTensor(rest, 'ones') ? scalar : undefined;
}

/** A power of a square matrix: a product of equal factors, or of inverses. */
function raise(node: MathNode, base: Term, exponent: Term, { entrywise }: Context): Term {
  if (base.rank === 0 && exponent.rank > 1 && !isRow(exponent)) {
    return refuse(
      node,
      'unsupported-notation',
      'the exponential of a matrix is not covered',
      'write exp(X), or 2 .^ X, entry by entry',
    );
  }
  if (base.rank === 0) return power(base, exponent);
  if (base.rank === 1 && exponent.rank === 0 && entrywise === true) return power(base, exponent);
  const [, row] = splitScalar(base);
  if (base.rank === 1 || isRow(row)) {
    return refuse(node, 'shape-clash', 'a vector has no power', "write v .^ 2 entry by entry, or v' * v");
  }
  const [rows, columns] = matrixDims(base, node);
  if (rows !== columns)
    refuse(node, 'shape-clash', `a power needs a square matrix, but this is ${describe([rows, columns])}`);
  if (exponent.kind !== 'number' || !Number.isInteger(exponent.integer) || Math.abs(exponent.integer) > 20) {
    return refuse(
      node,
      'unsupported-notation',
      'the exponent of a matrix is a whole number',
      'write .^ entry by entry',
    );
  }
  const factor = exponent.integer < 0 ? inverse(base) : base;
  return matmul(...Array.from({ length: Math.abs(exponent.integer) }, () => factor));
}

/** Lowers a call that is an operation on vectors or matrices; undefined where it is none. */
export function visitTensorCallOf(
  node: MathNode,
  name: string,
  args: readonly MathNode[],
  context: Context,
): Term | undefined {
  if ((name === 'sum' || name === 'prod') && args.length === 1) {
    const term = context.visit(args[0] as MathNode, context);
    // A product with zero has lost its axes.
    if (isNumber(term, 0)) return term;
    if (term.rank === 0) return undefined;
    return name === 'sum' ? visitTotal(term, node) : entryProduct(term);
  }
  if (isBetweenBars(node)) return visitBars(node, context.visit(args[0] as MathNode, context));
  const call = tensorCalls.get(name);
  if (call === undefined || !takes(call, args)) return undefined;
  // In an equation entries by themselves make a vector; a derivation of it would be hard to read, so there each gets its own.
  if (name in blockCalls && context.introduce === undefined) {
    for (const arg of args) if (context.visit(arg, context).rank === 0) withBlock(arg);
  }
  if (scalarToo.has(name)) {
    const terms = args.map((arg) => context.visit(arg, context));
    if (terms.every((term) => term.rank === 0)) return undefined;
    if (name === 'max' && terms.length === 2) return apply('max', ...terms);
  }
  return visitTensorCall(call, name, node, args, context);
}

function withBlock(arg: MathNode): never {
  return refuse(arg, 'shape-clash', 'a block is a vector or a matrix, but this is a scalar', declareHint);
}

/** |X| of LaTeX: the determinant of a square matrix, the length of a vector; undefined for the absolute value of a scalar. */
function visitBars(node: MathNode, content: Term): Term | undefined {
  if (content.rank === 0) return undefined;
  return content.rank === 1 ? norm(content) : det(squareOf(content, node));
}

/** Functions that scalars have too, or that take an index in their second argument. */
const scalarToo: ReadonlySet<string> = new Set(['max', 'softmax', 'logsumexp', 'var']);

/** An entry of a vector or matrix that is no name. */
export function visitEntry(node: MathNode, whole: Term, indices: readonly Term[]): Term {
  if (indices.length > whole.rank) {
    refuse(
      node,
      'shape-clash',
      `${describe(dimsOf(whole) ?? [])} has no ${indices.length === 1 ? 'index' : 'two indices'}`,
    );
  }
  if (indices.length < whole.rank) {
    refuse(
      node,
      'unsupported-notation',
      'a row of an expression is not covered',
      'give both indices, or the matrix a name',
    );
  }
  return entryOf(whole, indices);
}
