/** Calls that are not applications of a function to its arguments: what each makes of the syntax tree. */

import { fail } from '../problem.ts';
import {
  evaluationSign,
  expressionPrime,
  gradientSign,
  infinitySign,
  integralSign,
  limitSign,
  listSign,
} from '../syntax/functions.ts';
import { waysOut } from '../syntax/latex-cursor.ts';
import { type MathNode, spanOf, view } from '../syntax/node.ts';
import {
  apply,
  component,
  delta,
  derivative,
  divide,
  dot,
  element,
  genericApply,
  index,
  infinity,
  integral,
  integrationVariable,
  limit,
  multiply,
  negate,
  number,
  power,
  product,
  replaceIndex,
  subtract,
  sum,
} from '../term/construct.ts';
import { freeIndices, freshIndexOutside } from '../term/inspect.ts';
import { compareRational, isOddRational, rational } from '../term/rational.ts';
import { isSelection, selectedAlike } from '../term/tensor/selection.ts';
import type { IndexTerm, Range, Term } from '../term/term.ts';
import { lowerVariable } from './call-demands.ts';
import { applyKnown } from './poles.ts';
import { isTransposed } from './scalar-shapes.ts';
import { type Context, dividesByZero, expectArguments, refuse, visitScalar } from './scope.ts';

type Construct = (node: MathNode, args: readonly MathNode[], context: Context) => Term;

/** By the name of the call. */
/** Refuses what the reader has let pass, as the text around might have told what it is. */
function refuseFound(node: MathNode, found: string, hint = 'leave it out, or write it in other signs'): never {
  const span = spanOf(node);
  const message = `${found} can't be read here`;
  return fail({ code: 'unsupported-notation', message, ...(span === undefined ? {} : { span }), hint, found });
}

export const constructs: ReadonlyMap<string, Construct> = new Map(
  Object.entries<Construct>({
    sum: (node, args, context) =>
      args.length === 1 ? visitVectorSum(node, args, context) : visitBinder(node, sum, 'sum', args, context),
    prod: (node, args, context) => visitBinder(node, product, 'prod', args, context),
    logsumexp: (node, args, context) =>
      args.length === 1
        ? visitVectorLogSumExp(node, args, context)
        : visitBinder(node, logSumExp, 'logsumexp', args, context),
    softmax: visitSoftmax,
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
      return delta(...(args.map((arg) => context.visitSubscript(arg, context)) as [Term, Term]));
    },
    [expressionPrime]: (node) =>
      refuse(
        node,
        'unsupported-notation',
        'a prime on an expression does not say by what it differentiates',
        'write \\frac{d}{dx}',
      ),
    [integralSign]: visitIntegral,
    [limitSign]: visitLimit,
    [infinitySign]: (node) => refuseFound(node, 'infinity', waysOut.infinity),
    [evaluationSign]: (node) =>
      refuseFound(node, 'this bar', 'say the name that takes both values: \\Big|_{x=0}^{x=1}'),
    [gradientSign]: (node) => refuseFound(node, 'a \\nabla without its variable', 'write \\nabla_x f'),
    [listSign]: (node) => refuseFound(node, 'a list', 'write its parts one by one'),
    d: visitDerivative,
    D: visitDerivative,
    pow: (node, args, context) => {
      expectArguments(node, 'pow', args, [2, 2]);
      return raisePower(node, ...(args.map((arg) => context.visit(arg, context)) as [Term, Term]));
    },
    nthRoot: (node, args, context) => {
      expectArguments(node, 'nthRoot', args, [1, 2]);
      const [radicand, degree = number(2)] = args.map((arg) => visitScalar(arg, 'nthRoot', context));
      // The third root of a negative number is real, and so are the fifth, the seventh ...; a power of 1/3 of it is not.
      if (degree === number(3)) return apply('cbrt', radicand as Term);
      if (degree.kind === 'number' && compareRational(degree.value, rational(3)) > 0 && isOddRational(degree.value))
        return apply('nthRoot', radicand as Term, degree);
      return power(radicand as Term, divide(number(1), degree));
    },
    ln: (node, args, context) => {
      expectArguments(node, 'ln', args, [1, 1]);
      return applyKnown(node, 'log', visitScalar(args[0] as MathNode, 'ln', context));
    },
    log: (node, args, context) => {
      expectArguments(node, 'log', args, [1, 2]);
      const [argument, base] = args.map((arg) => applyKnown(node, 'log', visitScalar(arg, 'log', context)));
      return base === undefined ? (argument as Term) : divide(argument as Term, base);
    },
    binomial: visitBinomial,
    combinations: visitBinomial,
    logit: (node, args, context) => {
      expectArguments(node, 'logit', args, [1, 1]);
      const chance = visitScalar(args[0] as MathNode, 'logit', context);
      return subtract(applyKnown(node, 'log', chance), applyKnown(node, 'log', subtract(number(1), chance)));
    },
    polygamma: (node, args, context) => {
      expectArguments(node, 'polygamma', args, [2, 2]);
      const [order, argument] = args.map((arg) => visitScalar(arg, 'polygamma', context)) as [Term, Term];
      if (order === number(0)) return apply('digamma', argument);
      return order === number(1) ? apply('trigamma', argument) : apply('polygamma', order, argument);
    },
    mod: (node, args, context) => {
      expectArguments(node, 'mod', args, [2, 2]);
      const [dividend, divisor] = args.map((arg) => visitScalar(arg, 'mod', context)) as [Term, Term];
      if (divisor === number(0)) refuse(args[1] as MathNode, 'syntax', dividesByZero, 'mod(a, 0) has no value');
      return apply('mod', dividend, divisor);
    },
    besselj: ofOrder('besselj'),
    bessely: ofOrder('bessely'),
    besseli: ofOrder('besseli'),
  }),
);

/** `besselj(0, x)`: the order is part of the function's name. */
function ofOrder(name: string): Construct {
  return (node, args, context) => {
    expectArguments(node, name, args, [2, 2]);
    const [order, argument] = args.map((arg) => visitScalar(arg, name, context)) as [Term, Term];
    if (order !== number(0) && order !== number(1)) {
      refuse(
        args[0] as MathNode,
        'unsupported-notation',
        `${name} is covered for the orders 0 and 1 alone`,
        `write ${name}(0, x) or ${name}(1, x)`,
      );
    }
    return apply(`${name}${order === number(0) ? 0 : 1}`, argument);
  };
}

/** `base` to `exponent`, where that has a value. */
export function raisePower(node: MathNode, base: Term, exponent: Term): Term {
  const isZero = base.kind === 'number' && base.value.numerator === 0n;
  if (isZero && exponent.kind === 'number' && exponent.value.numerator < 0n) {
    return refuse(node, 'syntax', dividesByZero, 'a negative power of 0 has no value');
  }
  if (base.rank > 0) return refuse(node, 'shape-clash', 'a vector has no power', 'write dot(v, v) or norm(v)^2');
  return power(base, exponent);
}

function visitVector(node: MathNode, callee: string, context: Context): Term {
  const term = context.visit(isTransposed(node) ? transposedContent(node) : node, context);
  if (term.rank === 1) return term;
  return refuse(
    node,
    'shape-clash',
    `${callee} takes vectors, but this is a scalar`,
    'declare it: --shape "x: vector(n)"',
  );
}

/** n!/(k! (n - k)!): DLMF 1.2.1. */
function visitBinomial(node: MathNode, args: readonly MathNode[], context: Context): Term {
  expectArguments(node, 'binomial', args, [2, 2]);
  const [n, k] = args.map((arg) => visitScalar(arg, 'binomial', context)) as [Term, Term];
  const factorial = (of: Term): Term => applyKnown(node, 'factorial', of);
  return divide(factorial(n), multiply(factorial(k), factorial(subtract(n, k))));
}

/** What stands before the prime of `u'`. */
export function transposedContent(node: MathNode): MathNode {
  let seen = view(node);
  while (seen.kind === 'parenthesis') seen = view(seen.content);
  return seen.kind === 'operator' ? (seen.args[0] as MathNode) : node;
}

function visitVectorSum(node: MathNode, args: readonly MathNode[], context: Context): Term {
  const vector = context.visit(args[0] as MathNode, context);
  if (vector.rank !== 1 || (vector.kind !== 'symbol' && vector.kind !== 'element')) {
    refuse(node, 'wrong-arguments', 'this sum has no index', 'write sum(body, i) or sum(body, i, 1, n)');
  }
  const name = freshIndexOutside(freeIndices(vector));
  const at = index(name);
  const entry = vector.kind === 'symbol' ? element(vector, [at]) : element(vector.base, [...vector.indices, at]);
  return sum(at, entry);
}

/** `\\int_a^b f \\, dx`: where an equation is judged by numbers; nothing else knows of integrals. */
function visitIntegral(node: MathNode, args: readonly MathNode[], context: Context): Term {
  if (args.length !== 4 || context.approximates !== true)
    return refuseFound(node, 'an integral', waysOut['an integral']);
  const { over, range, inside } = readVariable(node, args, context);
  return integral(over, context.visit(args[0] as MathNode, inside), range);
}

/** A variable that takes all values, and where it stands for them. */
function readVariable(
  node: MathNode,
  args: readonly MathNode[],
  context: Context,
): Pick<Binding, 'over' | 'inside'> & { readonly range: Range } {
  const { name, over, range, inside } = readBinding(node, 'integral', args, context);
  const substituted = new Map(inside.substituted).set(name, integrationVariable(over));
  const bound = new Map(inside.bound);
  bound.delete(name);
  return { over, range: range as Range, inside: { ...inside, bound, substituted } };
}

/** `\\lim_{x \\to a} f`, in the same place. */
function visitLimit(node: MathNode, args: readonly MathNode[], context: Context): Term {
  if (context.approximates !== true) return refuseFound(node, 'the operator lim');
  const { over, range, inside } = readVariable(node, args, context);
  const side = range.to === number(2) ? number(-1) : range.to;
  return limit(over, context.visit(args[0] as MathNode, inside), { from: range.from, to: side });
}

/** A bound of a sum or an integral. */
function visitBound(node: MathNode, context: Context): Term {
  const seen = view(node);
  if (seen.kind === 'call' && seen.name === infinitySign && context.approximates === true) return infinity();
  const inner = seen.kind === 'operator' && seen.operator === '-' && seen.args.length === 1 ? seen.args[0] : undefined;
  return inner === undefined ? context.visit(node, context) : negate(visitBound(inner, context));
}

/** The name and the range that a binder's arguments after the first give. */
interface Binding {
  readonly name: string;
  readonly over: IndexTerm;
  readonly range: Range | undefined;
  /** Where the body stands. */
  readonly inside: Context;
}

function readBinding(node: MathNode, name: string, args: readonly MathNode[], context: Context): Binding {
  if (args.length !== 2 && args.length !== 4) {
    refuse(
      node,
      'wrong-arguments',
      `${name} has ${args.length} arguments`,
      `write ${name}(body, i) or ${name}(body, i, 1, n)`,
    );
  }
  const [, indexNode, fromNode, toNode] = args as [MathNode, MathNode, MathNode?, MathNode?];
  const seen = view(indexNode);
  if (seen.kind !== 'symbol') {
    return refuse(indexNode, 'wrong-arguments', `the index of a ${name} is a name`, `write ${name}(body, i)`);
  }
  if ((context.axes.get(seen.name) ?? 0) > 0) {
    return refuse(
      indexNode,
      'wrong-arguments',
      `${seen.name} has indices of its own, so it can't be one`,
      `write ${name}(body, i) with a name that stands for nothing else`,
    );
  }
  const taken = new Set([...context.substituted.values()].flatMap((term) => [...freeIndices(term)]));
  const over = index(taken.has(seen.name) ? freshIndexOutside(taken) : seen.name);
  const range =
    fromNode === undefined || toNode === undefined
      ? undefined
      : { from: visitBound(fromNode, context), to: visitBound(toNode, context) };
  const bound = new Map(context.bound).set(seen.name, over);
  const substituted = new Map(context.substituted);
  substituted.delete(seen.name);
  return { name: seen.name, over, range, inside: { ...context, bound, substituted, settled: new Map() } };
}

function visitBinder(
  node: MathNode,
  build: (over: IndexTerm, body: Term, range?: Range) => Term,
  name: string,
  args: readonly MathNode[],
  context: Context,
): Term {
  const { over, range, inside } = readBinding(node, name, args, context);
  return build(over, inside.visit(args[0] as MathNode, inside), range);
}

function logSumExp(over: IndexTerm, body: Term, range?: Range): Term {
  return apply('log', sum(over, apply('exp', body), range));
}

function visitVectorLogSumExp(node: MathNode, args: readonly MathNode[], context: Context): Term {
  expectArguments(node, 'logsumexp', args, [1, 1]);
  const vector = visitVector(args[0] as MathNode, 'logsumexp', context);
  const at = index(freshIndexOutside(freeIndices(vector)));
  return logSumExp(at, entryOf(args[0] as MathNode, vector, at));
}

/**
 * `softmax(x[i], i)` is the member at i: i stands outside as it does in x[i], and the sum runs over an index of its own.
 * Goodfellow, Bengio, Courville, Deep Learning (2016), 4.1.
 */
function visitSoftmax(node: MathNode, args: readonly MathNode[], context: Context): Term {
  if (args.length === 1) {
    const argument = context.visit(args[0] as MathNode, context);
    if (argument.rank === 0) return genericApply('softmax', [argument]);
    return refuse(
      node,
      'unsupported-notation',
      'this softmax has no index',
      'write softmax(v)[i], or softmax(v[i], i)',
    );
  }
  const { over, range, inside } = readBinding(node, 'softmax', args, context);
  const body = inside.visit(args[0] as MathNode, inside);
  return softmaxAt(over, body, context.visitSubscript(args[1] as MathNode, context), range);
}

/** `softmax(v)[i]` of a vector. */
export function visitSoftmaxEntry(argument: MathNode, place: Term, context: Context): Term {
  const vector = visitVector(argument, 'softmax', context);
  const at = index(freshIndexOutside(new Set([...freeIndices(vector), ...freeIndices(place)])));
  return softmaxAt(at, entryOf(argument, vector, at), place, undefined);
}

function softmaxAt(over: IndexTerm, body: Term, place: Term, range: Range | undefined): Term {
  const raised = apply('exp', body);
  return divide(replaceIndex(raised, over, place), sum(over, raised, range));
}

function entryOf(node: MathNode, vector: Term, at: IndexTerm): Term {
  const hasEntries = (term: Term): boolean =>
    term.kind === 'symbol' ||
    term.kind === 'element' ||
    (term.kind === 'add' && term.terms.every(hasEntries)) ||
    (term.kind === 'multiply' && term.factors.every((factor) => factor.rank === 0 || hasEntries(factor)));
  if (hasEntries(vector)) return component(vector, at);
  return refuse(node, 'unsupported-notation', 'the entries of this vector are not covered', 'give the vector a name');
}

/** `d(u, x)`: the inert derivative. */
function visitDerivative(node: MathNode, args: readonly MathNode[], context: Context): Term {
  expectArguments(node, 'd', args, [2, 2]);
  const [of, by] = args as [MathNode, MathNode];
  const [inner, variable] = [context.visit(of, context), context.visit(by, context)];
  if (inner.rank === 0 && isSelection(variable) && variable.args[0]?.kind === 'symbol')
    return selectedAlike(variable, derivative(inner, variable.args[0]));
  return derivative(inner, lowerVariable(by, variable));
}
