/** What each name is in one model: index, quantity or function, and its axes. */

import { withSource } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { letterFunctions } from '../syntax/functions.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import { nothingWritten } from '../term/written.ts';
import { type Declarations, lengthNames } from './declare.ts';
import type { InlineFunction, Scope } from './lower.ts';
import { type Aims, type DecidedShapes, decideShapes, formulasOf } from './model-shapes.ts';
import type { Part } from './parts.ts';
import { inferAxes } from './shapes.ts';
import { variablesIn } from './tensor-use.ts';
import { gatherUsage, letterQuantities, mergeUsage, type Usage } from './usage.ts';
import { baseName, type WantedVariable } from './wanted.ts';

export interface ModelScope extends Scope {
  readonly decided: DecidedShapes;
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
  const usage = gatherUsage([...formulas.heads, ...formulas.sides], lengths);
  const decided = decideShapes(formulas, wanted, usage, declarations, aims);
  const { axes, shapes } = decided;
  for (const { source, node } of wanted) {
    withSource(source, () => {
      const own = gatherUsage([node], lengths);
      if (shapes === undefined) {
        // Of all axes those of its own names: there may be thousands of variables.
        const known = new Map(
          [...own.keys()].flatMap((name) => (axes.has(name) ? [[name, axes.get(name) as number]] : [])),
        );
        for (const [name, count] of inferAxes([node], [], own, known).axes) if (!axes.has(name)) axes.set(name, count);
      }
      for (const [name, use] of own) mergeUsage(usage, name, use);
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
    names: new Set([...usage.keys(), ...lengthsShown(shapes, usage)]),
    decided,
    ...(shapes === undefined
      ? {}
      : { tensors: true, wholes: !decided.isOfMatrices, entrywise: formulas.sides.some(holdsEntrywise) }),
  };
}

/** Whether a product, quotient or power is taken entry by entry somewhere, or a vector is made the diagonal of a matrix. */
function holdsEntrywise(node: MathNode): boolean {
  const seen = view(node);
  const isEntrywise =
    (seen.kind === 'operator' && seen.operator.startsWith('.')) || (seen.kind === 'call' && seen.name === 'diag');
  return isEntrywise || partsOf(node).some(holdsEntrywise);
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

/** The names in the lengths of names, m and n of m*n; not in those of axes on which an index stands, as no formula holds them. */
function lengthsShown(
  shapes: ReadonlyMap<string, readonly string[]> | undefined,
  usage: ReadonlyMap<string, Usage>,
): readonly string[] {
  return [...(shapes ?? [])].flatMap(([name, lengths]) =>
    lengths.slice(usage.get(name)?.subscripts ?? 0).flatMap((length) => length.match(/\p{L}\w*/gu) ?? []),
  );
}
