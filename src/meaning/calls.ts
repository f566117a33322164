/** Functions applied: known ones, generic ones, those that the author defined, and the derivatives of all of them. */

import { functionAliases, letterFunctions, logarithmName } from '../syntax/functions.ts';
import { constantNode, type MathNode, symbolNode, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { apply, derivative, genericApply, isNumber, multiply, symbol } from '../term/construct.ts';
import { symbolsOf, variableSymbol } from '../term/substitute.ts';
import type { Term, Variable } from '../term/term.ts';
import { takes } from './call-shapes.ts';
import { constructs } from './constructs.ts';
import { applyKnown } from './poles.ts';
import { type Context, expectArguments, type InlineFunction, refuse, visitScalar } from './scope.ts';
import { tensorCalls } from './tensor-calls.ts';
import { visitTensorCallOf } from './tensor-lower.ts';

/** Lowers a call; `callee` is what is called, and `name` its name if it has one. */
export function visitCall(
  node: MathNode,
  name: string,
  callee: MathNode,
  args: readonly MathNode[],
  context: Context,
): Term {
  if (context.tensors === true && !context.inlined.has(name)) {
    const tensor = visitTensorCallOf(node, name, args, context);
    if (tensor !== undefined) return tensor;
  }
  const base = logarithmName.exec(name)?.[1];
  if (base !== undefined && args.length === 1 && !functionAliases.has(name) && !context.inlined.has(name)) {
    const below = /^\d/.test(base) ? constantNode(base) : symbolNode(base);
    return visitCall(node, 'log', callee, [...args, below], context);
  }
  const construct = constructs.get(name);
  if (construct !== undefined && !context.inlined.has(name)) return construct(node, args, context);
  const bare = name.replace(/'+$/, '');
  const primes = name.length - bare.length;
  if (name === '') return visitPartial(node, callee, args, context);
  const inlined = context.inlined.get(bare);
  if (inlined !== undefined) return visitInlined(node, bare, primes, inlined, args, context);
  const known = knownFunction(bare, args.length, context);
  if (known !== undefined) return visitKnown(node, known, bare, primes, args, context);
  if (primes === 0 && context.quantities.has(bare)) {
    if (args.length === 1) return multiply(context.visit(callee, context), context.visit(args[0] as MathNode, context));
    if (letterFunctions.has(bare)) refuse(node, 'wrong-arguments', `${bare} is a quantity here, it takes no arguments`);
  }
  // What has the name of an operation on vectors is never taken for an unknown function.
  const operation = primes === 0 ? tensorCalls.get(bare) : undefined;
  if (operation !== undefined && !takes(operation, args)) expectArguments(node, bare, args, operation.arity);
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

/** The function of the table that `name` calls, unless a quantity has the name. A letter is one by its arguments alone. */
function knownFunction(name: string, count: number, context: Context): string | undefined {
  if (context.quantities.has(name)) return undefined;
  const wanted = letterFunctions.get(name);
  if (wanted !== undefined && wanted !== count) return undefined;
  const known = functionAliases.get(name) ?? name;
  return context.functions.has(known) ? known : undefined;
}

function visitKnown(
  node: MathNode,
  known: string,
  written: string,
  primes: number,
  args: readonly MathNode[],
  context: Context,
): Term {
  expectArguments(node, written, args, context.functions.get(known) as readonly [number, number]);
  if (primes > 0) {
    const argument = visitScalar(args[0] as MathNode, written, context);
    return derivativeAt(node, written, primes, argument, context, (u) => apply(known, u));
  }
  return applyKnown(node, known, ...args.map((arg) => visitScalar(arg, written, context)));
}

/** `D(f, 2)(a, b)`, or `D(f, 1, 2)(a, b)` for a mixed one. */
function visitPartial(node: MathNode, callee: MathNode, args: readonly MathNode[], context: Context): Term {
  const seen = view(callee);
  if (seen.kind === 'element') {
    return refuse(
      node,
      'unsupported-notation',
      `${printText(callee)} is applied, and has an index`,
      'write f_k(x) for a function, f(k, x) where the index runs, and x[k]*(y + 1) for a product',
    );
  }
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
  const inlined = context.inlined.get(fn.name);
  if (inlined !== undefined) return visitInlinedPartial(node, fn.name, orders, inlined, args, context);
  return genericApply(
    fn.name,
    args.map((arg) => visitScalar(arg, fn.name, context)),
    orders,
  );
}

/** A function of the author's: its body with the arguments in the place of the parameters, once for each arguments. */
function visitInlined(
  node: MathNode,
  name: string,
  primes: number,
  fn: InlineFunction,
  args: readonly MathNode[],
  context: Context,
): Term {
  const values = args.map((arg, at) => argumentOf(arg, fn.parameters[at], name, context));
  const bodyAt = bodyOf(node, name, fn, args, context);
  if (primes === 0) return bodyAt(...values);
  return derivativeAt(node, name, primes, values[0] as Term, context, bodyAt);
}

/**
 * The value of an argument. Where the parameter is a vector or a matrix, 0 is the zero of its shape: it gets a name, as the number
 * has no axes, and logsumexp(0) is to be log(n).
 */
function argumentOf(arg: MathNode, parameter: string | undefined, callee: string, context: Context): Term {
  const value = context.visit(arg, context);
  const axes = parameter === undefined ? 0 : (context.axes.get(parameter) ?? 0);
  if (parameter === undefined || axes === 0 || !isNumber(value, 0)) return value;
  return context.introduceZero?.(parameter) ?? refuseZero(arg, callee);
}

function refuseZero(node: MathNode, callee: string): never {
  return refuse(
    node,
    'shape-clash',
    `${callee} takes a vector or matrix, but this is a number`,
    'write its value at zero out',
  );
}

/** The same for a partial derivative: each argument by which is differentiated gets a name, so that it varies alone. */
function visitInlinedPartial(
  node: MathNode,
  name: string,
  orders: readonly number[],
  fn: InlineFunction,
  args: readonly MathNode[],
  context: Context,
): Term {
  const bodyAt = bodyOf(node, name, fn, args, context);
  const places = args.map((arg, at) => {
    const value = argumentOf(arg, fn.parameters[at], name, context);
    if (orders[at] === 0) return value;
    return context.introduce?.(value) ?? (isVariable(value) ? value : refuseArgument(node, name));
  });
  return orders.reduce<Term>(
    (term, order, at) => {
      let inner = term;
      for (let count = 0; count < order; count++) inner = derivative(inner, places[at] as Variable);
      return inner;
    },
    bodyAt(...places),
  );
}

function isVariable(term: Term): term is Variable {
  return term.kind === 'element' || (term.kind === 'symbol' && !term.constant);
}

function refuseArgument(node: MathNode, name: string): never {
  return refuse(
    node,
    'unsupported-notation',
    `${name}' is applied to an expression`,
    `write d(${name}(u), u), with u defined before`,
  );
}

/** The value of a function of the author's for arguments. */
function bodyOf(
  node: MathNode,
  name: string,
  fn: InlineFunction,
  args: readonly MathNode[],
  context: Context,
): (...given: Term[]) => Term {
  expectArguments(node, name, args, [fn.parameters.length, fn.parameters.length]);
  if (context.within.includes(name)) refuse(node, 'circular-definition', `${name} is defined by itself`);
  return (...given) => {
    const key = `${name}(${given.map((term) => term.id).join()})`;
    const known = context.bodies.get(key);
    if (known !== undefined) return known;
    const substituted = new Map(fn.parameters.map((parameter, at) => [parameter, given[at] as Term]));
    const within = [...context.within, name];
    const body = context.visit(fn.body, { ...context, substituted, bound: new Map(), within, settled: new Map() });
    context.bodies.set(key, body);
    return body;
  };
}

/** Highest derivative of a known function that can stand within an expression. */
const mostKnownPrimes = 4;

/** Whether a body holds a name beside its parameter: the a of f'(a) for f(x) = (x - a)^2 must not be taken for the x. */
function isHeld(argument: Variable, bodyAt: (argument: Term) => Term): boolean {
  return argument.rank === 0 && symbolsOf(bodyAt(symbol('#parameter'))).has(variableSymbol(argument));
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
  const isOwn = isVariable(argument) && !isHeld(argument, bodyAt);
  const variable = isOwn ? argument : context.introduce?.(argument);
  if (variable === undefined) return refuseArgument(node, name);
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
