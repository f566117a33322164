/** A model: the target, the named intermediates and the variables, read from statements and checked as a whole. */

import { fail, withSource } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { type MathNode, spanOf } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import { number, symbol } from '../term/construct.ts';
import { setShape, type Trait } from '../term/dims.ts';
import { freeIndices } from '../term/inspect.ts';
import type { Definition } from '../term/substitute.ts';
import { isRow } from '../term/tensor/base.ts';
import type { SymbolTerm, TensorTerm, Term, Variable } from '../term/term.ts';
import type { Written } from '../term/written.ts';
import type { Declarations } from './declare.ts';
import { lowerDefinitions, refuseFree } from './definitions.ts';
import { lengthTerm } from './lengths.ts';
import { lower, type Scope } from './lower.ts';
import { buildScope, type ModelScope } from './model-scope.ts';
import type { Aims } from './model-shapes.ts';
import { type Part, readParts } from './parts.ts';
import { unrollRecurrences } from './recurrence.ts';
import { withoutOwnHead } from './single-step.ts';
import { holdsTensors } from './tensor-use.ts';
import { gatherUsage } from './usage.ts';
import { baseName, lowerVariables, memberOf, type WantedVariable } from './wanted.ts';

export interface Model {
  readonly target: Term;
  /** The right side, where the last line is an equation to be differentiated and not a definition. */
  readonly right?: Term;
  /** The name of the target's value: `L` for `L = ...`, `E` for an applied generic function `E(...)`. */
  readonly output: string | undefined;
  /** In the order in which they are computed: each rests on earlier ones only. */
  readonly definitions: readonly Definition[];
  readonly variables: readonly Variable[];
  /** The column or row by which the derivative is asked for; the variable is its matrix. */
  readonly selection?: TensorTerm;
  readonly declarations: Declarations;
  /** Whether whole vectors and matrices stand in it: then its derivatives are those of matrix calculus. */
  readonly tensors: boolean;
  /** Every name used for a quantity, a function or an index. */
  readonly names: ReadonlySet<string>;
  /** Names that are indices, names of lengths, and how many axes each quantity has. */
  readonly indices: ReadonlySet<string>;
  readonly lengths: ReadonlySet<string>;
  readonly axes: ReadonlyMap<string, number>;
  readonly written: Written;
  /** Of whole vectors and matrices, what stands beside the source: directions, a point, a weight. */
  readonly beside: readonly Term[];
  /** The lines as they were read, and what their names are beyond what stands above. */
  readonly read: {
    readonly parts: readonly Part[];
    /** The lengths of axes by name, where formulas are of whole vectors and matrices. */
    readonly shapes: ReadonlyMap<string, readonly string[]>;
    readonly quantities: ReadonlySet<string>;
    readonly shadowed: ReadonlySet<string>;
  };
}

/** Reads meaning into statements: all but the last are definitions, the last is the target. */
export function buildModel(
  statements: readonly Statement[],
  asWritten: readonly WantedVariable[],
  functions: FunctionTable,
  declarations: Declarations,
  form: 'expression' | 'equation' = 'expression',
  aims: Aims = {},
): Model {
  const unrolled = unrollRecurrences(form === 'equation' ? statements : withoutOwnHead(statements));
  const wanted = asWritten.map((one) => ({ ...one, node: unrolled.name(one.node) }));
  const parts = readParts(unrolled.statements, form);
  const named = buildScope(parts, wanted, functions, declarations, aims);
  const introduced = aims.introduces === true ? namesForArguments(named) : undefined;
  const scope = { ...named, ...introduced?.scope, approximates: aims.introduces === true };
  if (scope.tensors === true) declareShapes(scope, wanted, declarations);
  const definitions = lowerDefinitions(parts, scope);
  const last = parts[parts.length - 1] as Part;
  const body = lower(last.body, scope);
  // What stands by itself, too, is given: the N of x_N' S x_N beside a sum up to N.
  if (last.name !== undefined && last.kind === 'definition' && last.parameters.length === 0)
    refuseFree(last, body, [...standAlone(last.body)]);
  const { variables: asked, selection } = lowerVariables(wanted, scope);
  if (isRow(body) && declarations.dims.size === 0) refuseRow(last.body);
  const right = last.right === undefined ? undefined : lower(last.right, scope);
  const terms = [body, ...(right === undefined ? [] : [right]), ...definitions.map((one) => one.body)];
  const isMatrix = holdsMatrices(scope, terms, asked);
  const tensors = isMatrix || scope.decided.asksWholes;
  // Among whole vectors and matrices the derivative by a vector is a vector like any other.
  const { variables, letters } = byMembers(asked, scope, aims.members === true && !isMatrix);
  const { lengths, axes, written, names, indices } = scope;
  return {
    target: body,
    ...(right === undefined ? {} : { right }),
    output: last.kind === 'definition' ? last.name : outputName(body),
    definitions: introduced === undefined ? definitions : [...introduced.definitions(), ...definitions],
    variables,
    ...(selection === undefined ? {} : { selection }),
    declarations,
    tensors,
    names: new Set([...names, ...letters]),
    indices: new Set([...indices, ...letters]),
    lengths,
    axes,
    written,
    read: {
      parts,
      shapes: scope.decided.shapes ?? new Map(),
      quantities: scope.quantities,
      shadowed: scope.shadowed,
    },
    beside: tensors ? (aims.beside ?? []).map(({ source, node }) => withSource(source, () => lower(node, scope))) : [],
  };
}

/** Names that stand in a tree as quantities. */
function standAlone(node: MathNode): readonly string[] {
  return [...gatherUsage([node])].flatMap(([name, { bare }]) => (bare === undefined ? [] : [name]));
}

/** The variables, of a family its member where members are meant, and the letters that such members have as their index. */
function byMembers(asked: readonly Variable[], { decided, names }: ModelScope, areMeant: boolean) {
  const variables = areMeant ? asked.map((one) => memberOf(one, decided.families, names)) : asked;
  return { variables, letters: variables.flatMap((one, at) => (one === asked[at] ? [] : [...freeIndices(one)])) };
}

/** Names for expressions at which a known function is differentiated or called, and what they stand for. */
function namesForArguments({ axes, decided }: ModelScope): {
  scope: Pick<Scope, 'introduce' | 'introduceZero'>;
  definitions: () => readonly Definition[];
} {
  const introduced: Definition[] = [];
  // A name that no text can hold.
  const nameFor = (body: Term, rank: number): SymbolTerm => {
    const name = symbol(`argument ${introduced.length + 1}`, rank);
    introduced.push({ symbol: name, parameters: [], body });
    return name;
  };
  const introduce = (argument: Term): Variable | undefined =>
    argument.rank > 0 || freeIndices(argument).size > 0 ? undefined : nameFor(argument, 0);
  const introduceZero = (parameter: string): Term => {
    const dims = decided.shapes?.get(parameter)?.map(lengthTerm);
    const name = nameFor(number(0), axes.get(parameter) ?? 0);
    if (dims !== undefined) setShape(name, { dims, traits: new Set(), families: 0, varied: true });
    return name;
  };
  return { scope: { introduce, introduceZero }, definitions: () => introduced };
}

/**
 * Notes the shape of each name. Properties of a variable are left out while it is differentiated: its entries vary one by
 * one.
 */
function declareShapes(scope: ModelScope, wanted: readonly WantedVariable[], { traits, families }: Declarations): void {
  const varied = new Set([...scope.varied, ...wanted.map(baseName)]);
  for (const [name, lengths] of scope.decided.shapes ?? []) {
    if (lengths.length === 0) continue;
    const dims = lengths.map(lengthTerm);
    const own = traits.get(name) ?? new Set<Trait>();
    setShape(symbol(name, dims.length), {
      dims,
      traits: own,
      families: families.get(name) ?? 0,
      varied: varied.has(name),
    });
  }
}

/** f' alone is a derivative that was not applied rather than a row. */
function refuseRow(node: MathNode): never {
  const span = spanOf(node);
  return fail({
    code: 'unsupported-notation',
    message: "a transposed vector can only stand in a product u' * v",
    ...(span === undefined ? {} : { span }),
    hint: "apply a derivative to something: f'(x)",
  });
}

/** Whether the formulas themselves need matrix calculus; the target is the first of their terms. */
function holdsMatrices({ decided }: ModelScope, terms: readonly Term[], asked: readonly Variable[]): boolean {
  if (!decided.isOfMatrices) return false;
  const isByMatrix = asked.some((one) => one.kind === 'symbol' && one.rank > 1);
  return isByMatrix || (terms[0]?.rank ?? 0) > 0 || terms.some(holdsTensors);
}

function outputName(target: Term): string | undefined {
  return target.kind === 'apply' && target.generic && target.orders.every((order) => order === 0)
    ? target.name
    : undefined;
}
