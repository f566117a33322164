/** What a call of an operation on vectors and matrices is, and how its shape follows from those of its arguments. */

import { type MathNode, view } from '../syntax/node.ts';
import type { Term } from '../term/term.ts';
import { squareOf, withAxes } from './call-demands.ts';
import { join, type Length, type Lengths, lengthNamed, open, type Shaper } from './lengths.ts';
import { guessedAxes } from './matrix-products.ts';

export interface TensorCall {
  readonly arity: readonly [number, number];
  readonly shape: (shaper: Shaper) => Lengths;
  readonly build: (args: readonly Term[], node: MathNode, nodes: readonly MathNode[]) => Term;
}

/** Whether a call has as many arguments as its operation takes. */
export function takes({ arity: [least, most] }: TensorCall, args: readonly MathNode[]): boolean {
  return args.length >= least && args.length <= most;
}

export const argsOf = ({ args, of }: Shaper): Lengths[] => args.map((arg) => of(arg));

export const scalarShape = (shaper: Shaper): Lengths => {
  argsOf(shaper);
  return [];
};

/** The shape of the argument; a vector where nothing tells. */
export const guessedVector = ({ args: [arg], of, state }: Shaper): Lengths => {
  if (arg === undefined) return undefined;
  return of(arg) ?? (state.guess ? of(arg, guessedAxes(state, arg) ?? [open()]) : undefined);
};

export const sameShape = (shaper: Shaper): Lengths => argsOf(shaper)[0];

/** A scalar of one argument with axes. */
export function reduction(build: (term: Term) => Term): TensorCall {
  return {
    arity: [1, 1],
    shape: ({ args, of, state }) => {
      const [arg] = args;
      if (arg !== undefined && of(arg) === undefined && state.guess) of(arg, guessedAxes(state, arg) ?? [open()]);
      return [];
    },
    build: ([term], node) => build(withAxes(term as Term, node)),
  };
}

export function square(build: (term: Term) => Term): TensorCall {
  return {
    arity: [1, 1],
    shape: (shaper) => {
      squareShape(shaper);
      return [];
    },
    build: ([term], node) => build(squareOf(term as Term, node)),
  };
}

/** The shape of an argument that has to be square: its rows are as many as its columns. */
export function squareShape({ args, of, state }: Shaper): Lengths {
  const [arg] = args;
  if (arg === undefined) return undefined;
  const known = of(arg);
  if (known?.length === 2) join(state, known[0], known[1]);
  if (known !== undefined || !state.guess) return known;
  const size = open();
  return of(arg, [size, size]);
}

export const sizeShape =
  (count: (given: number) => number) =>
  ({ args, state }: Shaper): Lengths => {
    const lengths = args.map((arg) => {
      const seen = view(arg);
      const isWhole = seen.kind === 'constant' && /^\d+$/.test(seen.text);
      const name = seen.kind === 'symbol' ? seen.name : isWhole ? seen.text : undefined;
      return name === undefined ? open() : lengthNamed(state, name);
    });
    const wanted = count(args.length);
    return Array.from({ length: wanted }, (_, k) => lengths[k] ?? (lengths[0] as Length));
  };
