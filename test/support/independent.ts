/**
 * An evaluation of our syntax trees that shares nothing with the project's own: plain recursion over the tree, concrete
 * functions, families as closed formulas of their indices, derivatives by central differences. Used to tell apart
 * mutants that change a value from those that do not.
 */

import { flattenElement } from '../../src/meaning/usage.ts';
import { type MathNode, view } from '../../src/syntax/node.ts';
import { definitions } from './special-functions.ts';

export interface World {
  readonly seed: number;
  /** How many members every family has, and how many components every vector. */
  readonly size: number;
  /** Definitions by name: parameters and body. */
  readonly definitions: ReadonlyMap<string, { readonly parameters: readonly string[]; readonly body: MathNode }>;
  readonly indices: ReadonlySet<string>;
  /** Where the values of names are drawn; from 0.3 on, 0.5 wide, unless it says otherwise. */
  readonly region?: { readonly from: number; readonly width: number };
  /** Step of the differences; 0.002 unless it says otherwise. */
  readonly step?: number;
  /** How many axes each name has, where vectors stand without an index. */
  readonly axes?: ReadonlyMap<string, number>;
}

interface State {
  readonly world: World;
  readonly bound: ReadonlyMap<string, number>;
  /** Values that a difference quotient has moved, by name and indices. */
  readonly moved: ReadonlyMap<string, number>;
  /** Functions by derivative order are differenced in their argument. */
  readonly depth: number;
}

/** The value of `node` in `world`, free indices from `free`. */
export function evaluateIn(node: MathNode, world: World, free: ReadonlyMap<string, number>): number {
  return evaluate(node, { world, bound: free, moved: new Map(), depth: 0 });
}

/** The entry `at` of a vector-valued `node`; a scalar is its own entry. */
export function entryIn(node: MathNode, at: number, world: World, free: ReadonlyMap<string, number>): number {
  return entry(node, at, { world, bound: free, moved: new Map(), depth: 0 });
}

function evaluate(node: MathNode, state: State): number {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant':
      return Number(seen.text);
    case 'symbol':
      return state.bound.get(seen.name) ?? quantity(seen.name, [], state);
    case 'element': {
      const { base, indices } = flattenElement(node);
      const name = view(base);
      return quantity(
        name.kind === 'symbol' ? name.name : '',
        indices.map((at) => evaluate(at, state)),
        state,
      );
    }
    case 'parenthesis':
      return evaluate(seen.content, state);
    case 'operator': {
      const [row, column] = seen.args as [MathNode, MathNode];
      const turned = view(row);
      // u' * v
      if (seen.operator === '*' && turned.kind === 'operator' && turned.operator === "'") {
        return innerProduct(turned.args[0] as MathNode, column, state);
      }
      const args = seen.args.map((arg) => evaluate(arg, state));
      return args.length === 1 ? -(args[0] as number) : args.reduce((a, b) => combine(seen.operator, a, b));
    }
    case 'conditional':
      return evaluate(seen.condition, state) !== 0 ? evaluate(seen.then, state) : evaluate(seen.else, state);
    case 'call':
      return call(seen.name, seen.callee, seen.args, state);
    default:
      throw new Error(`no value for ${seen.kind}`);
  }
}

function combine(operator: string, a: number, b: number): number {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '^':
      return a ** b;
    case '>':
      return a > b ? 1 : 0;
    case '<':
      return a < b ? 1 : 0;
    case '>=':
      return a >= b ? 1 : 0;
    case '<=':
      return a <= b ? 1 : 0;
    case '==':
      return a === b ? 1 : 0;
    case '!=':
      return a !== b ? 1 : 0;
    default:
      throw new Error(`no value for the operator ${operator}`);
  }
}

function innerProduct(left: MathNode, right: MathNode, state: State): number {
  let total = 0;
  for (let at = 1; at <= state.world.size; at++) total += entry(left, at, state) * entry(right, at, state);
  return total;
}

function call(name: string, callee: MathNode, args: readonly MathNode[], state: State): number {
  const [first, second] = args as [MathNode, MathNode];
  if (name === 'sum') return overIndex(args, state, evaluate).reduce((a, b) => a + b, 0);
  if (name === 'prod') return overIndex(args, state, evaluate).reduce((a, b) => a * b, 1);
  if ((name === 'logsumexp' || name === 'softmax') && args.length > 1) {
    const total = overIndex(args, state, (body, inside) => Math.exp(evaluate(body, inside))).reduce((a, b) => a + b, 0);
    return name === 'logsumexp' ? Math.log(total) : Math.exp(evaluate(first, state)) / total;
  }
  if (name === 'delta') return evaluate(first, state) === evaluate(second, state) ? 1 : 0;
  if (name === 'dot' || name === 'norm') {
    const total = innerProduct(first, name === 'dot' ? second : first, state);
    return name === 'dot' ? total : Math.sqrt(total);
  }
  if (name === 'log' && args.length === 2) return Math.log(evaluate(first, state)) / Math.log(evaluate(second, state));
  if (name === 'd') return derivative(first, second, state);
  const known = definitions[name];
  const values = args.map((arg) => evaluate(arg, state));
  if (known !== undefined) return known(...values);
  if (name === '') {
    const partial = view(callee);
    const [fn, ...positions] = partial.kind === 'call' ? partial.args.map(view) : [];
    const orders = values.map(
      (_, k) => positions.filter((at) => at.kind === 'constant' && Number(at.text) === k + 1).length,
    );
    return smooth(fn?.kind === 'symbol' ? fn.name : '', values, orders, state.world.seed);
  }
  const primes = name.length - name.replace(/'+$/, '').length;
  return smooth(
    name.slice(0, name.length - primes),
    values,
    [primes, ...values.slice(1).map(() => 0)],
    state.world.seed,
  );
}

/** The values of the body of a sum or product. */
function overIndex(
  args: readonly MathNode[],
  state: State,
  value: (body: MathNode, state: State) => number,
): readonly number[] {
  const [body, index, from, to] = args as [MathNode, MathNode, MathNode?, MathNode?];
  const seen = view(index);
  const name = seen.kind === 'symbol' ? seen.name : '';
  const first = from === undefined ? 1 : evaluate(from, state);
  const last = to === undefined ? state.world.size : evaluate(to, state);
  const values: number[] = [];
  for (let at = first; at <= last; at++)
    values.push(value(body, { ...state, bound: new Map(state.bound).set(name, at) }));
  return values;
}

/** Whether a vector stands here, as far as the world knows the axes of names. */
function isVector(node: MathNode, state: State): boolean {
  const seen = view(node);
  switch (seen.kind) {
    case 'symbol':
    case 'element': {
      const { base, indices } = flattenElement(node);
      const name = view(base);
      const axes = name.kind === 'symbol' ? state.world.axes?.get(name.name) : undefined;
      return axes !== undefined && axes > indices.length;
    }
    case 'parenthesis':
      return isVector(seen.content, state);
    case 'operator':
      return seen.operator !== '^' && seen.args.some((arg) => isVector(arg, state));
    case 'call':
      if (seen.name === 'd') return seen.args.some((arg) => isVector(arg, state));
      return seen.name === 'sum' && isVector(seen.args[0] as MathNode, state);
    case 'conditional':
      return isVector(seen.then, state) || isVector(seen.else, state);
    default:
      return false;
  }
}

function entry(node: MathNode, at: number, state: State): number {
  const seen = view(node);
  switch (seen.kind) {
    case 'parenthesis':
      return entry(seen.content, at, state);
    case 'operator': {
      const entries = seen.args.map((arg) => (isVector(arg, state) ? entry(arg, at, state) : evaluate(arg, state)));
      return entries.length === 1 ? -(entries[0] as number) : entries.reduce((a, b) => combine(seen.operator, a, b));
    }
    case 'symbol':
    case 'element': {
      if (state.world.axes !== undefined && !isVector(node, state)) return evaluate(node, state);
      const { base, indices } = flattenElement(node);
      const name = view(base);
      const values = indices.map((one) => evaluate(one, state));
      return quantity(name.kind === 'symbol' ? name.name : '', [...values, at], state);
    }
    case 'call':
      if (seen.name !== 'sum' || !isVector(node, state)) return evaluate(node, state);
      return overIndex(seen.args, state, (body, inner) => entry(body, at, inner)).reduce((a, b) => a + b, 0);
    default:
      return evaluate(node, state);
  }
}

/** sin(a t + c) with orders by closed form; several arguments as a product of such. */
function smooth(name: string, values: readonly number[], orders: readonly number[], seed: number): number {
  return values.reduce((product, t, k) => {
    const a = 0.6 + noise(`${name} a ${k}`, seed);
    const c = noise(`${name} c ${k}`, seed);
    const order = orders[k] ?? 0;
    const wave = a ** order * Math.sin(a * t + c + (order * Math.PI) / 2);
    // Values stay above 1, so that quotients and logarithms have one.
    const line = order === 0 ? 0.7 * t + 3 : order === 1 ? 0.7 : 0;
    return product * (wave + line);
  }, 1);
}

/** `n` is how long all families are, `m` is a shorter length; `e` and `pi` are what they are unless they are indexed or defined. */
function constantIn(name: string, world: World): number | undefined {
  if (name === 'n') return world.size;
  if (world.indices.has(name)) return undefined;
  if (name === 'm') return world.size - 2;
  return name === 'e' ? Math.E : name === 'pi' ? Math.PI : undefined;
}

/** Indices run from 1 to size; the name itself tells how large the value is. */
function quantity(name: string, indices: readonly number[], state: State): number {
  const key = `${name}[${indices.join()}]`;
  const definition = state.world.definitions.get(name);
  const moved = state.moved.get(key);
  if (moved !== undefined) return moved;
  if (definition === undefined) {
    const constant = indices.length === 0 ? constantIn(name, state.world) : undefined;
    const { from, width } = state.world.region ?? { from: 0.3, width: 0.5 };
    return constant ?? from + width * noise(key, state.world.seed);
  }
  const bound = new Map(definition.parameters.map((parameter, at) => [parameter, indices[at] as number]));
  // A further index is a component of a vector.
  const component = indices[definition.parameters.length];
  if (component !== undefined) return entry(definition.body, component, { ...state, bound });
  return evaluate(definition.body, { ...state, bound });
}

/** Central differences with one Richardson step; nested ones with larger steps. */
function derivative(of: MathNode, by: MathNode, state: State): number {
  const { base, indices } = flattenElement(by);
  const name = view(base);
  const at = indices.map((one) => evaluate(one, state));
  const key = `${name.kind === 'symbol' ? name.name : ''}[${at.join()}]`;
  const centre = quantity(name.kind === 'symbol' ? name.name : '', at, state);
  const slope = (h: number): number => {
    const shifted = (value: number): number =>
      evaluate(of, { ...state, depth: state.depth + 1, moved: new Map(state.moved).set(key, value) });
    return (shifted(centre + h) - shifted(centre - h)) / (2 * h);
  };
  const h = (state.world.step ?? 2e-3) * (state.depth === 0 ? 1 : 2);
  return (4 * slope(h / 2) - slope(h)) / 3;
}

/** A number in [0, 1) that depends on the text alone. */
function noise(text: string, seed: number): number {
  let hash = seed;
  for (const character of text) hash = (Math.imul(hash ^ character.charCodeAt(0), 16777619) >>> 0) % 2147483647;
  return (hash % 9973) / 9973;
}
