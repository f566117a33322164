/**
 * Shapes in formulas of scalars, families and inner products: each operation takes what it says, and a clash is refused
 * with the places that speak for either shape.
 */

import { fail, type Span } from '../problem.ts';
import { greekNames } from '../syntax/names.ts';
import { isDotted, type MathNode, spanOf, view } from '../syntax/node.ts';
import { factorsOf } from '../syntax/walk.ts';
import { type Known, type Lengths, open, type ShapeRules, type Shaper } from './lengths.ts';
import { refuseRowLetter } from './row-letters.ts';
import { nameOf } from './usage.ts';

export const scalarRules: ShapeRules = {
  alike: inferAlike,
  equal: (shaper) => inferAlike(shaper, undefined),
  operator: inferOperator,
  call: inferCall,
  entry: ({ args, of }, base, wanted) => {
    of(base, [...args.map(open), ...(wanted ?? [])]);
    return wanted ?? [];
  },
  clash: refuseShape,
  excess: refuseSubscripts,
};

/** All parts have one shape: that which is wanted, or that which one of them has. */
function inferAlike({ args, of }: Shaper, wanted: Lengths): Lengths {
  let shape = wanted;
  for (const part of args) shape ??= of(part);
  // Only then, as a second look at every level would cost twice as much for each.
  if (shape !== undefined) for (const part of args) of(part, shape);
  return shape;
}

function inferOperator(shaper: Shaper, operator: string, wanted: Lengths): Lengths {
  const { args, of } = shaper;
  if (operator === '*') return inferProduct(shaper, wanted);
  if (operator === "'") return of(args[0] as MathNode, wanted);
  for (const arg of args) of(arg, []);
  return [];
}

function inferProduct({ state, node, args, of }: Shaper, wanted: Lengths): Lengths {
  const shapes = args.map((arg) => of(arg));
  const vectors = args.filter((_, at) => (shapes[at]?.length ?? 0) > 0);
  const [left, right] = vectors;
  if (left !== undefined && right !== undefined) {
    if (isTransposed(left) || (isDotted(node) && args.length === 2)) return [];
    refuseProduct(node, left, right);
  }
  if (left !== undefined) {
    if (wanted?.length === 0) refuseShape(left, 'this factor', 1, 0);
    return shapes[args.indexOf(left)];
  }
  if (wanted?.length === 0) for (const arg of args) of(arg, []);
  if (wanted?.length === 1 && state.guess) guessVector(args, shapes, (arg) => of(arg, wanted));
  return shapes.every((shape) => shape?.length === 0) ? [] : wanted;
}

/** The vector in a product of names alone, where one is needed: as in a x and \alpha g a number stands first, and Greek letters are numbers. */
function guessVector(args: readonly MathNode[], shapes: readonly Lengths[], take: (arg: MathNode) => void): void {
  if (!args.every(isPlain)) return;
  const open = args.filter((_, at) => shapes[at] === undefined);
  const chosen = open.findLast((arg) => !isGreek(arg)) ?? open.at(-1);
  if (chosen === undefined) return;
  if (/^\p{Lu}/u.test(nameOf(chosen) ?? ''))
    refuseRowLetter(open.slice(0, open.indexOf(chosen)).flatMap(factorsOf), chosen);
  take(chosen);
}

/** A name, with or without indices, a number, or a product of such. */
function isPlain(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'operator' && '*/-'.includes(seen.operator)) return seen.args.every(isPlain);
  return seen.kind === 'symbol' || seen.kind === 'element' || seen.kind === 'constant';
}

const greek: ReadonlySet<string> = new Set(greekNames.values());

function isGreek(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'symbol' && greek.has(seen.name.split('_')[0] as string);
}

function inferCall({ node, args, of }: Shaper, name: string, wanted: Lengths): Lengths {
  const [first, second] = args;
  if (first === undefined) return wanted;
  if ((name === 'd' || name === 'D') && second !== undefined) {
    // D(u, v) by an element: the shape of u; by a vector: one axis more. Either may be what is still unknown.
    const by = of(second) ?? [];
    const inner = of(first, wanted?.slice(by.length));
    return inner === undefined ? wanted : [...by, ...inner];
  }
  if (name === 'softmax') {
    of(first, wanted);
    return wanted;
  }
  const takesVectors = vectorFunctions.has(name) || (name === 'sum' && second === undefined);
  const shape = takesVectors ? [open()] : [];
  for (const arg of args) if (!(name === 'delta' && view(arg).kind === 'symbol')) of(arg, shape);
  if (wanted !== undefined && wanted.length > 0) refuseShape(node, `${name}(...)`, 0, wanted.length);
  return [];
}

const vectorFunctions: ReadonlySet<string> = new Set(['dot', 'norm', 'logsumexp']);

/** Whether anything in a call by this name speaks of a vector. */
export function takesVector(name: string): boolean {
  return vectorFunctions.has(name);
}

/** Whether a node is `u'`: the row in an inner product. */
export function isTransposed(node: MathNode): boolean {
  let seen = view(node);
  while (seen.kind === 'parenthesis') seen = view(seen.content);
  return seen.kind === 'operator' && seen.operator === "'";
}

function axesName(count: number): string {
  return count === 0 ? 'a scalar' : count === 1 ? 'a vector' : count === 2 ? 'a matrix' : `a tensor with ${count} axes`;
}

function refuseShape(node: MathNode, what: string, own: number, wanted: number, other?: Span): never {
  return fail({
    code: 'shape-clash',
    message: `${what} is ${axesName(own)}, but ${axesName(wanted)} is needed here`,
    ...spanField(node),
    hint: wanted === 1 ? 'dot(u, v) takes two vectors' : 'write the inner product of vectors as dot(u, v)',
    ...(other === undefined ? {} : { related: { span: other, message: `its shape follows from this use:` } }),
  });
}

/** Refuses a name with more indices than it has axes. */
export function refuseSubscripts(name: string, subscripts: number, at: Span | undefined, known: Known): never {
  const count = subscripts === 1 ? 'one index' : `${subscripts} indices`;
  return fail({
    code: 'shape-clash',
    message: `${name} has ${count} here, but it is ${axesName(known.lengths.length)}`,
    ...(at === undefined ? {} : { span: at }),
    hint: `use ${name} with the same number of indices everywhere, or declare its shape`,
    ...(known.at === undefined ? {} : { related: { span: known.at, message: 'its shape follows from this use:' } }),
  });
}

function refuseProduct(node: MathNode, left: MathNode, right: MathNode): never {
  const second = spanOf(right);
  return fail({
    code: 'shape-clash',
    message: 'two vectors are multiplied',
    ...spanField(node),
    hint: "write their inner product: dot(u, v) or u' * v",
    ...(second === undefined || spanOf(left) === undefined
      ? {}
      : { related: { span: second, message: 'the second vector:' } }),
  });
}

function spanField(node: MathNode): { span?: Span } {
  const span = spanOf(node);
  return span === undefined ? {} : { span };
}
