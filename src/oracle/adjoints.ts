/**
 * All adjoints of a program at once, by the dot product test: every intermediate and every variable is pushed a little on its
 * own, and the change of the output is the sum of the pushes times the adjoints (Griewank and Walther, Evaluating Derivatives,
 * 2008, section 3.3: forward and reverse mode are transposes of one another). Each push is the larger the smaller its adjoint
 * is, so that all weigh the same and a wrong one shows, however small. It takes the time of one tangent, whatever their number.
 */

import { baseOf, type Scalar, stop, type Value } from '../numbers/arithmetic.ts';
import { tangentOf } from '../numbers/dual.ts';
import { finish, hashText, mix } from '../numbers/hash.ts';
import { addAll, element, index, multiply, sum } from '../term/construct.ts';
import { type Rational, rational } from '../term/rational.ts';
import { type Definition, type Definitions, variableSymbol } from '../term/substitute.ts';
import { inner } from '../term/tensor/entrywise.ts';
import { matmul, transpose } from '../term/tensor/products.ts';
import { trace } from '../term/tensor/square.ts';
import type { SymbolTerm, Term, Variable } from '../term/term.ts';
import { evaluate } from './evaluate.ts';
import { createScope, type Evaluation } from './evaluation.ts';

/** What is claimed to be the derivative of the output by `of`: a name, whose definition may hold other such names. */
export interface ClaimedAdjoint {
  readonly of: Variable;
  readonly definition: Definition;
}

/** The definitions with those of the adjoints. */
export function withAdjoints(definitions: Definitions, adjoints: readonly ClaimedAdjoint[]): Definitions {
  return new Map([...definitions, ...adjoints.map(({ definition }) => [definition.symbol, definition] as const)]);
}

/** A term in which every adjoint stands beside what it belongs to, so that the axes of both are known to be the same. */
export function besideAll(adjoints: readonly ClaimedAdjoint[]): Term {
  return addAll(adjoints.map(({ of, definition }) => beside(of, definition)));
}

function beside(of: Variable, { symbol, parameters }: Definition): Term {
  const own = of.kind === 'element' ? element(symbol, of.indices) : symbol;
  const product = productOf(own, of);
  return parameters.reduce<Term>((body, parameter) => sum(parameter, body), product);
}

function productOf(left: Term, right: Term): Term {
  if (left.rank === 0) return multiply(left, right);
  return left.rank === 1 ? inner(left, right) : trace(matmul(transpose(left), right));
}

/**
 * The change of `target` where all that has an adjoint is pushed, by tangents and by the adjoints. Those that are said to be 0 are
 * pushed by themselves: no push makes them weigh as much as others.
 */
export function pushAll(
  target: Term,
  adjoints: readonly ClaimedAdjoint[],
  seed: number,
): (at: Evaluation) => readonly (readonly [Value, Value])[] {
  return (point) => {
    // When all names have been evaluated nothing is far below an adjoint, which rests on earlier ones.
    evaluate(target, [], point);
    const at: Evaluation = { ...point, orders: undefined };
    const [others, zeros] = [noChanges(at), noChanges(at)];
    const known = new Set<string>();
    for (const { of, definition } of adjoints) {
      const symbol = variableSymbol(of);
      for (const entry of entriesOf(of, at)) {
        const key = `${symbol.id}:${entry.join()}`;
        // Members that are asked for twice, by w[j] and w[k], are pushed once.
        if (known.has(key)) continue;
        known.add(key);
        const adjoint = adjointAt(of, definition, entry, at);
        const change = at.operations.arithmetic.rational(
          pushFor(adjoint, mix(seed, hashText(`${symbol.name}:${entry}`))),
        );
        push(baseOf(adjoint).value === 0 ? zeros : others, { symbol, entry, adjoint, change }, at);
      }
    }
    return [others, zeros]
      .filter(({ changes }) => changes.size > 0)
      .map(({ changes, expected }) => [tangentUnder(changes, target, point), expected]);
  };
}

type Changes = Map<SymbolTerm, Map<string, Value>>;

interface Pushed {
  readonly changes: Changes;
  /** What the adjoints say of the change of the output. */
  expected: Value;
}

function noChanges({ operations }: Evaluation): Pushed {
  return { changes: new Map(), expected: operations.integer(0) };
}

interface Move {
  readonly symbol: SymbolTerm;
  readonly entry: readonly number[];
  readonly adjoint: Value;
  readonly change: Value;
}

function push(pushed: Pushed, { symbol, entry, adjoint, change }: Move, { operations }: Evaluation): void {
  const own = pushed.changes.get(symbol) ?? new Map<string, Value>();
  pushed.changes.set(symbol, own.set(entry.join(), change));
  pushed.expected = operations.add(pushed.expected, operations.multiply(adjoint, change));
}

function tangentUnder(changes: Changes, target: Term, at: Evaluation): Value {
  const outer = at.scope;
  at.scope = createScope([], { level: 1, changes });
  const value = evaluate(target, [], at);
  at.scope = outer;
  return tangentOf(value, 1, at.operations.integer(0) as Scalar);
}

/** All indices of a name, those that are fixed in `of` at their number. */
function entriesOf(of: Variable, at: Evaluation): readonly (readonly number[])[] {
  const symbol = variableSymbol(of);
  const given = of.kind === 'element' ? of.indices : [];
  return Array.from({ length: symbol.axes }, (_, axis) => given[axis]).reduce<number[][]>(
    (tuples, one, axis) => {
      const span = one?.kind === 'number' ? [one.integer] : spanOf(symbol, axis, at);
      return tuples.flatMap((tuple) => span.map((place) => [...tuple, place]));
    },
    [[]],
  );
}

function spanOf(symbol: SymbolTerm, axis: number, at: Evaluation): number[] {
  const [first, last] = at.sample.along(symbol, axis) ?? stop(`not-enough-context: how long ${symbol.name} is`);
  return Array.from({ length: last - first + 1 }, (_, k) => first + k);
}

function adjointAt(
  of: Variable,
  { symbol, parameters, body }: Definition,
  entry: readonly number[],
  at: Evaluation,
): Value {
  const indices = of.kind === 'element' ? of.indices : [];
  // One that is handed on is remembered by its name; one of a single member has no name of its own.
  if (indices.length === parameters.length) {
    const places = indices.map((_, axis) => index(`#push${axis}`));
    return evaluateAt(places.length === 0 ? symbol : element(symbol, places), places, entry, at);
  }
  return evaluateAt(body, indices, entry, at);
}

/** The value of a term where the leading indices of an entry are those that stand in these places. */
function evaluateAt(term: Term, places: readonly Term[], entry: readonly number[], at: Evaluation): Value {
  const outer = at.indices;
  at.indices = new Map(outer);
  places.forEach((place, axis) => {
    if (place.kind === 'index') at.indices.set(place.name, entry[axis] as number);
  });
  const value = evaluate(term, entry.slice(places.length), at);
  at.indices = outer;
  return value;
}

/** A number between 1 and 2 of either sign over the size of the adjoint as a power of two, so that nothing is rounded. */
function pushFor(adjoint: Value, hash: number): Rational {
  const { value } = baseOf(adjoint);
  const size = BigInt(1024 + (finish(hash) % 1024)) * (finish(mix(hash, 3)) % 2 === 0 ? 1n : -1n);
  const exponent = value === 0 || !Number.isFinite(value) ? 0 : Math.round(Math.log2(Math.abs(value)));
  const power = 2n ** BigInt(Math.abs(exponent));
  return exponent > 0 ? rational(size, 1024n * power) : rational(size * power, 1024n);
}
