/** How many axes each name of a model has, and how long they are. */

import { type MathNode, view } from '../syntax/node.ts';
import { valueTraits } from '../term/dims.ts';
import { type Declarations, lengthNames } from './declare.ts';
import { callsWrittenOut } from './inline-calls.ts';
import { type Part, sidesOf } from './parts.ts';
import { inferAxes, inferShapes } from './shapes.ts';
import { usesTensors } from './tensor-use.ts';
import { flattenElement, gatherUsage, mergeUsage, namesWithMembers, type Usage } from './usage.ts';
import { type BesideExpression, baseName, type WantedVariable } from './wanted.ts';

/** How a source is to be read beyond what it says. */
export interface Aims {
  /**
   * Where the variables, as well as these names, must not be taken apart if they are vectors: they are differentiated by
   * more than once, or along one, so that matrix calculus is needed though for a single gradient it is not.
   */
  readonly wholes?: readonly string[];
  /** Whether of a family that is asked for by its name alone, as beta is, a member is meant: beta[j]. */
  readonly members?: boolean;
  readonly beside?: readonly BesideExpression[];
  /** Whether the variables are scalars, as the t of x(t) is. */
  readonly scalars?: boolean;
  /** Whether an expression at which a known function is differentiated gets a name of its own, as the 2 of f'(2). */
  readonly introduces?: boolean;
}

/** The trees of a source by what they tell of shapes. */
export interface Formulas {
  /** What has a value: all expressions but the bodies of functions. */
  readonly bodies: readonly MathNode[];
  /** What has one value: a name and what it is defined by, both sides of an equation. */
  readonly pairs: readonly (readonly [MathNode, MathNode])[];
  /** All expressions, those of functions too. */
  readonly sides: readonly MathNode[];
  /** The names that are defined, as they are written. */
  readonly heads: readonly MathNode[];
}

/** The trees of all lines. */
export function formulasOf(parts: readonly Part[]): Formulas {
  const plain = parts.filter((part) => part.kind !== 'function' || part.isLast);
  const writeOut = callsWrittenOut(parts);
  return {
    bodies: plain.flatMap(sidesOf).map(writeOut),
    pairs: plain.flatMap((part) => {
      const body = writeOut(part.body);
      if (part.right !== undefined) return [[body, writeOut(part.right)] as const];
      return part.kind === 'definition' && part.nameNode !== undefined ? [[part.nameNode, body] as const] : [];
    }),
    sides: parts.flatMap(sidesOf),
    heads: parts.flatMap(({ nameNode, kind }) => (nameNode === undefined || kind === 'function' ? [] : [nameNode])),
  };
}

/** What is decided about the shapes of names before anything is lowered. */
export interface DecidedShapes {
  readonly axes: Map<string, number>;
  /** By name, where products need not commute: the formulas are of whole vectors and matrices, or read as such. */
  readonly shapes: ReadonlyMap<string, readonly string[]> | undefined;
  /** Whether the formulas themselves show whole vectors and matrices. */
  readonly isOfMatrices: boolean;
  /** Whether a vector must not be taken apart, so that matrix calculus is needed; see {@link Aims}. */
  readonly asksWholes: boolean;
  /** Names of which members are written. */
  readonly families: ReadonlySet<string>;
}

/** Decides the shapes of all names; `usage` takes in what stands beside the source. Throws on a clash. */
export function decideShapes(
  formulas: Formulas,
  wanted: readonly WantedVariable[],
  usage: Map<string, Usage>,
  declarations: Declarations,
  aims: Aims,
): DecidedShapes {
  const { bodies, pairs, sides } = formulas;
  // In an equation a property of a matrix counts where its entries alone are written, too.
  const hasTraits =
    aims.introduces === true &&
    [...declarations.traits].some(
      ([name, own]) => usage.has(name) && [...own].some((trait) => !valueTraits.has(trait)),
    );
  const showsMatrices =
    hasTraits ||
    (aims.introduces === true && pairs.some(isWholeSoftmax)) ||
    usesTensors(bodies, usage, declarations, wanted, pairs);
  const families = namesWithMembers(sides);
  const wholes = aims.wholes?.filter((name) => usage.has(name));
  const areAsked = (axes: ReadonlyMap<string, number>): boolean =>
    wholes !== undefined && holdsWhole(axes, families, wanted, wholes);
  const counted = showsMatrices ? undefined : inferAxes(bodies, pairs, usage, declarations.axes);
  // A vector by a vector is a matrix, though neither the formula nor the variable is one: x / norm(x) by x.
  const isOfMatrices = counted === undefined || (counted.value > 0 && holdsWhole(counted.axes, families, wanted, []));
  if (counted !== undefined && !isOfMatrices) {
    const axes = withDeclared(counted.axes, declarations);
    if (!areAsked(axes)) return { axes, shapes: undefined, isOfMatrices, asksWholes: false, families };
  }
  // Where nothing but an inner product tells that names are vectors, it is counted how many axes they have.
  const known = new Map([...(counted?.axes ?? [])].filter(([, count]) => count > 0));
  const isMember = (name: string): boolean => known.get(name) === 1 && families.has(name);
  if (aims.scalars === true) for (const name of bareNames(wanted)) if (!isMember(name)) known.set(name, 0);
  const shapes = shapesOfWholes(formulas, wanted, usage, declarations, aims, known);
  const axes = withDeclared(new Map([...shapes].map(([name, dims]) => [name, dims.length])), declarations);
  return { axes, shapes, isOfMatrices, asksWholes: !isOfMatrices || areAsked(axes), families };
}

/** `p = softmax(o)`, of names without indices: p is a vector as a whole. */
function isWholeSoftmax([name, value]: readonly [MathNode, MathNode]): boolean {
  const [head, call] = [view(name), view(value)];
  if (head.kind !== 'symbol' || call.kind !== 'call' || !/^(?:log)?softmax$/.test(call.name)) return false;
  return namesWithMembers(call.args).size === 0;
}

function withDeclared(axes: ReadonlyMap<string, number>, declarations: Declarations): Map<string, number> {
  return new Map([...axes, ...[...declarations.axes].filter(([name]) => !axes.has(name))]);
}

/** Whether a variable, or one of `names`, is a vector as a whole. */
function holdsWhole(
  axes: ReadonlyMap<string, number>,
  families: ReadonlySet<string>,
  wanted: readonly WantedVariable[],
  names: readonly string[],
): boolean {
  const bare = bareNames(wanted);
  // A family of families has no derivative as a whole; that is said where it is lowered.
  if (bare.some((name) => (axes.get(name) ?? 0) > 1)) return false;
  const isWhole = (name: string): boolean => axes.get(name) === 1 && !families.has(name);
  return bare.some(isWhole) || names.some((name) => (axes.get(name) ?? 0) > 0);
}

/** The shapes among whole vectors and matrices: what is declared, what the formulas tell, and `known`, the number of axes. */
function shapesOfWholes(
  { bodies, pairs }: Formulas,
  wanted: readonly WantedVariable[],
  usage: Map<string, Usage>,
  declarations: Declarations,
  { beside = [] }: Aims,
  known: Map<string, number>,
): ReadonlyMap<string, readonly string[]> {
  const besides = beside.map(({ node }) => node);
  for (const [name, use] of gatherUsage(besides, lengthNames(declarations))) mergeUsage(usage, name, use);
  const declared = new Map(declarations.dims);
  const indices = new Set(declarations.indices);
  for (const [name, axes] of declarations.axes) {
    if (axes === 0) declared.set(name, []);
    else if (!declarations.dims.has(name) && usage.has(name)) known.set(name, axes);
  }
  for (const [name, use] of usage)
    if (use.subscript && use.subscripts === 0 && !declarations.axes.has(name)) indices.add(name);
  const besidePairs = pairsBeside(beside, wanted, bodies);
  // The m of z_m, by which is differentiated, is no length.
  const taken = new Set([...usage.keys(), ...gatherUsage(wanted.map(({ node }) => node)).keys()]);
  return inferShapes([...bodies, ...besides], [...pairs, ...besidePairs], declared, indices, taken, known);
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

/** The variables that are asked for by a name alone. */
function bareNames(wanted: readonly WantedVariable[]): readonly string[] {
  return wanted.flatMap((one) => (flattenElement(one.node).indices.length === 0 ? [baseName(one) ?? ''] : []));
}
