/**
 * What a text says of its names before a formula. In its light a formula is written out: f stands for f(x, y), f_x and y' for
 * derivatives.
 */

import { expressionPrime } from '../syntax/functions.ts';
import {
  callNode,
  constantNode,
  isPartial,
  locate,
  type MathNode,
  operatorNode,
  partial,
  spanOf,
  symbolNode,
  view,
} from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import { readDefinite, readSeriesIndex } from './binders.ts';
import { flattenElement } from './usage.ts';

/** A definition as it was written: `z = ...`, `y_i = ...`, or `f(x) = ...`. */
export interface WrittenDefinition {
  readonly kind: 'quantity' | 'function';
  readonly name: string;
  readonly parameters: readonly string[];
  readonly head: MathNode;
  readonly body: MathNode;
}

/** Definitions by kind and name. */
export type DefinitionTable = Readonly<Record<WrittenDefinition['kind'], ReadonlyMap<string, WrittenDefinition>>>;

/** `node` with every name written out that stands for a function's value or for a derivative. */
export function writeOut(node: MathNode, known: DefinitionTable): MathNode {
  const seen = view(node);
  const at = <T extends MathNode>(made: T): T => locate(made, spanOf(node));
  if (seen.kind === 'symbol') return at(writeName(node, seen.name, known));
  if (seen.kind === 'call' && isOwnHead(node, known.quantity.get(seen.name))) return at(symbolNode(seen.name));
  if (seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2) {
    const written = writeDerivative(seen.args[0] as MathNode, seen.args[1] as MathNode, known);
    return at(isPartial(node) ? partial(written) : written);
  }
  if (seen.kind === 'call' && seen.name === expressionPrime) {
    const inner = writeOut(seen.args[0] as MathNode, known);
    const by = primeVariable(inner, known);
    return at(
      callNode(
        ...((by === undefined ? [expressionPrime, [inner]] : ['d', [inner, symbolNode(by)]]) as [string, MathNode[]]),
      ),
    );
  }
  const label =
    labelledFunction(node, known) ?? (seen.kind === 'call' ? vectorCall(seen.name, seen.args, known) : undefined);
  if (label !== undefined) return at(label);
  if (seen.kind === 'element') return writeHeld(node, known) ?? node;
  const operated = seen.kind === 'operator' && seen.operator === '*' ? operatorD(seen.args, known) : undefined;
  if (operated !== undefined) return at(writeOut(operated, known));
  return mapParts(node, (part) => writeOut(part, known));
}

/** Whether a call is the head by which a quantity is defined, as L(\mu, \sigma^2) is, whose arguments are no parameters. */
function isOwnHead(node: MathNode, definition: WrittenDefinition | undefined): boolean {
  return (
    definition !== undefined && view(definition.head).kind === 'call' && printText(definition.head) === printText(node)
  );
}

/**
 * (∂p/∂V)_T is the partial derivative of p, where p rests on T and what stands for T is no more than its name; undefined where the
 * choice of what is held fixed says more than that.
 */
function writeHeld(node: MathNode, known: DefinitionTable): MathNode | undefined {
  const { base, indices } = flattenElement(node);
  let inner = base;
  for (let seen = view(inner); seen.kind === 'parenthesis'; seen = view(inner)) inner = seen.content;
  const seen = view(inner);
  if (!isPartial(inner) || seen.kind !== 'call') return undefined;
  const [of, by] = seen.args as [MathNode, MathNode];
  const names = [...namesIn(of)].flatMap((name) => (known.quantity.has(name) ? leavesOf(name, known) : [name]));
  const isHeld = indices.every((index) => {
    const held = view(index);
    return held.kind === 'symbol' && names.includes(held.name) && !namesIn(by).has(held.name);
  });
  return isHeld ? writeOut(inner, known) : undefined;
}

/** `D_x f`, Euler's notation of a derivative, where D is nothing else. */
function operatorD([sign, operand]: readonly MathNode[], known: DefinitionTable): MathNode | undefined {
  const seen = sign === undefined ? undefined : view(sign);
  const by = seen?.kind === 'symbol' ? /^D_([a-z])$/.exec(seen.name)?.[1] : undefined;
  const isTaken = ['D', `D_${by}`].some((name) => known.quantity.has(name) || known.function.has(name));
  if (by === undefined || operand === undefined || isTaken) return undefined;
  return callNode('d', [operand, symbolNode(by)]);
}

/** By what a prime on an expression differentiates: the one name on which all of it rests, x or t before others. */
function primeVariable(node: MathNode, known: DefinitionTable): string | undefined {
  const names = [...namesIn(node)].filter((name) => name !== 'e' && name !== 'pi');
  const leaves = [
    ...new Set(names.flatMap((name) => [...(known.quantity.has(name) ? variablesOf(name, known) : [name])])),
  ];
  return leaves.length === 1 ? leaves[0] : ['x', 't'].find((name) => leaves.includes(name));
}

/** A name by itself: `f`, `y`, `f_x`, `y_prime`, `x_dot`. */
function writeName(node: MathNode, name: string, known: DefinitionTable): MathNode {
  if (known.quantity.has(name)) return node;
  const value = callOf(name, known);
  if (value !== undefined) return value;
  const marks = /^(.+?)((?:_prime)+|_d{0,3}dot)$/.exec(name);
  if (marks !== null) return derivedName(node, marks[1] as string, marks[2] as string, known);
  const [, base = '', letters = ''] = /^(.+)_([^_]+)$/.exec(name) ?? [];
  return partials(base, letters, known) ?? node;
}

/** The value of a function that is written by its name alone; undefined where the name is no such. */
function callOf(name: string, known: DefinitionTable): MathNode | undefined {
  const parameters = known.function.get(name)?.parameters;
  if (parameters === undefined || known.quantity.has(name)) return undefined;
  const args = parameters.map(symbolNode);
  return vectorCall(name, args, known) ?? callNode(name, args);
}

/** The variables on which a name depends directly. */
function variablesOf(name: string, known: DefinitionTable): readonly string[] {
  return known.function.get(name)?.parameters ?? leavesOf(name, known);
}

/** `y'` and `\dot x`: derivatives by the one variable that there is, a dot by t. */
function derivedName(node: MathNode, base: string, marks: string, known: DefinitionTable): MathNode {
  const variables = variablesOf(base, known);
  const isDot = marks.endsWith('dot');
  const by = isDot ? variables.find((one) => one === 't') : variables.length === 1 ? variables[0] : undefined;
  if (by === undefined) return node;
  const order = isDot ? marks.length - '_dot'.length + 1 : marks.length / '_prime'.length;
  return nested(
    callOf(base, known) ?? symbolNode(base),
    Array.from({ length: order }, () => by),
  );
}

/** `f_x` and `f_{xy}` of a name that depends on each of the letters. */
function partials(base: string, letters: string, known: DefinitionTable): MathNode | undefined {
  if (base === '' || !(known.function.has(base) || known.quantity.has(base))) return undefined;
  const variables = variablesOf(base, known);
  const whole = variables.includes(letters) ? [letters] : [...letters];
  if (!whole.every((letter) => variables.includes(letter))) return undefined;
  return nested(callOf(base, known) ?? symbolNode(base), whole, partial);
}

function nested(of: MathNode, by: readonly string[], mark = (node: MathNode): MathNode => node): MathNode {
  return by.reduce((inner, name) => mark(callNode('d', [inner, symbolNode(name)])), of);
}

/** `f_x(a, b)` as the partial derivative of f at a point, and `f_x` where x passes for an index. */
function labelledFunction(node: MathNode, known: DefinitionTable): MathNode | undefined {
  const seen = view(node);
  if (seen.kind === 'call') {
    const [, base = '', letters = ''] = /^(.+)_([^_']+)$/.exec(seen.name) ?? [];
    const parameters = known.function.get(base)?.parameters;
    if (parameters === undefined || known.function.has(seen.name)) return undefined;
    const places = (parameters.includes(letters) ? [letters] : [...letters]).map((one) => parameters.indexOf(one) + 1);
    if (places.includes(0) || seen.args.length !== parameters.length) return undefined;
    const callee = callNode('D', [symbolNode(base), ...places.map((place) => constantNode(String(place)))]);
    return callNode(
      callee,
      seen.args.map((arg) => writeOut(arg, known)),
    );
  }
  if (seen.kind !== 'element') return undefined;
  const { base, indices } = flattenElement(node);
  const name = view(base);
  const letters = indices.map((index) => view(index));
  if (name.kind !== 'symbol') return undefined;
  const isScalar = known.quantity.get(name.name)?.parameters.length === 0;
  if (!isScalar && !known.function.has(name.name)) return undefined;
  const names = letters.map((one) => (one.kind === 'symbol' ? one.name : ''));
  return names.includes('') ? undefined : partials(name.name, names.join(''), known);
}

/** Functions within functions that are looked through for a vector. */
const deepest = 5;

/** `r(t)` and `r'(t)` of a function whose values are vectors that are written out: these, as their length is that of the call. */
function vectorCall(name: string, args: readonly MathNode[], known: DefinitionTable): MathNode | undefined {
  const [bare, primes] = [name.replace(/'+$/, ''), /'*$/.exec(name)?.[0].length ?? 0];
  const definition = known.function.get(bare);
  const [first] = args;
  if (definition === undefined || first === undefined || definition.parameters.length !== args.length) return undefined;
  if (!isVector(definition.body, known, deepest) || (primes > 0 && view(first).kind !== 'symbol')) return undefined;
  const values = new Map(definition.parameters.map((parameter, at) => [parameter, args[at] as MathNode]));
  const value = writeOut(putIn(definition.body, values), known);
  return Array.from({ length: primes }).reduce<MathNode>((inner) => callNode('d', [inner, first]), value);
}

/** Whether a tree holds a vector that is written out, by itself or through functions. */
function isVector(node: MathNode, known: DefinitionTable, depth: number): boolean {
  const seen = view(node);
  if (seen.kind === 'call') {
    if (seen.name === 'vcat' || seen.name === 'hcat') return true;
    if (seen.name === 'norm' || seen.name === 'dot') return false;
    const inner = depth === 0 ? undefined : known.function.get(seen.name.replace(/'+$/, ''));
    if (inner !== undefined && isVector(inner.body, known, depth - 1)) return true;
  }
  return partsOf(node).some((part) => isVector(part, known, depth));
}

/** `node` with values in the place of parameters. */
function putIn(node: MathNode, values: ReadonlyMap<string, MathNode>): MathNode {
  const seen = view(node);
  if (seen.kind === 'symbol') return values.get(seen.name) ?? node;
  return mapParts(node, (part) => putIn(part, values));
}

/** A derivative; where both are functions of one parameter, dy/dx is the quotient of their derivatives. */
function writeDerivative(of: MathNode, by: MathNode, known: DefinitionTable): MathNode {
  const inner = writeOut(of, known);
  const name = view(by);
  const parameter = name.kind === 'symbol' ? parameterOf(name.name, known) : undefined;
  if (parameter === undefined || name.kind !== 'symbol' || holdsName(inner, name.name)) {
    return callNode('d', [inner, by]);
  }
  const below = callOf(name.name, known) ?? by;
  const half = (node: MathNode): MathNode => callNode('d', [node, symbolNode(parameter)]);
  return operatorNode('/', half(inner), half(below));
}

/** The t of x(t) = ..., where x is differentiated by. */
function parameterOf(name: string, known: DefinitionTable): string | undefined {
  const parameters = known.function.get(name)?.parameters;
  return parameters?.length === 1 ? parameters[0] : undefined;
}

function holdsName(node: MathNode, name: string): boolean {
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const seen = view(next);
    if (seen.kind === 'symbol' && seen.name === name) return true;
    waiting.push(...partsOf(next));
  }
  return false;
}

/** The names without a definition on which a defined name rests, Euler's number and pi left out. */
export function leavesOf(name: string, known: DefinitionTable): readonly string[] {
  const reached = new Set([name]);
  const leaves: string[] = [];
  for (const one of reached) {
    const definition = known.quantity.get(one);
    if (definition === undefined) {
      if (one !== 'e' && one !== 'pi') leaves.push(one);
      continue;
    }
    for (const used of namesIn(definition.body)) {
      if (!definition.parameters.includes(used)) reached.add(used);
    }
  }
  return known.quantity.has(name) ? leaves : [];
}

/** All names in a tree, those of functions left out, and what an integral with bounds or a sum without end binds. */
export function namesIn(node: MathNode): Set<string> {
  const names = new Set<string>();
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const seen = view(next);
    if (seen.kind === 'symbol') names.add(seen.name);
    const variable = boundIn(next);
    if (variable === undefined || seen.kind !== 'call') {
      waiting.push(...partsOf(next));
      continue;
    }
    const [body, , ...bounds] = seen.args as [MathNode, MathNode, ...MathNode[]];
    for (const name of namesIn(body)) if (name !== variable) names.add(name);
    waiting.push(...bounds);
  }
  return names;
}

/** The variable of an integral with bounds, the index of a sum without end; undefined for anything else. */
function boundIn(node: MathNode): string | undefined {
  return readDefinite(node)?.variable ?? readSeriesIndex(node);
}
