/** Operations on vectors and matrices as terms: their arguments as arrays, and what `numbers/arrays.ts` makes of them. */

import { invalid, stop, type Value } from '../numbers/arithmetic.ts';
import { type ArrayOperation, arrayOperations, type NumberArray, placeOf, sumOf, tuples } from '../numbers/arrays.ts';
import { knownDims } from '../term/dims.ts';
import type { DerivativeTerm, TensorTerm, Term } from '../term/term.ts';
import type { Evaluation, Scope } from './evaluation.ts';
import { evaluateInteger, memoKey, noIndices } from './indices.ts';

/** Evaluates the entry of a term that the indices name. */
type Evaluate = (term: Term, tail: readonly number[], at: Evaluation) => Value;

/** How terms and their derivatives are evaluated. */
export interface Evaluator {
  readonly evaluate: Evaluate;
  /** The derivative of every entry of `of` by one entry of `by`. */
  readonly tangentsOf: (
    term: Pick<DerivativeTerm, 'of' | 'by'>,
    entry: readonly number[],
    at: Evaluation,
  ) => readonly Value[];
  /** The derivative of every entry of `of` along a change of `by`. */
  readonly tangentsAlong: (term: Pick<DerivativeTerm, 'of' | 'by'>, change: Term, at: Evaluation) => readonly Value[];
}

const arrays = new WeakMap<Scope, Map<number | string, readonly Value[]>>();

/** The entry of an operation that `tail` names. */
export function evaluateTensor(term: TensorTerm, tail: readonly number[], at: Evaluation, evaluator: Evaluator): Value {
  // With sums as unknowns of their own there are no lengths: see `entries.ts` for proofs that have them.
  if (at.opaqueSums) return stop('unsupported: matrices without lengths');
  const sizes = sizesOf(term, at);
  if (term.operation === 'vjp') return pullBack(term, tail, at, evaluator);
  const known = arrays.get(at.scope) ?? new Map<number | string, readonly Value[]>();
  arrays.set(at.scope, known);
  const key = memoKey(term, at);
  let entries = known.get(key);
  if (entries === undefined) {
    entries =
      term.operation === 'jvp'
        ? pushForward(term, at, evaluator)
        : operate(term, term.operation, at, evaluator.evaluate);
    known.set(key, entries);
  }
  return entries[placeOf(tail, sizes)] ?? invalid;
}

function pushForward(term: TensorTerm, at: Evaluation, { tangentsAlong }: Evaluator): readonly Value[] {
  const [of, by, change] = term.args as readonly [Term, DerivativeTerm['by'], Term];
  return tangentsAlong({ of, by }, change, at);
}

function pullBack(term: TensorTerm, tail: readonly number[], at: Evaluation, { evaluate, tangentsOf }: Evaluator) {
  const [weight, of, by] = term.args as readonly [Term, Term, DerivativeTerm['by']];
  const slopes = tangentsOf({ of, by }, tail, at);
  const weights = tuples(sizesOf(of, at)).map((tuple) => evaluate(weight, tuple, at));
  return sumOf(
    slopes.map((slope, k) => at.operations.multiply(slope, weights[k] as Value)),
    at.operations,
  );
}

/** The lengths of the axes of a term, as numbers. */
export function sizesOf(term: Term, at: Evaluation): readonly number[] {
  return term.rank === 0 ? noIndices : knownDims(term).map((dim) => evaluateInteger(dim, at));
}

type Operation = Exclude<TensorTerm['operation'], 'vjp' | 'jvp'>;

const meanings: Readonly<Record<Operation, ArrayOperation>> = arrayOperations;

/** Operations of which the scalars among the arguments are lengths, places or letters. */
const counting: ReadonlySet<Operation> = new Set<Operation>([
  'ones',
  'eye',
  'unvec',
  'part',
  'einsum',
  'column',
  'row',
]);

/** All entries of an operation. */
function operate(term: TensorTerm, operation: Operation, at: Evaluation, evaluate: Evaluate): readonly Value[] {
  if (operation === 'entry') {
    const [whole, ...indices] = term.args as [Term, ...Term[]];
    const place = indices.map((index) => evaluateInteger(index, at));
    return [evaluate(whole, place, at)];
  }
  const counts = counting.has(operation);
  const args = term.args.map((arg): NumberArray => {
    if (counts && arg.rank === 0) return { sizes: noIndices, entries: [counted(evaluateInteger(arg, at))] };
    const sizes = sizesOf(arg, at);
    return { sizes, entries: tuples(sizes).map((tuple) => evaluate(arg, tuple, at)) };
  });
  return meanings[operation](args, at.operations, sizesOf(term, at));
}

/** A whole number that is no residue. */
const counted = (value: number): Value => ({ level: 0, value, scale: Math.abs(value) });
