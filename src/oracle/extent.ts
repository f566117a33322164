/**
 * How many indices one product of entries in a term can hold, once the term is written as sums of products of entries. So
 * many places on every axis decide an identity for all lengths: see `entries.ts`.
 */

import { elementary } from '../numbers/functions.ts';
import type { Definitions } from '../term/substitute.ts';
import type { ApplyTerm, BinderTerm, MultiplyTerm, PowerTerm, TensorTerm, Term } from '../term/term.ts';

export interface Extent {
  /** The most indices that are summed over in one product; free ones are not counted. */
  readonly summed: number;
  /** The same for the common denominator, in which no index is free. */
  readonly below: number;
  /** The most places that arguments of functions need, so that two of them are told apart. */
  readonly inner: number;
  /** The most indices that one derivative adds by the chain rule. */
  readonly chain: number;
  /** The degree in lengths that stand as numbers. */
  readonly lengths: number;
}

const nothing: Extent = { summed: 0, below: 0, inner: 0, chain: 0, lengths: 0 };

/** What is not written out stands as an unknown of its own, which is noted in `opaque`. */
export interface ExtentWalk {
  readonly definitions: Definitions;
  readonly integers: ReadonlySet<string>;
  readonly opaque: Set<Term>;
  readonly memo: Map<Term, Extent>;
}

export function extentOf(term: Term, walk: ExtentWalk): Extent {
  const known = walk.memo.get(term);
  if (known !== undefined) return known;
  let extent = findExtent(term, walk);
  if (extent === undefined) {
    walk.opaque.add(term);
    extent = nothing;
  }
  walk.memo.set(term, extent);
  return extent;
}

/** Undefined for what is not written out. */
function findExtent(term: Term, walk: ExtentWalk): Extent | undefined {
  switch (term.kind) {
    case 'number':
      return nothing;
    case 'symbol': {
      const definition = walk.definitions.get(term);
      if (definition !== undefined) return extentOf(definition.body, walk);
      return walk.integers.has(term.name) ? { ...nothing, lengths: 1 } : nothing;
    }
    case 'element': {
      if (!term.indices.every(isPlain)) return undefined;
      return walk.definitions.has(term.base) ? extentOf(term.base, walk) : nothing;
    }
    case 'delta':
      return isPlain(term.left) && isPlain(term.right) ? nothing : undefined;
    case 'add':
      return sumOf(term.terms.map((part) => extentOf(part, walk)));
    case 'multiply':
      return productOf(factorsOf(term, walk));
    case 'power':
      return powerExtent(term, walk);
    case 'apply':
      return functionExtent(term, walk);
    case 'sum':
      return isWhole(term) ? withSummed(extentOf(term.body, walk), 1) : undefined;
    case 'dot':
      return withSummed(productOf([extentOf(term.left, walk), extentOf(term.right, walk)]), 1);
    case 'derivative':
      if (term.by.kind === 'element' && !term.by.indices.every(isPlain)) return undefined;
      return derivativeOf(extentOf(term.of, walk));
    case 'tensor':
      return tensorExtent(term, walk);
    default:
      return undefined;
  }
}

const isPlain = (index: Term): boolean => index.kind === 'index';

const isOperand = (arg: Term): boolean => arg.kind !== 'number';

/** A sum over all of an axis. */
function isWhole({ range }: BinderTerm): boolean {
  if (range === undefined) return true;
  return range.from.kind === 'number' && range.from.integer === 1 && range.to.kind === 'symbol';
}

const factorsOf = (term: MultiplyTerm, walk: ExtentWalk): readonly Extent[] =>
  term.factors.map((factor) => extentOf(factor, walk));

function join(parts: readonly Extent[]): Pick<Extent, 'inner' | 'chain' | 'lengths'> {
  return {
    inner: Math.max(0, ...parts.map((part) => part.inner)),
    chain: Math.max(0, ...parts.map((part) => part.chain)),
    lengths: parts.reduce((total, part) => total + part.lengths, 0),
  };
}

/** All over one denominator. */
function sumOf(parts: readonly Extent[]): Extent {
  const below = parts.reduce((total, part) => total + part.below, 0);
  return { ...join(parts), below, summed: Math.max(0, ...parts.map((part) => part.summed + below - part.below)) };
}

function productOf(parts: readonly Extent[]): Extent {
  return {
    ...join(parts),
    below: parts.reduce((total, part) => total + part.below, 0),
    summed: parts.reduce((total, part) => total + part.summed, 0),
  };
}

const withSummed = (extent: Extent, more: number): Extent => ({ ...extent, summed: extent.summed + more });

/** The quotient rule doubles the denominator, the chain rule adds what stands inside. */
function derivativeOf(extent: Extent): Extent {
  return { ...extent, below: 2 * extent.below, summed: extent.summed + extent.below + extent.chain };
}

function powerExtent({ base, exponent }: PowerTerm, walk: ExtentWalk): Extent | undefined {
  if (exponent.kind !== 'number') return functionOf([base, exponent], walk);
  const { numerator, denominator } = exponent.value;
  // A denominator with an index would have as many factors as the axis is long.
  if (numerator < 0n && (base.rank > 0 || base.free.size > 0)) return undefined;
  if (!Number.isSafeInteger(exponent.integer)) {
    const inside = functionOf([base], walk);
    const over = numerator < 0n ? Number(-numerator / denominator) + 1 : Number(numerator / denominator);
    const whole = timesExtent(extentOf(base, walk), numerator < 0n ? -over : over);
    return inside === undefined ? undefined : productOf([inside, whole]);
  }
  const squares = exponent.integer > 0 && exponent.integer % 2 === 0 ? squaredNorm(base, walk) : undefined;
  if (squares !== undefined) return timesExtent(squares, exponent.integer / 2);
  return timesExtent(extentOf(base, walk), exponent.integer);
}

function squaredNorm(base: Term, walk: ExtentWalk): Extent | undefined {
  if (base.kind !== 'tensor' || base.operation !== 'norm') return undefined;
  const [inside] = base.args as readonly [Term];
  return withSummed(timesExtent(extentOf(inside, walk), 2), inside.rank);
}

function timesExtent(extent: Extent, times: number): Extent {
  const count = Math.abs(times);
  const [above, below] = times < 0 ? [extent.below, extent.summed] : [extent.summed, extent.below];
  return { ...extent, summed: count * above, below: count * below, lengths: count * extent.lengths };
}

function functionExtent(term: ApplyTerm, walk: ExtentWalk): Extent | undefined {
  return term.generic || elementary(term.name).algebraic ? functionOf(term.args, walk) : undefined;
}

/** A function is an unknown for each value of its arguments. */
function functionOf(args: readonly Term[], walk: ExtentWalk): Extent {
  const parts = args.map((arg) => extentOf(arg, walk));
  const needs = parts.map((part, k) => placesOf(args[k] as Term, part) + part.below);
  const { inner, lengths } = join(parts);
  const chain = Math.max(0, ...parts.map((part) => part.summed + 2 * part.below + part.chain));
  return { summed: 0, below: 0, inner: Math.max(inner, ...needs), chain, lengths };
}

/** All indices of one product, free ones included. */
function placesOf(term: Term, extent: Extent): number {
  return extent.summed + extent.below + term.rank + term.free.size;
}

function tensorExtent(term: TensorTerm, walk: ExtentWalk): Extent | undefined {
  const parts = (): readonly Extent[] => term.args.map((arg) => extentOf(arg, walk));
  const [first, second, third] = term.args as readonly [Term, Term, Term];
  switch (term.operation) {
    case 'matmul':
    case 'form':
      return withSummed(productOf(parts()), term.args.length - 1);
    case 'cross':
      // The sum of e_ijk u_j v_k, over two indices of an axis of three places.
      return withSummed(productOf(parts()), 2);
    case 'skew':
      return withSummed(extentOf(first, walk), 1);
    case 'einsum': {
      // Behind the operands stand the codes of their letters, then those of the output.
      const [operands, codes] = [term.args.filter(isOperand), term.args.filter((arg) => !isOperand(arg))];
      const product = productOf(operands.map((operand) => extentOf(operand, walk)));
      return withSummed(product, new Set(codes).size - term.rank);
    }
    case 'transpose':
    case 'diag':
    case 'diagonal':
      return extentOf(first, walk);
    case 'ones':
    case 'eye':
      return nothing;
    case 'trace':
    case 'rowsum':
      return withSummed(extentOf(first, walk), 1);
    case 'total':
      return withSummed(extentOf(first, walk), first.rank);
    case 'mean': {
      const total = withSummed(extentOf(first, walk), first.rank);
      return { ...total, lengths: total.lengths + first.rank };
    }
    case 'norm': {
      const square = withSummed(timesExtent(extentOf(first, walk), 2), first.rank);
      return {
        ...nothing,
        inner: Math.max(square.inner, square.summed + 2 * square.below),
        chain: square.summed + square.below + square.chain,
        lengths: square.lengths,
      };
    }
    case 'entry':
      return term.args.slice(1).every(isPlain) ? extentOf(first, walk) : undefined;
    case 'column':
    case 'row':
      return isPlain(second) ? extentOf(first, walk) : undefined;
    case 'jvp':
      return withSummed(productOf([derivativeOf(extentOf(first, walk)), extentOf(third, walk)]), second.rank);
    case 'vjp':
      return withSummed(productOf([extentOf(first, walk), derivativeOf(extentOf(second, walk))]), second.rank);
    default:
      return undefined;
  }
}
