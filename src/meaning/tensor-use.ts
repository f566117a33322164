/** Whether formulas hold whole vectors and matrices, as trees and as terms. */

import { isBetweenBars, isTimes, type MathNode, view } from '../syntax/node.ts';
import { factorsOf, partsOf } from '../syntax/walk.ts';
import { partsBelow } from '../term/inspect.ts';
import type { Term } from '../term/term.ts';
import type { Declarations } from './declare.ts';
import { tensorCalls } from './tensor-calls.ts';
import { flattenElement, isBinder, isWholeAxis, nameOf, type Usage } from './usage.ts';

/** Calls that scalars and families have too: they alone do not make a formula one of matrices. */
const common: ReadonlySet<string> = new Set(['dot', 'norm', 'max', 'softmax', 'logsumexp', 'vjp', 'jvp']);

/**
 * Whether matrix calculus is needed: a name that is declared as a vector or matrix stands in the formulas as a whole, or
 * an operation is used that nothing else has.
 */
export function usesTensors(
  nodes: readonly MathNode[],
  usage: ReadonlyMap<string, Usage>,
  declarations: Declarations,
  wanted: readonly { readonly node: MathNode }[],
  pairs: readonly (readonly [MathNode, MathNode])[] = [],
): boolean {
  const known = { usage, declarations, defined: definedBy(pairs), lookedAt: new Set<string>() };
  for (const name of declarations.dims.keys()) if (usage.get(name)?.bare !== undefined) return true;
  for (const [name, axes] of declarations.axes) {
    const use = usage.get(name);
    if (axes > 1 && use?.bare !== undefined && !declarations.families.has(name)) return true;
    // Of a family of matrices each member is a whole.
    if (use !== undefined && declarations.families.has(name) && axes - use.subscripts > 1) return true;
  }
  const variables = wanted.map(({ node }) => view(node));
  if (variables.some((seen) => seen.kind === 'symbol' && (declarations.dims.get(seen.name)?.length ?? 0) > 1))
    return true;
  // What an index stands behind is looked at after the index is.
  const entries = new Set<MathNode>();
  const waiting = [...nodes, ...wanted.map(({ node }) => node).filter((node) => view(node).kind === 'element')];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'operator' && (seen.operator === "'" || seen.operator.startsWith('.'))) return true;
    if (seen.kind === 'element' && seen.indices.some(isWholeAxis)) return true;
    if (seen.kind === 'operator' && isTimes(node) && seen.args.every((arg) => holdsFactor(arg, usage, declarations)))
      return true;
    // Bars around a bold letter are its length or its determinant.
    if (seen.kind === 'call' && isBetweenBars(node) && holdsWhole(seen.args[0] as MathNode, usage, declarations))
      return true;
    if (seen.kind === 'call' && tensorCalls.has(seen.name) && !common.has(seen.name)) return true;
    if (isWholeSoftmax(node) && !entries.has(node)) return true;
    if (seen.kind === 'element') entries.add(flattenElement(node).base);
    if (seen.kind === 'element' && isProductOfCapitals(flattenElement(node).base)) return true;
    const isOfVectors =
      seen.kind === 'call' && common.has(seen.name) && (seen.args.length === 1 || seen.name === 'dot');
    if (isOfVectors && seen.args.some((arg) => holdsMatrix(arg, known))) return true;
    for (const part of partsOf(node)) waiting.push(part);
  }
  return false;
}

/** The softmax of a name is that of a vector, as a whole. */
function isWholeSoftmax(node: MathNode): boolean {
  const seen = view(node);
  return (
    seen.kind === 'call' && seen.name === 'softmax' && seen.args.length === 1 && !!nameOf(seen.args[0] as MathNode)
  );
}

/** Whether a name is, or begins, a sum or difference of names that are vectors or matrices. */
function holdsWhole(node: MathNode, usage: ReadonlyMap<string, Usage>, declarations: Declarations): boolean {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return holdsWhole(seen.content, usage, declarations);
  if (seen.kind === 'symbol') {
    const axes = declarations.axes.get(seen.name) ?? 0;
    return axes > (usage.get(seen.name)?.subscripts ?? 0);
  }
  const isSum = seen.kind === 'operator' && '+-'.includes(seen.operator);
  return isSum && seen.args.some((arg) => holdsWhole(arg, usage, declarations));
}

/** Whether a product, or what stands in brackets, has a whole as a factor: the m v of r × m v. */
function holdsFactor(node: MathNode, usage: ReadonlyMap<string, Usage>, declarations: Declarations): boolean {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return holdsFactor(seen.content, usage, declarations);
  const isProduct = seen.kind === 'operator' && (seen.operator === '*' || (seen.operator === '-' && !seen.args[1]));
  if (isProduct) return seen.args.some((arg) => holdsFactor(arg, usage, declarations));
  return holdsWhole(node, usage, declarations);
}

/** What is known of names where a formula is looked at. */
interface KnownNames {
  readonly usage: ReadonlyMap<string, Usage>;
  readonly declarations: Declarations;
  readonly defined: ReadonlyMap<string, MathNode>;
  /** Names whose definitions have been looked at: once tells all, and names that rest on one another end there. */
  readonly lookedAt: Set<string>;
}

/** What each name is defined as. */
function definedBy(pairs: readonly (readonly [MathNode, MathNode])[]): ReadonlyMap<string, MathNode> {
  return new Map(
    pairs.flatMap(([head, body]) => {
      const name = view(head);
      return name.kind === 'symbol' ? [[name.name, body] as const] : [];
    }),
  );
}

/**
 * Whether a capital, or a power of one, stands before another name in the argument of a function of vectors: norm(A * x - b);
 * or in what a name there is defined as, r = A * x - b.
 */
function holdsMatrix(node: MathNode, known: KnownNames): boolean {
  const { usage, declarations, defined, lookedAt } = known;
  const seen = view(node);
  // What is done to each entry keeps the shape; other operations have arguments of their own.
  if (seen.kind === 'call' && (seen.args.length !== 1 || tensorCalls.has(seen.name) || isBinder(seen.name)))
    return false;
  if (seen.kind === 'symbol') {
    const body = lookedAt.has(seen.name) ? undefined : defined.get(seen.name);
    lookedAt.add(seen.name);
    return body !== undefined && holdsMatrix(body, known);
  }
  if (seen.kind === 'operator' && seen.operator === '*') {
    const [left, second] = seen.args.map((factor) => view(baseOf(factor)));
    // A member with one index, A_k x, may be a matrix as well.
    const first = left?.kind === 'element' && left.indices.length === 1 ? view(left.object) : left;
    const isOpen =
      first?.kind === 'symbol' &&
      /^\p{Lu}/u.test(first.name) &&
      (usage.get(first.name)?.subscripts ?? 0) === (first === left ? 0 : 1) &&
      !declarations.axes.has(first.name);
    if (isOpen && second?.kind === 'symbol' && !declarations.axes.has(second.name)) return true;
    if (isOpen && (second?.kind === 'call' || second?.kind === 'element')) return true;
    // A sum of matrices before a name: (W + B A) x.
    if (second?.kind === 'symbol' && isSumOfCapitals(seen.args[0] as MathNode, known)) return true;
  }
  return partsOf(node).some((part) => holdsMatrix(part, known));
}

/** The W H of (W H)_{ij}, whose entries are those of a matrix. */
function isProductOfCapitals(node: MathNode): boolean {
  const factors = factorsOf(node).map((factor) => {
    const seen = view(factor);
    return nameOf(seen.kind === 'operator' && seen.operator === "'" ? (seen.args[0] as MathNode) : factor);
  });
  return factors.length > 1 && factors.every((name) => name !== undefined && /^\p{Lu}/u.test(name));
}

/** Whether all terms of a sum in brackets end with a capital of which nothing else is said. */
function isSumOfCapitals(node: MathNode, { usage, declarations }: KnownNames): boolean {
  const inner = view(node);
  const sum = inner.kind === 'parenthesis' ? view(inner.content) : inner;
  if (sum.kind !== 'operator' || !'+-'.includes(sum.operator) || sum.args.length < 2) return false;
  return sum.args.every((term) => {
    const name = nameOf(factorsOf(term).at(-1) as MathNode);
    const isOpen = name !== undefined && usage.get(name)?.subscripts === 0 && !declarations.axes.has(name);
    return isOpen && /^\p{Lu}/u.test(name);
  });
}

/** What a power is taken of; anything else itself. */
function baseOf(node: MathNode): MathNode {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === '^' ? (seen.args[0] as MathNode) : node;
}

/** Whether anything in a term goes beyond scalars and inner products of vectors. */
export function holdsTensors(term: Term): boolean {
  const parts = partsBelow(term);
  // The base of an element is no whole.
  const bases = new Set<Term>(parts.flatMap((part) => (part.kind === 'element' ? [part.base] : [])));
  return parts.some((part) => {
    if (part.kind === 'tensor') return true;
    if (part.rank === 0 || bases.has(part)) return false;
    if (part.kind === 'power' || part.kind === 'apply' || part.rank > 1) return true;
    if (part.kind === 'multiply') return part.factors.filter((factor) => factor.rank > 0).length > 1;
    return part.kind === 'add' && part.terms.some((one) => one.rank === 0);
  });
}

/** The names by which something in the formulas is differentiated. */
export function variablesIn(nodes: readonly MathNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    const by =
      seen.kind === 'call' && /^(d|D|vjp|jvp)$/.test(seen.name)
        ? seen.args[seen.name === 'jvp' ? 1 : seen.args.length - 1]
        : undefined;
    const name = by === undefined ? undefined : view(flattenElement(by).base);
    if (name?.kind === 'symbol') names.add(name.name);
    for (const part of partsOf(node)) waiting.push(part);
  }
  return names;
}
