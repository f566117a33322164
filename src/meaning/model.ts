/** A model: the target, the named intermediates and the variables, read from statements and checked as a whole. */

import { fail, type Span, withSource } from '../problem.ts';
import type { FunctionTable } from '../rules/elementary.ts';
import { letterFunctions } from '../syntax/functions.ts';
import { type MathNode, spanOf, type View, view } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import { index, symbol } from '../term/construct.ts';
import { setShape, type Trait } from '../term/dims.ts';
import { freeIndices } from '../term/inspect.ts';
import { type Definition, symbolsOf, variableSymbol } from '../term/substitute.ts';
import { isRow } from '../term/tensor/base.ts';
import { isSelection } from '../term/tensor/selection.ts';
import type { SymbolTerm, TensorTerm, Term, Variable } from '../term/term.ts';
import { nothingWritten, type Written } from '../term/written.ts';
import { type Declarations, lengthNames } from './declare.ts';
import { lengthTerm } from './lengths.ts';
import { type InlineFunction, lower, lowerVariable, type Scope } from './lower.ts';
import { unrollRecurrences } from './recurrence.ts';
import { inferAxes } from './shapes.ts';
import { holdsTensors, shapesOf, usesTensors, variablesIn } from './tensor-use.ts';
import { flattenElement, gatherUsage, isWholeAxis, letterQuantities, type Usage } from './usage.ts';

/** A variable as it was asked for, with its own text. */
export interface WantedVariable {
  readonly source: string;
  readonly node: MathNode;
}

/** An expression beside the source that belongs to a variable, by its number, or to the value, and has its shape. */
export interface BesideExpression extends WantedVariable {
  readonly of: number | 'value';
}

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
}

/** Reads meaning into statements: all but the last are definitions, the last is the target. */
export function buildModel(
  statements: readonly Statement[],
  wanted: readonly WantedVariable[],
  functions: FunctionTable,
  declarations: Declarations,
  form: 'expression' | 'equation' = 'expression',
  aims: Aims = {},
): Model {
  const unrolled = unrollRecurrences(statements);
  const parts = unrolled.map((statement, at) => {
    const isLast = at === unrolled.length - 1;
    return isLast && form === 'equation' ? classifyEquation(statement) : classify(statement, isLast);
  });
  refuseDuplicates(parts);
  const names = aims.introduces === true ? namesForArguments() : undefined;
  const scope = { ...buildScope(parts, wanted, functions, declarations, aims), ...names?.scope };
  if (scope.tensors === true) declareShapes(scope, wanted, declarations);
  const definitions = sortDefinitions(parts.filter(isQuantity).map((part) => lowerDefinition(part, scope)));
  const last = parts[parts.length - 1] as Part;
  const body = lower(last.body, scope);
  if (last.name !== undefined && last.kind === 'definition' && last.parameters.length === 0) refuseFree(last, body, []);
  const selection = selectionOf(wanted, scope);
  const variables =
    selection === undefined
      ? wanted.map(({ source, node }) => withSource(source, () => lowerWanted(node, scope, source)))
      : [selection.args[0] as SymbolTerm];
  if (isRow(body) && declarations.dims.size === 0) refuseRow(last.body);
  const right = last.right === undefined ? [] : [lower(last.right, scope)];
  const wholes = [body, ...right, ...definitions.map((one) => one.body)];
  const tensors =
    scope.tensors === true &&
    (aims.whole === true || body.rank > 0 || wholes.some(holdsTensors) || variables.some(isWholeMatrix));
  return {
    target: body,
    ...(right[0] === undefined ? {} : { right: right[0] }),
    output: last.kind === 'definition' ? last.name : outputName(body),
    definitions: names === undefined ? definitions : [...names.introduced(), ...definitions],
    variables,
    ...(selection === undefined ? {} : { selection }),
    declarations,
    tensors,
    names: scope.names,
    indices: scope.indices,
    lengths: scope.lengths,
    axes: scope.axes,
    written: scope.written,
    beside: tensors ? (aims.beside ?? []).map(({ source, node }) => withSource(source, () => lower(node, scope))) : [],
  };
}

/** Names for expressions at which a known function is differentiated, and what they stand for. */
function namesForArguments(): { scope: Pick<Scope, 'introduce'>; introduced: () => readonly Definition[] } {
  const introduced: Definition[] = [];
  const introduce = (argument: Term): Variable | undefined => {
    if (argument.rank > 0 || freeIndices(argument).size > 0) return undefined;
    // A name that no text can hold.
    const name = symbol(`argument ${introduced.length + 1}`);
    introduced.push({ symbol: name, parameters: [], body: argument });
    return name;
  };
  return { scope: { introduce }, introduced: () => introduced };
}

/**
 * Notes the shape of each name. Properties of a variable are left out while it is differentiated: its entries vary one by
 * one.
 */
function declareShapes(scope: ModelScope, wanted: readonly WantedVariable[], { traits }: Declarations): void {
  const varied = new Set([...scope.varied, ...wanted.map(({ node }) => nameOf(view(flattenElement(node).base)))]);
  for (const [name, lengths] of scope.shapes ?? []) {
    if (lengths.length === 0) continue;
    const dims = lengths.map(lengthTerm);
    const own = traits.get(name) ?? new Set<Trait>();
    setShape(symbol(name, dims.length), { dims, traits: own, varied: varied.has(name) });
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

function isWholeMatrix(variable: Variable): boolean {
  return variable.kind === 'symbol' && variable.rank > 1;
}

interface Part {
  readonly kind: 'expression' | 'definition' | 'function';
  readonly name: string | undefined;
  readonly nameNode: MathNode | undefined;
  readonly parameters: readonly string[];
  readonly body: MathNode;
  /** Of an equation. */
  readonly right?: MathNode;
  readonly isLast: boolean;
}

/** The last line as an equation between two expressions, neither of which is defined by the other. */
function classifyEquation(statement: Statement): Part {
  const [left, right] = statement.sides;
  if (left === undefined || right === undefined || statement.sides.length > 2 || statement.relations[0] !== '=') {
    return fail({
      code: 'syntax',
      message: 'an equation has one equals sign',
      span: statement.span,
      hint: 'for example x^2 + y^2 = 1',
    });
  }
  return {
    kind: 'expression',
    name: undefined,
    nameNode: undefined,
    parameters: [],
    body: left.node,
    right: right.node,
    isLast: true,
  };
}

function classify(statement: Statement, isLast: boolean): Part {
  const [left, right] = statement.sides;
  if (
    left === undefined ||
    statement.sides.length > 2 ||
    statement.relations.some((sign) => sign !== '=' && sign !== ':=')
  ) {
    return fail({
      code: 'syntax',
      message: 'a line holds one expression or one definition',
      span: statement.span,
      hint: 'write name = expression; chains of equations are for check',
    });
  }
  if (right === undefined) {
    if (!isLast) {
      fail({
        code: 'syntax',
        message: 'this line defines nothing, and it is not the last',
        span: statement.span,
        hint: 'write name = expression; only the last line may be the expression to differentiate',
      });
    }
    return { kind: 'expression', name: undefined, nameNode: undefined, parameters: [], body: left.node, isLast };
  }
  return { ...definedName(left.node, left.span), body: right.node, isLast };
}

function definedName(node: MathNode, span: Span): Omit<Part, 'body' | 'isLast'> {
  const seen = view(node);
  if (seen.kind === 'symbol') return { kind: 'definition', name: seen.name, nameNode: node, parameters: [] };
  if (seen.kind === 'element') {
    const { base, indices } = flattenElement(node);
    const name = view(base);
    const parameters = indices.map((part) => view(part));
    if (name.kind === 'symbol' && parameters.every((part) => part.kind === 'symbol')) {
      const names = parameters.map((part) => (part.kind === 'symbol' ? part.name : ''));
      if (new Set(names).size === names.length) {
        return { kind: 'definition', name: name.name, nameNode: node, parameters: names };
      }
    }
  }
  if (seen.kind === 'call' && seen.name !== '' && !seen.name.endsWith("'")) {
    const parameters = seen.args.map((part) => view(part));
    if (parameters.every((part) => part.kind === 'symbol')) {
      const names = parameters.map((part) => (part.kind === 'symbol' ? part.name : ''));
      refuseTwins(seen.name, names, span);
      return { kind: 'function', name: seen.name, nameNode: node, parameters: names };
    }
  }
  return fail({
    code: 'syntax',
    message: 'the left side of a definition is a name, y[i], or f(x)',
    span,
    hint: 'for example z = sum(beta[i] * f(y[i]), i)',
  });
}

function refuseTwins(name: string, parameters: readonly string[], span: Span): void {
  const twin = parameters.find((parameter, at) => parameters.indexOf(parameter) < at);
  if (twin === undefined) return;
  fail({
    code: 'duplicate-definition',
    message: `${name} has the parameter ${twin} twice`,
    span,
    hint: 'give each parameter a name of its own',
  });
}

const isQuantity = (part: Part): boolean => part.kind === 'definition' && !part.isLast;

function refuseDuplicates(parts: readonly Part[]): void {
  const seen = new Map<string, Part>();
  for (const part of parts) {
    if (part.name === undefined) continue;
    const key = `${part.kind} ${part.name}`;
    const first = seen.get(key);
    if (first !== undefined) {
      const span = part.nameNode === undefined ? undefined : spanOf(part.nameNode);
      const firstSpan = first.nameNode === undefined ? undefined : spanOf(first.nameNode);
      fail({
        code: 'duplicate-definition',
        message: `${part.name} is defined twice`,
        ...(span === undefined ? {} : { span }),
        hint: 'give one of them another name',
        ...(firstSpan === undefined ? {} : { related: { span: firstSpan, message: 'first here:' } }),
      });
    }
    seen.set(key, part);
  }
}

interface ModelScope extends Scope {
  readonly shapes?: ReadonlyMap<string, readonly string[]>;
  /** Names by which the formulas themselves differentiate. */
  readonly varied: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
}

function buildScope(
  parts: readonly Part[],
  wanted: readonly WantedVariable[],
  functions: FunctionTable,
  declarations: Declarations,
  { whole, beside = [], scalars }: Aims,
): ModelScope {
  const inlined = new Map<string, InlineFunction>();
  for (const part of parts) {
    if (part.kind === 'function' && part.name !== undefined) {
      inlined.set(part.name, { parameters: part.parameters, body: part.body });
    }
  }
  const plain = parts.filter((part) => part.kind !== 'function' || part.isLast);
  const bodies = plain.flatMap((part) => (part.right === undefined ? [part.body] : [part.body, part.right]));
  const pairs = plain.flatMap((part) => {
    if (part.right !== undefined) return [[part.body, part.right] as const];
    return part.kind === 'definition' && part.nameNode !== undefined ? [[part.nameNode, part.body] as const] : [];
  });
  const lengths = lengthNames(declarations);
  const named = parts.flatMap((part) =>
    part.nameNode === undefined || part.kind === 'function' ? [] : [part.nameNode],
  );
  const sides = parts.flatMap((part) => (part.right === undefined ? [part.body] : [part.body, part.right]));
  const usage = gatherUsage([...named, ...sides], lengths);
  const isOfMatrices = usesTensors(bodies, usage, declarations, wanted);
  const tensors = whole === true || isOfMatrices;
  if (tensors)
    for (const [name, use] of gatherUsage(
      beside.map(({ node }) => node),
      lengths,
    ))
      merge(usage, name, use);
  // Where nothing but an inner product tells that names are vectors, it is counted how many axes they have.
  const counted = new Map(
    whole === true && !isOfMatrices ? vectorsIn(inferAxes(bodies, pairs, usage, declarations.axes)) : [],
  );
  if (scalars === true) for (const { node } of wanted) counted.set(nameOf(view(node)) ?? '', 0);
  const shapes = tensors
    ? shapesOf(
        [...bodies, ...beside.map(({ node }) => node)],
        [...pairs, ...besidePairs(beside, wanted, bodies)],
        usage,
        declarations,
        counted,
      )
    : undefined;
  const axes = new Map(
    shapes === undefined
      ? inferAxes(bodies, pairs, usage, declarations.axes)
      : [...shapes].map(([name, dims]) => [name, dims.length] as const),
  );
  for (const [name, count] of declarations.axes) if (!axes.has(name)) axes.set(name, count);
  for (const { source, node } of wanted) {
    withSource(source, () => {
      const own = gatherUsage([node], lengths);
      if (!tensors)
        for (const [name, count] of inferAxes([node], [], own, axes)) if (!axes.has(name)) axes.set(name, count);
      for (const [name, use] of own) merge(usage, name, use);
    });
  }
  const defined = new Set(
    parts.flatMap((part) => (part.kind === 'definition' && part.name !== undefined ? [part.name] : [])),
  );
  const asked = new Set(wanted.map(({ node }) => view(flattenElement(node).base)).map(nameOf));
  const indices = new Set(declarations.indices);
  for (const [name, use] of usage) {
    const isQuantityName = defined.has(name) || use.subscripts > 0 || declarations.axes.has(name);
    // In the derivative of sum(x, x, 1, 2) by x the x outside is a quantity: the sum does not depend on it.
    const isBoundOnly = asked.has(name) && !use.behindName;
    if (use.subscript && !isQuantityName && !isBoundOnly) indices.add(name);
  }
  const quantities = new Set(
    [...declarations.axes.keys(), ...defined, ...letterQuantities(usage)].filter(
      (name) => letterFunctions.has(name) || !isAppliedOutput(name, usage, parts),
    ),
  );
  for (const name of asked) if (name !== undefined) quantities.add(name);
  const shadowed = new Set(
    ['e', 'pi'].filter((name) => quantities.has(name) || (usage.get(name)?.subscripts ?? 0) > 0 || indices.has(name)),
  );
  const known = {
    functions,
    axes,
    indices,
    lengths,
    quantities,
    inlined,
    shadowed,
    written: nothingWritten(),
    varied: variablesIn(bodies),
    names: new Set(usage.keys()),
  };
  return shapes === undefined ? known : { ...known, tensors: true, shapes };
}

function vectorsIn(axes: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...axes].filter(([, count]) => count > 0));
}

/** What stands beside the source with what it has the shape of. A number has none: it stands for all entries. */
function besidePairs(
  beside: readonly BesideExpression[],
  wanted: readonly WantedVariable[],
  bodies: readonly MathNode[],
): (readonly [MathNode, MathNode])[] {
  return beside.flatMap(({ node, of }) => {
    const like = of === 'value' ? bodies[bodies.length - 1] : wanted[of]?.node;
    return like === undefined || view(node).kind === 'constant' ? [] : [[node, like] as const];
  });
}

function nameOf(seen: View): string | undefined {
  return seen.kind === 'symbol' ? seen.name : undefined;
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

interface PlacedDefinition extends Definition {
  readonly span: Span | undefined;
}

function lowerDefinition(part: Part, scope: Scope): PlacedDefinition {
  const parameters = part.parameters.map((name) => index(name));
  const body = lower(part.body, scope);
  refuseFree(part, body, part.parameters);
  const name = part.name as string;
  return {
    symbol: symbol(name, scope.axes.get(name) ?? parameters.length),
    parameters,
    body,
    span: part.nameNode === undefined ? undefined : spanOf(part.nameNode),
  };
}

function refuseFree(part: Part, body: Term, parameters: readonly string[]): void {
  const free = [...freeIndices(body)].find((name) => !parameters.includes(name));
  if (free === undefined) return;
  const span = findIndex(part.body, free) ?? spanOf(part.body);
  fail({
    code: 'free-index',
    message: `the index ${free} is free on the right of ${part.name}, but not on the left`,
    ...(span === undefined ? {} : { span }),
    hint: `write ${part.name}[${[...parameters, free].join(', ')}] = ..., or sum over ${free}`,
  });
}

/** Where a subscript by this name stands. */
function findIndex(node: MathNode, name: string): Span | undefined {
  const seen = view(node);
  switch (seen.kind) {
    case 'symbol':
      return seen.name === name ? spanOf(node) : undefined;
    case 'element':
      return firstOf([seen.object, ...seen.indices], name);
    case 'operator':
      return firstOf(seen.args, name);
    case 'call':
      return firstOf(seen.args, name);
    case 'parenthesis':
      return findIndex(seen.content, name);
    case 'conditional':
      return firstOf([seen.condition, seen.then, seen.else], name);
    default:
      return undefined;
  }
}

function firstOf(nodes: readonly MathNode[], name: string): Span | undefined {
  for (const node of nodes) {
    const span = findIndex(node, name);
    if (span !== undefined) return span;
  }
  return undefined;
}

/** Definitions sorted so that each follows what it rests on. Throws on a circle. */
function sortDefinitions(definitions: readonly PlacedDefinition[]): Definition[] {
  const bySymbol = new Map<SymbolTerm, PlacedDefinition>(definitions.map((one) => [one.symbol, one]));
  const sorted: Definition[] = [];
  const state = new Map<SymbolTerm, 'open' | 'done'>();
  const visit = (definition: PlacedDefinition, from: PlacedDefinition | undefined): void => {
    const { symbol: name, span } = definition;
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      fail({
        code: 'circular-definition',
        message: `${name.name} is defined by itself${from === undefined || from.symbol === name ? '' : `, through ${from.symbol.name}`}`,
        ...(span === undefined ? {} : { span }),
        hint: 'a recurrence needs an index: h[t] = ... h[t-1] ... is not covered yet',
      });
    }
    state.set(name, 'open');
    for (const used of symbolsOf(definition.body)) {
      const next = bySymbol.get(used);
      if (next !== undefined) visit(next, definition);
    }
    state.set(name, 'done');
    const { span: _, ...plain } = definition;
    sorted.push(plain);
  };
  for (const definition of definitions) visit(definition, undefined);
  return sorted;
}

/** The column or row of a named matrix that is the one variable. */
function selectionOf(wanted: readonly WantedVariable[], scope: Scope): TensorTerm | undefined {
  const place = wanted.findIndex(
    ({ node }) => view(node).kind === 'element' && flattenElement(node).indices.some(isWholeAxis),
  );
  if (place < 0) return undefined;
  const { source, node } = wanted[place] as WantedVariable;
  return withSource(source, () => {
    const term = lower(node, scope);
    const span = { start: 0, end: source.length };
    if (!isSelection(term) || term.args[0]?.kind !== 'symbol') {
      return fail({
        code: 'unknown-variable',
        message: 'this is no column or row of a named matrix',
        span,
        hint: 'A[:, j] is column j of a matrix, A[i, :] row i',
      });
    }
    if (wanted.length === 1) return term;
    return fail({
      code: 'unknown-variable',
      message: 'a column or row is a variable by itself alone',
      span,
      hint: 'ask for the derivative by the whole matrix, or by one column at a time',
    });
  });
}

function lowerWanted(node: MathNode, scope: Scope, source: string): Variable {
  const variable = lowerVariable(node, lower(node, scope));
  const base = variableSymbol(variable);
  const missing = base.axes - (variable.kind === 'element' ? variable.indices.length : 0);
  if (scope.tensors === true) return variable;
  if (missing > 1 || (missing === 1 && variable.kind === 'symbol' && !scope.axes.has(base.name))) {
    fail({
      code: 'unknown-variable',
      message: `${base.name} has ${base.axes} indices`,
      span: { start: 0, end: source.length },
      hint: `ask for a member: --wrt "${base.name}[j]"`,
    });
  }
  return variable;
}

function outputName(target: Term): string | undefined {
  return target.kind === 'apply' && target.generic && target.orders.every((order) => order === 0)
    ? target.name
    : undefined;
}
