/** What each name is in one model: index, quantity or function, and its axes. */

import { withSource } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { letterFunctions } from '../syntax/functions.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { nothingWritten } from '../term/written.ts';
import { type Declarations, lengthNames } from './declare.ts';
import type { InlineFunction, Scope } from './lower.ts';
import { type Part, sidesOf } from './parts.ts';
import { inferAxes } from './shapes.ts';
import { shapesOf, usesTensors, variablesIn } from './tensor-use.ts';
import { gatherUsage, letterQuantities, type Usage } from './usage.ts';
import { type BesideExpression, baseName, type WantedVariable } from './wanted.ts';

/** How a source is to be read beyond what it says. */
export interface Aims {
  /** Whole vectors are differentiated by more than once, or along one: matrix calculus is needed though a single gradient is not. */
  readonly whole?: boolean;
  readonly beside?: readonly BesideExpression[];
  /** Whether the variables are scalars, as the t of x(t) is. */
  readonly scalars?: boolean;
  /** Whether an expression at which a known function is differentiated gets a name of its own, as the 2 of f'(2). */
  readonly introduces?: boolean;
}

export interface ModelScope extends Scope {
  readonly shapes?: ReadonlyMap<string, readonly string[]>;
  /** Names by which the formulas themselves differentiate. */
  readonly varied: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

/** The scope in which the lines of a source and the variables are lowered. Throws on a clash of shapes. */
export function buildScope(
  parts: readonly Part[],
  wanted: readonly WantedVariable[],
  functions: FunctionTable,
  declarations: Declarations,
  aims: Aims,
): ModelScope {
  const lengths = lengthNames(declarations);
  const formulas = formulasOf(parts);
  const usage = gatherUsage(formulas.written, lengths);
  const { axes, shapes } = decideShapes(formulas, wanted, usage, declarations, aims);
  for (const { source, node } of wanted) {
    withSource(source, () => {
      const own = gatherUsage([node], lengths);
      if (shapes === undefined)
        for (const [name, count] of inferAxes([node], [], own, axes)) if (!axes.has(name)) axes.set(name, count);
      for (const [name, use] of own) merge(usage, name, use);
    });
  }
  const asked = new Set(wanted.map(baseName));
  const indices = indicesIn(parts, asked, usage, declarations);
  const quantities = quantitiesIn(parts, asked, usage, declarations);
  const shadowed = new Set(
    ['e', 'pi'].filter((name) => quantities.has(name) || (usage.get(name)?.subscripts ?? 0) > 0 || indices.has(name)),
  );
  return {
    functions,
    axes,
    indices,
    lengths,
    quantities,
    inlined: inlinedIn(parts),
    shadowed,
    written: nothingWritten(),
    varied: variablesIn(formulas.bodies),
    names: new Set(usage.keys()),
    ...(shapes === undefined ? {} : { tensors: true, shapes }),
  };
}

interface Formulas {
  /** What has a value: all expressions but the bodies of functions. */
  readonly bodies: readonly MathNode[];
  /** What has one value: a name and what it is defined by, both sides of an equation. */
  readonly pairs: readonly (readonly [MathNode, MathNode])[];
  /** All that is written, for the uses of names. */
  readonly written: readonly MathNode[];
}

function formulasOf(parts: readonly Part[]): Formulas {
  const plain = parts.filter((part) => part.kind !== 'function' || part.isLast);
  const named = parts.flatMap((part) =>
    part.nameNode === undefined || part.kind === 'function' ? [] : [part.nameNode],
  );
  return {
    bodies: plain.flatMap(sidesOf),
    pairs: plain.flatMap((part) => {
      if (part.right !== undefined) return [[part.body, part.right] as const];
      return part.kind === 'definition' && part.nameNode !== undefined ? [[part.nameNode, part.body] as const] : [];
    }),
    written: [...named, ...parts.flatMap(sidesOf)],
  };
}

interface DecidedShapes {
  readonly axes: Map<string, number>;
  /** Where whole vectors and matrices stand in the formulas. */
  readonly shapes: ReadonlyMap<string, readonly string[]> | undefined;
}

function decideShapes(
  { bodies, pairs }: Formulas,
  wanted: readonly WantedVariable[],
  usage: Map<string, Usage>,
  declarations: Declarations,
  { whole, beside = [], scalars }: Aims,
): DecidedShapes {
  const isOfMatrices = usesTensors(bodies, usage, declarations, wanted);
  const counts = () => inferAxes(bodies, pairs, usage, declarations.axes);
  if (!isOfMatrices && whole !== true) return { axes: withDeclared(counts(), declarations), shapes: undefined };
  const besides = beside.map(({ node }) => node);
  for (const [name, use] of gatherUsage(besides, lengthNames(declarations))) merge(usage, name, use);
  // Where nothing but an inner product tells that names are vectors, it is counted how many axes they have.
  const counted = new Map(isOfMatrices ? [] : vectorsIn(counts()));
  if (scalars === true) for (const one of wanted) counted.set(nameOf(one.node) ?? '', 0);
  const besidePairs = pairsBeside(beside, wanted, bodies);
  const shapes = shapesOf([...bodies, ...besides], [...pairs, ...besidePairs], usage, declarations, counted);
  const axes = new Map([...shapes].map(([name, dims]) => [name, dims.length] as const));
  return { axes: withDeclared(axes, declarations), shapes };
}

function withDeclared(axes: ReadonlyMap<string, number>, declarations: Declarations): Map<string, number> {
  return new Map([...axes, ...[...declarations.axes].filter(([name]) => !axes.has(name))]);
}

function vectorsIn(axes: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...axes].filter(([, count]) => count > 0));
}

/** What stands beside the source with what it has the shape of. A number has none: it stands for all entries. */
function pairsBeside(
  beside: readonly BesideExpression[],
  wanted: readonly WantedVariable[],
  bodies: readonly MathNode[],
): (readonly [MathNode, MathNode])[] {
  return beside.flatMap(({ node, of }) => {
    const like = of === 'value' ? bodies[bodies.length - 1] : wanted[of]?.node;
    return like === undefined || view(node).kind === 'constant' ? [] : [[node, like] as const];
  });
}

function nameOf(node: MathNode): string | undefined {
  const seen = view(node);
  return seen.kind === 'symbol' ? seen.name : undefined;
}

function inlinedIn(parts: readonly Part[]): ReadonlyMap<string, InlineFunction> {
  const inlined = new Map<string, InlineFunction>();
  for (const { kind, name, parameters, body } of parts)
    if (kind === 'function' && name !== undefined) inlined.set(name, { parameters, body });
  return inlined;
}

function definedIn(parts: readonly Part[]): ReadonlySet<string> {
  return new Set(parts.flatMap(({ kind, name }) => (kind === 'definition' && name !== undefined ? [name] : [])));
}

function indicesIn(
  parts: readonly Part[],
  asked: ReadonlySet<string | undefined>,
  usage: ReadonlyMap<string, Usage>,
  declarations: Declarations,
): ReadonlySet<string> {
  const defined = definedIn(parts);
  const indices = new Set(declarations.indices);
  for (const [name, use] of usage) {
    const isQuantityName = defined.has(name) || use.subscripts > 0 || declarations.axes.has(name);
    // In the derivative of sum(x, x, 1, 2) by x the x outside is a quantity: the sum does not depend on it.
    const isBoundOnly = asked.has(name) && !use.behindName;
    if (use.subscript && !isQuantityName && !isBoundOnly) indices.add(name);
  }
  return indices;
}

function quantitiesIn(
  parts: readonly Part[],
  asked: ReadonlySet<string | undefined>,
  usage: ReadonlyMap<string, Usage>,
  declarations: Declarations,
): ReadonlySet<string> {
  const quantities = new Set(
    [...declarations.axes.keys(), ...definedIn(parts), ...letterQuantities(usage)].filter(
      (name) => letterFunctions.has(name) || !isAppliedOutput(name, usage, parts),
    ),
  );
  for (const name of asked) if (name !== undefined) quantities.add(name);
  return quantities;
}

/** `E = E(w)`: the name of the value is that of the function, and the call stays a call. */
function isAppliedOutput(name: string, usage: ReadonlyMap<string, Usage>, parts: readonly Part[]): boolean {
  return usage.get(name)?.applied === true && parts.some((part) => part.name === name && part.kind === 'definition');
}

function merge(usage: Map<string, Usage>, name: string, use: Usage): void {
  const known = usage.get(name);
  if (known === undefined) {
    usage.set(name, use);
    return;
  }
  known.subscript ||= use.subscript;
  known.behindName ||= use.behindName;
}
