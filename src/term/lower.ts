/** From a syntax tree to the term that it means. */

import { fail, type ProblemCode } from '../problem.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';
import {
  add,
  apply,
  cases,
  constant,
  delta,
  derivative,
  divide,
  dot,
  element,
  genericApply,
  index,
  multiply,
  negate,
  number,
  power,
  product,
  relation,
  subtract,
  sum,
  symbol,
} from './construct.ts';
import { freeIndices, freshIndexOutside } from './inspect.ts';
import { parseRational, rational } from './rational.ts';
import { isTransposed } from './shapes.ts';
import type { IndexTerm, RelationTerm, Term, Variable } from './term.ts';
import { flattenElement } from './usage.ts';

/** How many arguments each elementary function takes, by name: least and most. */
export type FunctionTable = ReadonlyMap<string, readonly [number, number]>;

/** What names mean in one model. */
export interface Scope {
  readonly functions: FunctionTable;
  /** Axes of each name that is a quantity. */
  readonly axes: ReadonlyMap<string, number>;
  /** Names that are indices wherever they stand alone. */
  readonly indices: ReadonlySet<string>;
  /** Names that stand for quantities, so that a call by them is a product. */
  readonly quantities: ReadonlySet<string>;
  /** Functions that the author defined: `f(x) = x^2`. */
  readonly inlined: ReadonlyMap<string, InlineFunction>;
  /** `e` and `pi` where they are quantities of the author and not the constants. */
  readonly shadowed: ReadonlySet<string>;
  /** Gives a name to an expression at which a known function is differentiated; undefined where it can't have one. */
  readonly introduce?: (argument: Term) => Variable | undefined;
}

export interface InlineFunction {
  readonly parameters: readonly string[];
  readonly body: MathNode;
}

interface Context extends Scope {
  readonly bound: ReadonlyMap<string, IndexTerm>;
  readonly substituted: ReadonlyMap<string, Term>;
  readonly depth: number;
}

/** Lowers an expression. Throws with the span of what has no meaning. */
export function lower(node: MathNode, scope: Scope): Term {
  return visit(node, { ...scope, bound: new Map(), substituted: new Map(), depth: 0 });
}

function visit(node: MathNode, context: Context): Term {
  const seen = view(node);
  switch (seen.kind) {
    case 'constant': {
      const value = parseRational(seen.text);
      if (value === undefined) refuse(node, 'too-large', `the number ${seen.text.slice(0, 20)} has too many digits`);
      return number(value, seen.text);
    }
    case 'symbol':
      return visitName(seen.name, context);
    case 'parenthesis':
      return visit(seen.content, context);
    case 'element':
      return visitElement(node, context);
    case 'conditional':
      return cases(visitCondition(seen.condition, context), visit(seen.then, context), visit(seen.else, context));
    case 'operator':
      return visitOperator(node, seen.operator, seen.args, context);
    case 'call':
      return visitCall(node, seen.name, seen.callee, seen.args, context);
    case 'other':
      return refuse(node, 'unsupported-notation', `${seen.what} can't stand in an expression`);
  }
}

function visitName(name: string, context: Context): Term {
  const bound = context.substituted.get(name) ?? context.bound.get(name);
  if (bound !== undefined) return bound;
  if (context.indices.has(name)) return index(name);
  if ((name === 'e' || name === 'pi') && !context.shadowed.has(name)) return constant(name);
  return symbol(name, context.axes.get(name) ?? 0);
}

function visitElement(node: MathNode, context: Context): Term {
  const { base, indices } = flattenElement(node);
  const name = view(base);
  if (name.kind !== 'symbol') {
    return refuse(node, 'unsupported-notation', 'only a name can have an index', 'give the vector a name first');
  }
  const lowered = indices.map((part) => visitSubscript(part, context));
  return element(symbol(name.name, context.axes.get(name.name) ?? indices.length), lowered);
}

function visitSubscript(node: MathNode, context: Context): Term {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return visitSubscript(seen.content, context);
  if (seen.kind === 'symbol')
    return context.bound.get(seen.name) ?? context.substituted.get(seen.name) ?? index(seen.name);
  if (seen.kind === 'operator' && (seen.operator === '+' || seen.operator === '-')) {
    const parts = seen.args.map((part) => visitSubscript(part, context));
    const [left, right] = parts as [Term, Term | undefined];
    if (seen.operator === '+') return add(...parts);
    return right === undefined ? negate(left) : subtract(left, right);
  }
  const term = visit(node, context);
  if (!isIndexMap(term)) refuse(node, 'unsupported-notation', 'an index is a name, a whole number, or a sum of such');
  return term;
}

/** Indices, integers, and sums of integer multiples of them. */
function isIndexMap(term: Term): boolean {
  switch (term.kind) {
    case 'index':
      return true;
    case 'number':
      return term.value.denominator === 1n;
    case 'add':
      return term.terms.every(isIndexMap);
    case 'multiply':
      return term.coefficient.denominator === 1n && term.factors.length === 1 && term.factors.every(isIndexMap);
    default:
      return false;
  }
}

function visitCondition(node: MathNode, context: Context): RelationTerm {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return visitCondition(seen.content, context);
  if (seen.kind !== 'operator' || !relations.has(seen.operator)) {
    return refuse(node, 'syntax', 'a comparison is expected here', 'write cases as x > 0 ? a : b');
  }
  const [left, right] = seen.args as [MathNode, MathNode];
  return relation(seen.operator as RelationTerm['operator'], visit(left, context), visit(right, context));
}

const relations: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

function visitOperator(node: MathNode, operator: string, args: readonly MathNode[], context: Context): Term {
  if (operator === '*') return visitProduct(node, args, context);
  const lowered = args.map((arg) => visit(arg, context));
  const [left, right] = lowered as [Term, Term | undefined];
  switch (operator) {
    case '+':
      return add(...lowered);
    case '-':
      return right === undefined ? negate(left) : subtract(left, right);
    case '/':
      if (right?.kind === 'number' && right.value.numerator === 0n) {
        refuse(args[1] as MathNode, 'syntax', 'this divides by zero', 'a quotient by 0 has no value');
      }
      return divide(left, right as Term);
    case '^':
      return visitPower(node, left, right as Term);
    case "'":
      return refuse(
        node,
        'unsupported-notation',
        "a transposed vector can only stand in a product u' * v",
        "apply a derivative to something: f'(x)",
      );
    default:
      if (relations.has(operator)) {
        return refuse(node, 'syntax', 'a comparison has no value of its own', 'write cases as x > 0 ? a : b');
      }
      return refuse(node, 'unsupported-notation', `the operator ${operator} is not covered yet`);
  }
}

function visitPower(node: MathNode, base: Term, exponent: Term): Term {
  if (
    base.kind === 'number' &&
    base.value.numerator === 0n &&
    exponent.kind === 'number' &&
    exponent.value.numerator < 0n
  ) {
    return refuse(node, 'syntax', 'this divides by zero', 'a negative power of 0 has no value');
  }
  if (base.rank > 0) return refuse(node, 'shape-clash', 'a vector has no power', 'write dot(v, v) or norm(v)^2');
  return power(base, exponent);
}

function visitProduct(node: MathNode, args: readonly MathNode[], context: Context): Term {
  // u' * v is the inner product; every other product commutes.
  const factors: Term[] = [];
  let row: Term | undefined;
  for (const arg of flattenProduct(args)) {
    if (isTransposed(arg)) {
      row = visit(transposedContent(arg), context);
      if (row.rank === 0) {
        factors.push(row);
        row = undefined;
      }
      continue;
    }
    const factor = visit(arg, context);
    if (row !== undefined && factor.rank === 1) {
      factors.push(dot(row, factor));
      row = undefined;
    } else {
      factors.push(factor);
    }
  }
  if (row !== undefined)
    refuse(node, 'unsupported-notation', "after u' a vector is expected", "write u' * v or dot(u, v)");
  return multiply(...factors);
}

function flattenProduct(args: readonly MathNode[]): MathNode[] {
  return args.flatMap((arg) => {
    const seen = view(arg);
    return seen.kind === 'operator' && seen.operator === '*' ? flattenProduct(seen.args) : [arg];
  });
}

function transposedContent(node: MathNode): MathNode {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return transposedContent(seen.content);
  return seen.kind === 'operator' ? (seen.args[0] as MathNode) : node;
}

function visitCall(node: MathNode, name: string, callee: MathNode, args: readonly MathNode[], context: Context): Term {
  const construct = constructs.get(name);
  if (construct !== undefined && !context.inlined.has(name)) return construct(node, args, context);
  const bare = name.replace(/'+$/, '');
  const primes = name.length - bare.length;
  if (name === '') return visitPartial(node, callee, args, context);
  const inlined = context.inlined.get(bare);
  if (inlined !== undefined) return visitInlined(node, bare, primes, inlined, args, context);
  const arity = context.functions.get(bare);
  if (arity !== undefined && !context.quantities.has(bare)) {
    expectArguments(node, bare, args, arity);
    if (primes > 0) {
      const argument = visitScalar(args[0] as MathNode, bare, context);
      return derivativeAt(node, bare, primes, argument, context, (u) => apply(bare, u));
    }
    return apply(bare, ...args.map((arg) => visitScalar(arg, bare, context)));
  }
  if (primes === 0 && args.length === 1 && context.quantities.has(bare)) {
    return multiply(visitName(bare, context), visit(args[0] as MathNode, context));
  }
  if (args.length === 0) refuse(node, 'wrong-arguments', `${bare} is applied to nothing`, 'give it an argument: f(x)');
  if (primes > 0 && args.length > 1) {
    refuse(
      node,
      'wrong-arguments',
      `${name} has ${args.length} arguments`,
      `write D(${bare}, 1)(...) for a partial derivative`,
    );
  }
  const lowered = args.map((arg) => visitScalar(arg, bare, context));
  return genericApply(bare, lowered, primes > 0 ? [primes] : undefined);
}

function visitScalar(node: MathNode, callee: string, context: Context): Term {
  const term = visit(node, context);
  if (term.rank === 0) return term;
  return refuse(
    node,
    'shape-clash',
    `${callee} takes a scalar, but this is a vector`,
    'apply it to a component or to a norm',
  );
}

/** Highest derivative of a known function that can stand within an expression. */
const mostKnownPrimes = 4;

/** `D(f, 2)(a, b)`, or `D(f, 1, 2)(a, b)` for a mixed one. */
function visitPartial(node: MathNode, callee: MathNode, args: readonly MathNode[], context: Context): Term {
  const seen = view(callee);
  const [fn, ...positions] = seen.kind === 'call' && seen.name === 'D' ? seen.args.map(view) : [];
  if (fn?.kind !== 'symbol' || positions.length === 0) {
    return refuse(
      node,
      'unsupported-notation',
      'only a name or D(f, k) can be applied',
      "write f(x), f'(x) or D(f, 2)(x, y)",
    );
  }
  const orders = args.map(() => 0);
  for (const position of positions) {
    const at = position.kind === 'constant' ? Number(position.text) : 0;
    const order = orders[at - 1];
    if (order === undefined) {
      return refuse(node, 'wrong-arguments', `${fn.name} has no argument number ${at} here`, 'arguments count from 1');
    }
    orders[at - 1] = order + 1;
  }
  return genericApply(
    fn.name,
    args.map((arg) => visitScalar(arg, fn.name, context)),
    orders,
  );
}

function visitInlined(
  node: MathNode,
  name: string,
  primes: number,
  fn: InlineFunction,
  args: readonly MathNode[],
  context: Context,
): Term {
  expectArguments(node, name, args, [fn.parameters.length, fn.parameters.length]);
  if (context.depth > 50) refuse(node, 'circular-definition', `${name} is defined by itself`);
  const values = args.map((arg) => visit(arg, context));
  const bodyAt = (...given: Term[]): Term => {
    const substituted = new Map(fn.parameters.map((parameter, at) => [parameter, given[at] as Term]));
    return visit(fn.body, { ...context, substituted, bound: new Map(), depth: context.depth + 1 });
  };
  if (primes === 0) return bodyAt(...values);
  return derivativeAt(node, name, primes, values[0] as Term, context, bodyAt);
}

/**
 * f'(u) of a function with a known body: the derivative by its argument, which must be a variable or get a name, so that
 * it can be varied.
 */
function derivativeAt(
  node: MathNode,
  name: string,
  primes: number,
  argument: Term,
  context: Context,
  bodyAt: (argument: Term) => Term,
): Term {
  const isVariable = argument.kind === 'element' || (argument.kind === 'symbol' && !argument.constant);
  const variable = isVariable ? argument : context.introduce?.(argument);
  if (variable === undefined) {
    return refuse(
      node,
      'unsupported-notation',
      `${name}' is applied to an expression`,
      `write d(${name}(u), u), with u defined before`,
    );
  }
  if (primes > mostKnownPrimes) {
    return refuse(
      node,
      'too-large',
      `${primes} primes on a known function are too many`,
      'use --order on the function itself',
    );
  }
  let term = bodyAt(variable);
  for (let count = 0; count < primes; count++) term = derivative(term, variable);
  return term;
}

type Construct = (node: MathNode, args: readonly MathNode[], context: Context) => Term;

/** Calls that are not function applications. */
const constructs: ReadonlyMap<string, Construct> = new Map(
  Object.entries<Construct>({
    sum: (node, args, context) =>
      args.length === 1 ? visitVectorSum(node, args, context) : visitBinder(node, sum, 'sum', args, context),
    prod: (node, args, context) => visitBinder(node, product, 'prod', args, context),
    dot: (node, args, context) => {
      expectArguments(node, 'dot', args, [2, 2]);
      return dot(...(args.map((arg) => visitVector(arg, 'dot', context)) as [Term, Term]));
    },
    norm: (node, args, context) => {
      expectArguments(node, 'norm', args, [1, 1]);
      const vector = visitVector(args[0] as MathNode, 'norm', context);
      return power(dot(vector, vector), number(rational(1, 2)));
    },
    delta: (node, args, context) => {
      expectArguments(node, 'delta', args, [2, 2]);
      return delta(...(args.map((arg) => visitSubscript(arg, context)) as [Term, Term]));
    },
    d: visitDerivative,
    D: visitDerivative,
    pow: (node, args, context) => {
      expectArguments(node, 'pow', args, [2, 2]);
      return visitPower(node, ...(args.map((arg) => visit(arg, context)) as [Term, Term]));
    },
    nthRoot: (node, args, context) => {
      expectArguments(node, 'nthRoot', args, [1, 2]);
      const [radicand, degree = number(2)] = args.map((arg) => visitScalar(arg, 'nthRoot', context));
      // The third root of a negative number is real; a power of 1/3 of it is not.
      if (degree === number(3)) return apply('cbrt', radicand as Term);
      return power(radicand as Term, divide(number(1), degree));
    },
    ln: (node, args, context) => {
      expectArguments(node, 'ln', args, [1, 1]);
      return apply('log', visitScalar(args[0] as MathNode, 'ln', context));
    },
    log: (node, args, context) => {
      expectArguments(node, 'log', args, [1, 2]);
      const [argument, base] = args.map((arg) => apply('log', visitScalar(arg, 'log', context)));
      return base === undefined ? (argument as Term) : divide(argument as Term, base);
    },
  }),
);

function visitVector(node: MathNode, callee: string, context: Context): Term {
  const term = visit(isTransposed(node) ? transposedContent(node) : node, context);
  if (term.rank === 1) return term;
  return refuse(
    node,
    'shape-clash',
    `${callee} takes vectors, but this is a scalar`,
    'declare it: --shape "x: vector(n)"',
  );
}

function visitVectorSum(node: MathNode, args: readonly MathNode[], context: Context): Term {
  const vector = visit(args[0] as MathNode, context);
  if (vector.rank !== 1 || (vector.kind !== 'symbol' && vector.kind !== 'element')) {
    refuse(node, 'wrong-arguments', 'this sum has no index', 'write sum(body, i) or sum(body, i, 1, n)');
  }
  const name = freshIndexOutside(freeIndices(vector));
  const at = index(name);
  const entry = vector.kind === 'symbol' ? element(vector, [at]) : element(vector.base, [...vector.indices, at]);
  return sum(at, entry);
}

function visitBinder(
  node: MathNode,
  build: typeof sum,
  name: string,
  args: readonly MathNode[],
  context: Context,
): Term {
  if (args.length !== 2 && args.length !== 4) {
    refuse(
      node,
      'wrong-arguments',
      `${name} has ${args.length} arguments`,
      `write ${name}(body, i) or ${name}(body, i, 1, n)`,
    );
  }
  const [bodyNode, indexNode, fromNode, toNode] = args as [MathNode, MathNode, MathNode?, MathNode?];
  const seen = view(indexNode);
  if (seen.kind !== 'symbol') {
    return refuse(indexNode, 'wrong-arguments', `the index of a ${name} is a name`, `write ${name}(body, i)`);
  }
  const taken = new Set([...context.substituted.values()].flatMap((term) => [...freeIndices(term)]));
  const over = index(taken.has(seen.name) ? freshIndexOutside(taken) : seen.name);
  const range =
    fromNode === undefined || toNode === undefined
      ? undefined
      : { from: visit(fromNode, context), to: visit(toNode, context) };
  const bound = new Map(context.bound).set(seen.name, over);
  const substituted = new Map(context.substituted);
  substituted.delete(seen.name);
  return build(over, visit(bodyNode, { ...context, bound, substituted }), range);
}

/** `d(u, x)`: the inert derivative. */
function visitDerivative(node: MathNode, args: readonly MathNode[], context: Context): Term {
  expectArguments(node, 'd', args, [2, 2]);
  const [of, by] = args as [MathNode, MathNode];
  return derivative(visit(of, context), lowerVariable(by, visit(by, context)));
}

/** Accepts what a derivative can be taken by: a name or an element. */
export function lowerVariable(node: MathNode, term: Term): Variable {
  if (term.kind === 'element' || (term.kind === 'symbol' && !term.constant)) return term;
  return refuse(node, 'unknown-variable', 'a derivative is taken by a name or an element', 'for example x, or beta[j]');
}

function expectArguments(
  node: MathNode,
  name: string,
  args: readonly MathNode[],
  [least, most]: readonly [number, number],
): void {
  if (args.length >= least && args.length <= most) return;
  const wanted = least === most ? String(least) : `${least} or ${most}`;
  const message = `${name} takes ${wanted} argument${most === 1 ? '' : 's'}, here it has ${args.length}`;
  const letters = ['x', 'y', 'z'].slice(0, most).join(', ');
  refuse(node, 'wrong-arguments', message, `write ${name}(${letters})`);
}

/** Where nothing better is known to say. */
const usualHint = 'see "Text syntax" in the README for what can be written';

function refuse(node: MathNode, code: ProblemCode, message: string, hint = usualHint): never {
  const span = spanOf(node);
  return fail({ code, message, ...(span === undefined ? {} : { span }), hint });
}
