/**
 * Sums over the columns or rows of matrices as products of matrices: the sum of a_j b_j' over j is A B', that of s_j a_j is
 * A s. What depends on the index is lifted to the vector or matrix of all its values (Golub and Van Loan, Matrix
 * Computations, 2013, section 1.1).
 */

import {
  addAll,
  apply,
  genericApply,
  mapParts,
  multiply,
  multiplyAll,
  number,
  open,
  power,
  sum,
} from '../term/construct.ts';
import { knownDims, shapeOf } from '../term/dims.ts';
import { isTensor, ones, splitScalar, spread } from '../term/tensor/base.ts';
import { softmax, total } from '../term/tensor/entrywise.ts';
import { diag } from '../term/tensor/parts.ts';
import { matmul, transpose } from '../term/tensor/products.ts';
import { logsoftmax, rowlogsumexp } from '../term/tensor/rowwise.ts';
import { column, row, unitVector } from '../term/tensor/selection.ts';
import { diagonal } from '../term/tensor/square.ts';
import type { BinderTerm, IndexTerm, TensorTerm, Term } from '../term/term.ts';
import { lengthOf, presentMatrix } from './present-matrix.ts';

/** The index of a sum and how far it runs. */
interface Over {
  readonly at: IndexTerm;
  readonly size: Term;
}

/** A sum over all columns or rows of matrices as a product; undefined where it is none. */
function gatherSum(sum: BinderTerm, taken: ReadonlySet<string>): Term | undefined {
  if (sum.kind !== 'sum' || sum.rank === 0) return undefined;
  const { index: at, body } = open(sum, taken);
  const size = selectedLength(body, at);
  if (size === undefined) return undefined;
  if (sum.range !== undefined && !(sum.range.from === number(1) && sum.range.to === size)) return undefined;
  return summed(body, { at, size });
}

/** The length of the axis of the first column or row that is picked by the index. */
function selectedLength(body: Term, at: IndexTerm): Term | undefined {
  const seen = new Set<Term>([body]);
  for (const term of seen) {
    if (isTensor(term, 'column') && term.args[1] === at) return knownDims(term.args[0] as Term)[1];
    if (isTensor(term, 'row') && term.args[1] === at) return knownDims(term.args[0] as Term)[0];
    for (const part of term.parts) if (part.free.has(at.name)) seen.add(part);
  }
  return undefined;
}

const isFixed = (term: Term, { at }: Over): boolean => !term.free.has(at.name);

/** The sum over all values of the index, of a vector or a matrix. */
function summed(body: Term, over: Over): Term | undefined {
  if (isFixed(body, over)) return multiply(over.size, body);
  if (body.kind === 'add') return all(body.terms, (part) => summed(spread(part, knownDims(body)), over), addAll);
  const [scalar, rest] = splitScalar(body);
  const weights = values(scalar, over);
  if (weights === undefined) return undefined;
  if (rest.kind === 'add')
    return all(rest.terms, (part) => summed(multiply(scalar, spread(part, knownDims(rest))), over), addAll);
  if (isFixed(rest, over)) return multiply(total(spread(weights, [over.size])), rest);
  return rest.rank === 1 ? summedVector(rest, weights, over) : summedMatrix(rest, weights, over);
}

function summedVector(vector: Term, weights: Term, over: Over): Term | undefined {
  if (isTensor(vector, 'matmul')) {
    const [links, last] = [vector.args.slice(0, -1), vector.args[vector.args.length - 1] as Term];
    const inner = links.every((link) => isFixed(link, over)) ? summedVector(last, weights, over) : undefined;
    return inner === undefined ? undefined : matmul(...links, inner);
  }
  if (vector.kind === 'add') return all(vector.terms, (part) => summedVector(part, weights, over), addAll);
  if (isFixed(vector, over)) return multiply(total(spread(weights, [over.size])), vector);
  const columns = columnsOf(vector, over);
  return columns === undefined ? undefined : matmul(columns, spread(weights, [over.size]));
}

/** A product in which a column stands before a row: between what does not depend on the index. */
function summedMatrix(product: Term, weights: Term, over: Over): Term | undefined {
  if (!isTensor(product, 'matmul')) return undefined;
  const at = product.args.findIndex((link) => link.rank === 1);
  const [left, right] = [product.args[at], product.args[at + 1]];
  const [before, after] = [product.args.slice(0, Math.max(at, 0)), product.args.slice(at + 2)];
  if (left === undefined || right === undefined || ![...before, ...after].every((link) => isFixed(link, over)))
    return undefined;
  const other = transpose(right);
  if (isFixed(other, over) || isFixed(left, over)) {
    const moving = isFixed(other, over) ? summedVector(left, weights, over) : summedVector(other, weights, over);
    if (moving === undefined) return undefined;
    return isFixed(other, over)
      ? matmul(...before, moving, right, ...after)
      : matmul(...before, left, transpose(moving), ...after);
  }
  const [columns, others] = [columnsOf(left, over), columnsOf(other, over)];
  if (columns === undefined || others === undefined) return undefined;
  const scaled = weights.rank === 0 ? multiply(weights, columns) : matmul(columns, diag(weights));
  return matmul(...before, scaled, transpose(others), ...after);
}

/** The vector of all values of a scalar; the scalar itself where it does not depend on the index. */
function values(term: Term, over: Over): Term | undefined {
  if (isFixed(term, over)) return term;
  const part = (inner: Term): Term | undefined => values(inner, over);
  switch (term.kind) {
    case 'element':
      return entriesAlong(shapeOf(term.base)?.dims ?? [], term.base, term.indices, over);
    case 'delta': {
      const other = term.left === over.at ? term.right : term.left;
      return isFixed(other, over) && (term.left === over.at || term.right === over.at)
        ? unitVector(over.size, other)
        : undefined;
    }
    case 'add':
      return all(term.terms, part, addAll);
    case 'multiply':
      return all(term.factors, part, (factors) => multiplyAll([number(term.coefficient), ...factors]));
    case 'power':
      return all([term.base, term.exponent], part, ([base, exponent]) => power(base as Term, exponent as Term));
    case 'apply':
      return all(term.args, part, (args) =>
        term.generic ? genericApply(term.name, args, term.orders) : apply(term.name, ...args),
      );
    case 'sum': {
      // The sum over k of A[i, k] x[k], for all i: a sum over the columns of A.
      const opened = open(term, new Set([...term.free, over.at.name]));
      const inner = values(opened.body, over);
      return inner === undefined || inner.rank !== 1
        ? undefined
        : gatherSum(sum(opened.index, inner, term.range) as BinderTerm, new Set(term.free));
    }
    case 'dot':
      return formValues([term.left, term.right], over);
    case 'tensor':
      if (term.operation === 'logsumexp' && (term.args[0] as Term).rank === 1) {
        const columns = columnsOf(term.args[0] as Term, over);
        return columns === undefined ? undefined : rowlogsumexp(transpose(columns));
      }
      if (term.operation === 'form') return formValues(term.args, over);
      if (term.operation === 'entry') {
        const [whole, ...indices] = term.args as [Term, ...Term[]];
        return isFixed(whole, over) ? entriesAlong(knownDims(whole), whole, indices, over) : undefined;
      }
      return undefined;
    default:
      return undefined;
  }
}

/** All entries of a vector, or those of a column or a row of a matrix. */
function entriesAlong(dims: readonly Term[], whole: Term, indices: readonly Term[], over: Over): Term | undefined {
  const [first, second] = indices;
  if (dims.length !== indices.length || indices.some((at, k) => at === over.at && dims[k] !== over.size))
    return undefined;
  if (dims.length === 1) return first === over.at ? whole : undefined;
  if (dims.length !== 2 || first === undefined || second === undefined) return undefined;
  if (first === over.at && second === over.at) return diagonal(whole);
  if (first === over.at && isFixed(second, over)) return column(whole, second);
  return second === over.at && isFixed(first, over) ? row(whole, first) : undefined;
}

/** u' M v for all values of the index: a product with a vector, or a diagonal. */
function formValues(args: readonly Term[], over: Over): Term | undefined {
  const [left, right] = [args[0] as Term, args[args.length - 1] as Term];
  const between = args.slice(1, -1);
  if (!between.every((link) => isFixed(link, over))) return undefined;
  if (isFixed(left, over)) {
    const columns = columnsOf(right, over);
    return columns === undefined
      ? undefined
      : matmul(transpose(columns), ...[...between].reverse().map(transpose), left);
  }
  const columns = columnsOf(left, over);
  if (columns === undefined) return undefined;
  if (isFixed(right, over)) return matmul(transpose(columns), ...between, right);
  const others = columnsOf(right, over);
  return others === undefined ? undefined : diagonal(matmul(transpose(columns), ...between, others));
}

/** The matrix whose columns are all values of a vector. */
function columnsOf(term: Term, over: Over): Term | undefined {
  if (isFixed(term, over)) return term.rank === 0 ? term : matmul(term, transpose(ones([over.size])));
  const part = (inner: Term): Term | undefined =>
    inner.rank > 0 || isFixed(inner, over) ? columnsOf(inner, over) : undefined;
  switch (term.kind) {
    case 'element': {
      const dims = shapeOf(term.base)?.dims ?? [];
      return dims.length === 2 && dims[0] === over.size && term.indices[0] === over.at
        ? transpose(term.base)
        : undefined;
    }
    case 'add':
      return all(term.terms, part, addAll);
    case 'multiply': {
      const [scalar, rest] = splitScalar(term);
      if (rest !== term) {
        return all(
          [columnsOf(rest, over), values(scalar, over)],
          (one) => one,
          ([columns, weights]) =>
            (weights as Term).rank === 0
              ? multiply(weights as Term, columns as Term)
              : matmul(columns as Term, diag(weights as Term)),
        );
      }
      return all(term.factors, part, multiplyAll);
    }
    case 'power':
      return all([term.base, term.exponent], part, ([base, exponent]) => power(base as Term, exponent as Term));
    case 'apply':
      return all(term.args, part, (args) =>
        term.generic ? genericApply(term.name, args, term.orders) : apply(term.name, ...args),
      );
    case 'tensor':
      return selectedColumns(term, over);
    default:
      return undefined;
  }
}

function selectedColumns(term: TensorTerm, over: Over): Term | undefined {
  if (term.operation === 'column' || term.operation === 'row') {
    const [matrix, at] = term.args as [Term, Term];
    const isAlong = knownDims(matrix)[term.operation === 'column' ? 1 : 0] === over.size;
    if (at !== over.at || !isAlong || !isFixed(matrix, over)) return undefined;
    return term.operation === 'column' ? matrix : transpose(matrix);
  }
  if (term.operation === 'softmax' || term.operation === 'logsoftmax') {
    const columns = columnsOf(term.args[0] as Term, over);
    const build = term.operation === 'softmax' ? softmax : logsoftmax;
    return columns === undefined ? undefined : transpose(build(transpose(columns)));
  }
  if (term.operation !== 'matmul') return undefined;
  const links = term.args.slice(0, -1);
  const last = columnsOf(term.args[term.args.length - 1] as Term, over);
  return last !== undefined && links.every((link) => isFixed(link, over)) ? matmul(...links, last) : undefined;
}

/** `build` of all parts changed; undefined where one of them is. */
function all(
  parts: readonly (Term | undefined)[],
  change: (part: Term) => Term | undefined,
  build: (changed: readonly Term[]) => Term,
): Term | undefined {
  const changed = parts.map((part) => (part === undefined ? undefined : change(part)));
  return changed.includes(undefined) ? undefined : build(changed as Term[]);
}

/** Every sum that {@link gatherSum} covers as a product, where that makes the text no longer. */
export function gatherShorter(term: Term, taken: ReadonlySet<string>): Gathered {
  const gathered = gatherSums(term, taken);
  const isLonger = (): boolean => lengthOf(presentMatrix(gathered.after)) > lengthOf(presentMatrix(term));
  return gathered.index === undefined || isLonger() ? { after: term, index: undefined } : gathered;
}

interface Gathered {
  readonly after: Term;
  /** The index of the first sum that is gone; undefined where none is. */
  readonly index: Term | undefined;
}

/** `term` with every sum that {@link gatherSum} covers as a product. */
function gatherSums(term: Term, taken: ReadonlySet<string>): Gathered {
  let over: Term | undefined;
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const inner = mapParts(part, taken, visit);
    const gathered = inner.kind === 'sum' ? gatherSum(inner, taken) : undefined;
    if (gathered !== undefined && inner.kind === 'sum') over ??= open(inner, taken).index;
    memo.set(part, gathered ?? inner);
    return gathered ?? inner;
  };
  return { after: visit(term), index: over };
}
