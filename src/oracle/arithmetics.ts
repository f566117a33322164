/** The arithmetics that the comparisons of one oracle share: made when they are first wanted, and kept. */

import type { Arithmetic, Operations } from '../numbers/arithmetic.ts';
import { createOperations } from '../numbers/dual.ts';
import { drawFunction, type SmoothFunction } from '../numbers/generic.ts';
import { mix } from '../numbers/hash.ts';
import { createReal } from '../numbers/real.ts';
import { createComplex } from './complex.ts';
import { createModular } from './modular.ts';
import { createPrecise } from './precise.ts';

/** Operations with generic functions drawn for them. */
export interface Drawn {
  readonly operations: Operations;
  /** The functions that have been asked for, by name and number of arguments. */
  readonly functions: ReadonlyMap<string, SmoothFunction>;
}

export interface Arithmetics {
  /** Arithmetic modulo a prime, its unknowns chosen by `seed`. */
  modular(prime: number, seed: number): Operations;
  /** Real or complex arithmetic with the generic functions of a round. */
  drawn(field: 'real' | 'complex', round: number): Drawn;
  /** Arithmetic in many digits. */
  precise(): Operations;
}

export function createArithmetics(seed: number): Arithmetics {
  const modular = new Map<string, Operations>();
  const drawn = new Map<string, Drawn>();
  let precise: Operations | undefined;
  return {
    modular: (prime, own) => remember(modular, `${prime} ${own}`, () => createOperations(createModular(prime, own))),
    precise: () => {
      precise ??= createOperations(createPrecise());
      return precise;
    },
    drawn: (field, round) => remember(drawn, `${field} ${round}`, () => drawOperations(field, seed, round)),
  };
}

function remember<T>(known: Map<string, T>, key: string, make: () => T): T {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}

/** Operations in which every generic function is one drawn at random for this round. */
export function drawOperations(field: 'real' | 'complex', seed: number, round: number): Drawn {
  const own = mix(mix(seed, 53), round);
  return operationsWith(field, (name, arity) => drawFunction(own, name, arity));
}

/** Operations in which generic functions are what `choose` gives for a name, a number of arguments and how many came before. */
export function operationsWith(
  field: 'real' | 'complex',
  choose: (name: string, arity: number, at: number) => SmoothFunction,
): Drawn {
  const functions = new Map<string, SmoothFunction>();
  const draw = (name: string, arity: number): SmoothFunction =>
    remember(functions, `${name} ${arity}`, () => choose(name, arity, functions.size));
  const arithmetic: Arithmetic = field === 'real' ? createReal(draw) : createComplex(draw);
  return { operations: createOperations(arithmetic), functions };
}
