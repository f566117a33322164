/**
 * The way back from indices: sums over a shared index are products of matrices, of which an entry is taken. It is the last
 * step of the bridge of Laue, Mitterreiter and Giesen (AAAI 2020), for results that keep indices of their own.
 */

import { addAll, index, isNumber, mapParts, multiply, multiplyAll, number, open } from '../../term/construct.ts';
import { dimsOf, knownDims } from '../../term/dims.ts';
import { entry } from '../../term/entries.ts';
import { isTensor, ones, splitScalar } from '../../term/tensor/base.ts';
import { hadamard, softmax, total } from '../../term/tensor/entrywise.ts';
import { diag } from '../../term/tensor/parts.ts';
import { matmul, transpose } from '../../term/tensor/products.ts';
import { entryOf } from '../../term/tensor/selection.ts';
import { diagonal, pair } from '../../term/tensor/square.ts';
import type { AddTerm, ApplyTerm, BinderTerm, IndexTerm, MultiplyTerm, Term } from '../../term/term.ts';

/** `term` with every sum that is one of a matrix product as an entry of that product. */
export function liftSums(term: Term, taken: ReadonlySet<string>): Term {
  const memo = new Map<Term, Term>();
  const visit = (part: Term): Term => {
    const known = memo.get(part);
    if (known !== undefined) return known;
    const inner = part.parts.length === 0 || part.kind === 'symbol' ? part : mapParts(part, taken, visit);
    const result = liftOnce(inner, taken);
    memo.set(part, result);
    return result;
  };
  return visit(term);
}

function liftOnce(term: Term, taken: ReadonlySet<string>): Term {
  switch (term.kind) {
    case 'sum':
      return lifted(term, taken) ?? term;
    case 'add':
      return gathered(term);
    case 'multiply':
      return withShares(term, taken);
    default:
      return term;
  }
}

/** A factor as it rests on the index: a vector at it, or a matrix at it and at another index, its rows counted by that. */
type View =
  | { readonly kind: 'vector'; readonly vector: Term }
  | { readonly kind: 'matrix'; readonly matrix: Term; readonly row: Term };

function lifted(sum: BinderTerm, taken: ReadonlySet<string>): Term | undefined {
  const { range } = sum;
  const { index: at, body } = open(sum, taken);
  if (range === undefined || range.from !== number(1)) return undefined;
  const factors = body.kind === 'multiply' ? body.factors : [body];
  const own = factors.filter((factor) => factor.free.has(at.name));
  const views = own.map((factor) => viewOf(factor, at, range.to));
  if (own.length === 0 || views.includes(undefined)) return undefined;
  const product = contracted(views as View[], range.to);
  if (product === undefined) return undefined;
  const scalar = body.kind === 'multiply' ? number(body.coefficient) : number(1);
  return multiplyAll([scalar, ...factors.filter((factor) => !own.includes(factor)), product]);
}

/** The sum over the index of the product of all views. */
function contracted(views: readonly View[], size: Term): Term | undefined {
  const vectors = views.flatMap((view) => (view.kind === 'vector' ? [view.vector] : []));
  const matrices = views.flatMap((view) => (view.kind === 'matrix' ? [view] : []));
  const [first, second, ...others] = matrices;
  if (others.length > 0) return undefined;
  const weight = vectors.length === 0 ? undefined : vectors.reduce(hadamard);
  if (first === undefined) {
    const [left, ...rest] = vectors as [Term, ...Term[]];
    if (rest.length > 0) return pair(left, rest.reduce(hadamard));
    return isSquare(left) ? pair(left.base, left.base) : total(left);
  }
  if (second === undefined) return entryOf(matmul(first.matrix, weight ?? ones([size])), [first.row]);
  const between = weight === undefined ? [] : [diag(weight)];
  const product = matmul(first.matrix, ...between, transpose(second.matrix));
  const turned = transpose(product);
  return transposes(turned) < transposes(product)
    ? entryOf(turned, [second.row, first.row])
    : entryOf(product, [first.row, second.row]);
}

function transposes(term: Term): number {
  return isTensor(term, 'transpose') ? 1 : term.parts.reduce((count, part) => count + transposes(part), 0);
}

/** (A x)[i] + (B x)[i] as (A x + B x)[i]; entries of names alone are left. */
function gathered(sum: AddTerm): Term {
  const groups = new Map<
    string,
    { readonly indices: readonly Term[]; readonly terms: Term[]; readonly wholes: Term[] }
  >();
  const others: Term[] = [];
  for (const term of sum.terms) {
    const [entry, coefficient] = term.kind === 'multiply' ? [term.rest, term.coefficient] : [term, undefined];
    const [whole, indices] = entry === undefined ? [undefined, []] : entryParts(entry);
    if (whole === undefined || dimsOf(whole)?.length !== indices.length) {
      others.push(term);
      continue;
    }
    const key = indices.map(({ id }) => id).join(' ');
    const group = groups.get(key) ?? { indices, terms: [], wholes: [] };
    group.terms.push(term);
    group.wholes.push(coefficient === undefined ? whole : multiply(number(coefficient), whole));
    groups.set(key, group);
  }
  const entries = [...groups.values()].flatMap(({ indices, terms, wholes }) =>
    wholes.every((whole) => splitScalar(whole)[1].kind === 'symbol') ? terms : [entryOf(addAll(wholes), indices)],
  );
  return entries.length + others.length < sum.terms.length ? addAll([...others, ...entries]) : sum;
}

/** exp(u[j]) / sum(exp(u)) as softmax(u)[j]. */
function withShares(product: MultiplyTerm, taken: ReadonlySet<string>): Term {
  for (const divisor of product.factors) {
    if (divisor.kind !== 'power' || !isNumber(divisor.exponent, -1) || !isTensor(divisor.base, 'total')) continue;
    const raised = divisor.base.args[0] as Term;
    if (raised.kind !== 'apply' || raised.name !== 'exp' || raised.generic || raised.rank !== 1) continue;
    const inside = raised.args[0] as Term;
    for (const factor of product.factors) {
      const at = factor.kind === 'apply' ? placeWithin(factor, inside, taken) : undefined;
      if (at === undefined) continue;
      const others = product.factors.filter((one) => one !== divisor && one !== factor);
      return multiplyAll([number(product.coefficient), ...others, entryOf(softmax(inside), [at])]);
    }
  }
  return product;
}

/** The index of which a factor is exp of the entry of `inside`. */
function placeWithin(factor: ApplyTerm, inside: Term, taken: ReadonlySet<string>): Term | undefined {
  if (factor.name !== 'exp' || factor.generic) return undefined;
  const places = [...factor.free].map(index);
  return places.find((at) => liftSums(entry(inside, [at]), taken) === factor.args[0]);
}

function isSquare(term: Term): term is Term & { readonly kind: 'power'; readonly base: Term } {
  return term.kind === 'power' && term.exponent === number(2);
}

function viewOf(factor: Term, at: IndexTerm, size: Term): View | undefined {
  const [whole, indices] = entryParts(factor);
  if (whole === undefined || dimsOf(whole)?.length !== indices.length) return vectorView(factor, at, size);
  // A matrix that changes with the index has no view: outside of the sum nothing binds it.
  if (whole.free.has(at.name)) return undefined;
  const [row, column] = indices as [Term, Term | undefined];
  const dims = knownDims(whole);
  const fits = indices.every((one, axis) => one !== at || dims[axis] === size);
  if (!fits) return undefined;
  if (column === undefined) return row === at ? { kind: 'vector', vector: whole } : undefined;
  if (indices.length > 2) return undefined;
  if (row === at && column === at) return { kind: 'vector', vector: diagonal(whole) };
  if (column === at && !row.free.has(at.name)) return { kind: 'matrix', matrix: whole, row };
  return row === at && !column.free.has(at.name)
    ? { kind: 'matrix', matrix: transpose(whole), row: column }
    : undefined;
}

/** What a factor is an entry of, and its indices. */
function entryParts(factor: Term): readonly [Term | undefined, readonly Term[]] {
  if (factor.kind === 'element') return [factor.base, factor.indices];
  if (isTensor(factor, 'entry')) return [factor.args[0], factor.args.slice(1)];
  return [undefined, []];
}

/** A function of entries of vectors at the index, as the same function entry by entry. */
function vectorView(factor: Term, at: IndexTerm, size: Term): View | undefined {
  const elementwise = new Set<Term['kind']>(['add', 'multiply', 'power', 'apply']);
  let isCovered = true;
  const visit = (part: Term): Term => {
    if (!isCovered || !part.free.has(at.name)) return part;
    const view = entryParts(part)[0] === undefined ? undefined : viewOf(part, at, size);
    if (view?.kind === 'vector') return view.vector;
    if (view !== undefined || !elementwise.has(part.kind)) {
      isCovered = false;
      return part;
    }
    return mapParts(part, noNames, visit);
  };
  const vector = visit(factor);
  return isCovered && vector.rank === 1 ? { kind: 'vector', vector: multiply(vector) } : undefined;
}

const noNames: ReadonlySet<string> = new Set();
