/** Shapes in formulas of whole vectors and matrices, where a scalar stands for all entries of what it is added to. */

import { isBetweenBars, isTimes, type MathNode } from '../syntax/node.ts';
import { takes } from './call-shapes.ts';
import { join, joinAll, type Lengths, lengthNamed, open, type ShapeRules, type Shaper } from './lengths.ts';
import { guessedAxes, guessFactors, inferProduct, inferTranspose, plainName, tellMembers } from './matrix-products.ts';
import { openAxes } from './shape-walk.ts';
import { tensorCalls } from './tensor-calls.ts';

export const matrixRules: ShapeRules = {
  alike: inferAlike,
  equal: ({ state, args, of }) => {
    const [left, right] = args as [MathNode, MathNode];
    const shape = of(right) ?? of(left);
    joinAll(state, of(left, shape), of(right, shape));
  },
  operator: inferOperator,
  call: inferCall,
  entry: ({ state, args, of }, base) =>
    openAxes(of(base) ?? (state.guess ? of(base, args.map(open)) : undefined), args),
};

function inferAlike({ state, args, of }: Shaper, wanted: Lengths): Lengths {
  const shapes = args.map((part) => of(part));
  const shape = shapes.reduce(
    (known, own) => (own !== undefined && own.length > (known?.length ?? -1) ? own : known),
    wanted,
  );
  if (shape === undefined) return undefined;
  // Beside a number, a name waits for its definition: the p of 1 - p may be a vector.
  const isOpen = wanted === undefined && shape.length === 0 && shapes.includes(undefined);
  if (isOpen && !state.rest) return undefined;
  for (const own of shapes) joinAll(state, own, shape);
  // A scalar stands for all entries, so that only what is a name of its own takes the shape of the others.
  for (const part of args) {
    const own = of(part);
    if (own === undefined && !state.guess && shape.length > 0) continue;
    of(part, own?.length === 0 ? own : shape);
  }
  return shape;
}

function inferOperator(shaper: Shaper, operator: string, wanted: Lengths): Lengths {
  const { args, of } = shaper;
  switch (operator) {
    case "'":
      return inferTranspose(shaper, wanted);
    case '*':
      return inferFactors(shaper, wanted);
    case '^':
      return inferPower(shaper, wanted);
    case '.*':
      return inferEntrywise(shaper, wanted);
    case './':
    case '.^':
      return inferAlike(shaper, wanted);
    default:
      for (const arg of args) of(arg, []);
      return [];
  }
}

/** Of factors that are multiplied entry by entry one at least has entries; capitals are matrices. */
function inferEntrywise(shaper: Shaper, wanted: Lengths): Lengths {
  const { state, args, of } = shaper;
  const known = inferAlike(shaper, wanted);
  if (!state.guess || known !== undefined) return known;
  const guessed = args.map((arg) => guessedAxes(state, arg)).find((axes) => axes !== undefined);
  if (guessed !== undefined) for (const part of args) of(part, guessed);
  return guessed;
}

function inferFactors(shaper: Shaper, wanted: Lengths): Lengths {
  const { state, node, args, of } = shaper;
  const [left, ...others] = args as [MathNode, ...MathNode[]];
  const shapes = isTimes(node) ? args.slice(0, 2).map((arg) => of(arg)) : [];
  if (shapes.length > 0 && shapes.every((shape) => shape?.length === 1)) return inferCross(shaper);
  if (state.guess) {
    tellMembers(shaper, wanted);
    guessFactors(shaper, wanted);
  }
  const own = args.length === 2 ? wanted : undefined;
  return others.reduce<Lengths>((shape, factor) => inferProduct(shaper, shape, left, factor, own), of(left));
}

/** Two vectors with a cross between them have three entries each, unless something else is said of them. */
function inferCross({ state, args, of }: Shaper): Lengths {
  const three = [lengthNamed(state, '3')];
  for (const arg of args) joinAll(state, of(arg, three), three);
  return three;
}

/** A power of a square matrix; ^T is a transpose. */
function inferPower(shaper: Shaper, wanted: Lengths): Lengths {
  const { state, args, of } = shaper;
  const [base, exponent] = args as [MathNode, MathNode];
  if (plainName(exponent) === 'T' && !state.known.has('T')) return inferTranspose(shaper, wanted);
  of(exponent, []);
  const shape = of(base, wanted);
  if (shape?.length === 2) join(state, shape[0], shape[1]);
  return shape;
}

function inferCall(shaper: Shaper, name: string, wanted: Lengths): Lengths {
  const { node, args, of, state } = shaper;
  const [first, second] = args;
  if ((name === 'd' || name === 'D') && args.length === 2) {
    const [by, inner] = [of(second as MathNode), of(first as MathNode)];
    return by === undefined || inner === undefined ? undefined : [...by, ...inner];
  }
  const call = tensorCalls.get(name);
  // A scalar where a vector belongs has no lengths to be handed on; what is wrong with it, the lowering says.
  if (call !== undefined && takes(call, args)) return call.shape(shaper)?.map((length) => length ?? open());
  if (name === 'delta') return [];
  if (first !== undefined && (isBetweenBars(node) || name === 'sum' || name === 'prod')) {
    const shape = of(first);
    // Bars around a matrix are a determinant.
    if (isBetweenBars(node) && shape?.length === 2) join(state, shape[0], shape[1]);
    return [];
  }
  return inferAlike(shaper, wanted);
}
