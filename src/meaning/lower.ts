/** From a syntax tree to the term that it means. */

import { isDotted, type MathNode, view } from '../syntax/node.ts';
import { landings, levelsBetween } from '../syntax/walk.ts';
import {
  add,
  cases,
  constant,
  divide,
  dot,
  element,
  index,
  multiply,
  negate,
  number,
  relation,
  subtract,
  symbol,
} from '../term/construct.ts';
import { parseRational } from '../term/rational.ts';
import type { RelationTerm, Term } from '../term/term.ts';
import { noteRow, noteSum } from '../term/written.ts';
import { visitCall } from './calls.ts';
import { constructs, raisePower, transposedContent, visitSoftmaxEntry } from './constructs.ts';
import { refuseBareFunction, refuseDoubleFactorial, refuseLeibniz } from './misreadings.ts';
import { applyKnown } from './poles.ts';
import { isTransposed } from './scalar-shapes.ts';
import { type Context, dividesByZero, refuse, type Scope } from './scope.ts';
import { visitSlice } from './slices.ts';
import { checkAlike, refuseIndices, visitEntry, visitTensorOperator } from './tensor-lower.ts';
import { flattenElement, isWholeAxis } from './usage.ts';
import { noteProduct } from './written-products.ts';

export { lowerVariable } from './call-demands.ts';
export type { InlineFunction, Scope } from './scope.ts';

const bodiesOf = new WeakMap<Scope, Map<string, Term>>();

/** Lowers an expression. Throws with the span of what has no meaning. */
export function lower(node: MathNode, scope: Scope): Term {
  const bodies = bodiesOf.get(scope) ?? new Map<string, Term>();
  bodiesOf.set(scope, bodies);
  const context = { ...scope, visit, visitSubscript, bound: new Map(), substituted: new Map(), within: [], bodies };
  return visitDeep(node, context);
}

/** Lowers from the bottom up, as the recursion of {@link visit} does not reach to the ground of a deep tree. */
function visitDeep(node: MathNode, context: Omit<Context, 'settled'>): Term {
  const settled = new Map<MathNode, Term>();
  const inside: Context = { ...context, settled };
  for (const landing of landings(node, levelsBetween, settledParts, isClosed))
    settled.set(landing, visit(landing, inside));
  return visit(node, inside);
}

/** A part of a product may be a row that meets its column outside of that part; calls and brackets hold no such. */
function isClosed(node: MathNode): boolean {
  const { kind } = view(node);
  return kind === 'call' || (kind === 'parenthesis' && !isTransposed(node));
}

/** Where the same names hold as around `node`, and every part has a value of its own. */
function settledParts(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return [seen.content];
  if (seen.kind === 'operator') return relations.has(seen.operator) || seen.operator === "'" ? [] : seen.args;
  return seen.kind === 'call' && seen.name !== '' && !constructs.has(seen.name) ? seen.args : [];
}

function visit(node: MathNode, context: Context): Term {
  const settled = context.settled.get(node);
  if (settled !== undefined) return settled;
  const seen = view(node);
  switch (seen.kind) {
    case 'constant': {
      const value = parseRational(seen.text);
      if (value === undefined) refuse(node, 'too-large', `the number ${seen.text.slice(0, 20)} has too many digits`);
      return number(value, seen.text);
    }
    case 'symbol':
      return visitName(node, seen.name, context);
    case 'parenthesis':
      return visit(seen.content, context);
    case 'element':
      return visitElement(node, context);
    case 'conditional': {
      const [then, otherwise] = [visit(seen.then, context), visit(seen.else, context)];
      if (context.tensors === true) checkAlike([seen.then, seen.else], then, otherwise);
      return cases(visitCondition(seen.condition, context), then, otherwise);
    }
    case 'operator':
      return visitOperator(node, seen.operator, seen.args, context);
    case 'call':
      return visitCall(node, seen.name, seen.callee, seen.args, context);
    case 'whole':
      return refuse(node, 'unsupported-notation', 'a colon stands for all indices of an axis, within brackets alone');
    case 'other':
      return refuse(node, 'unsupported-notation', `${seen.what} can't stand in an expression`);
  }
}

function visitName(node: MathNode, name: string, context: Context): Term {
  const bound = context.substituted.get(name) ?? context.bound.get(name);
  if (bound !== undefined) return bound;
  if (context.indices.has(name)) return index(name);
  if ((name === 'e' || name === 'pi') && !context.shadowed.has(name)) return constant(name);
  refuseBareFunction(node, name, context);
  return symbol(name, context.axes.get(name) ?? 0);
}

function visitElement(node: MathNode, context: Context): Term {
  const { base, indices } = flattenElement(node);
  const name = view(base);
  if (
    context.tensors !== true &&
    name.kind === 'call' &&
    name.name === 'softmax' &&
    name.args.length === 1 &&
    indices.length === 1
  ) {
    return visitSoftmaxEntry(name.args[0] as MathNode, visitSubscript(indices[0] as MathNode, context), context);
  }
  if (indices.some(isWholeAxis)) return visitSlice(node, base, indices, context);
  if (name.kind !== 'symbol' && context.tensors === true) {
    const whole = visit(base, context);
    return visitEntry(
      node,
      whole,
      indices.map((part) => visitSubscript(part, context)),
    );
  }
  if (name.kind !== 'symbol') {
    return refuse(node, 'unsupported-notation', 'only a name can have an index', 'give the vector a name first');
  }
  const lowered = indices.map((part) => visitSubscript(part, context));
  const given = context.substituted.get(name.name);
  if (given !== undefined) return visitEntryOf(node, given, lowered);
  const axes = context.axes.get(name.name);
  if (context.tensors === true && axes !== undefined && axes < lowered.length) refuseIndices(node, name.name, axes);
  return element(symbol(name.name, context.axes.get(name.name) ?? indices.length), lowered);
}

/** An entry of what was put in for a parameter: the x_i of f(x), where f is called with something else. */
function visitEntryOf(node: MathNode, given: Term, indices: readonly Term[]): Term {
  return given.kind === 'symbol' && given.rank >= indices.length
    ? element(given, indices)
    : visitEntry(node, given, indices);
}

function visitSubscript(node: MathNode, context: Context): Term {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return visitSubscript(seen.content, context);
  if (seen.kind === 'symbol') return namedIndex(seen.name, context) ?? index(seen.name);
  const term = seen.kind === 'operator' && maps.has(seen.operator) ? visitMap(node, context) : visit(node, context);
  if (!isIndexMap(term)) refuse(node, 'unsupported-notation', 'an index is a name, a whole number, or a sum of such');
  return term;
}

const maps: ReadonlySet<string> = new Set(['+', '-', '*']);

/** A linear map of indices, in which the lengths of axes are numbers: (j - 1) m + i. */
function visitMap(node: MathNode, context: Context): Term {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return visitMap(seen.content, context);
  if (seen.kind === 'symbol') {
    return namedIndex(seen.name, context) ?? (context.lengths.has(seen.name) ? symbol : index)(seen.name);
  }
  if (seen.kind !== 'operator' || !maps.has(seen.operator)) return visitSubscript(node, context);
  const parts = seen.args.map((part) => visitMap(part, context));
  const [left, right] = parts as [Term, Term | undefined];
  if (seen.operator === '+') return add(...parts);
  if (seen.operator === '*') return multiplyAll(parts);
  return right === undefined ? negate(left) : subtract(left, right);
}

function namedIndex(name: string, context: Context): Term | undefined {
  return context.bound.get(name) ?? context.substituted.get(name);
}

/** Indices, integers and lengths, and sums of multiples of them. */
function isIndexMap(term: Term): boolean {
  switch (term.kind) {
    case 'index':
    case 'symbol':
      return true;
    case 'number':
      return term.value.denominator === 1n;
    case 'add':
      return term.terms.every(isIndexMap);
    case 'power':
      return term.base.kind === 'symbol' && isIndexMap(term.exponent);
    case 'multiply': {
      const counted = term.factors.filter((factor) => factor.kind === 'index').length;
      return term.coefficient.denominator === 1n && counted < 2 && term.factors.every(isIndexMap);
    }
    default:
      return false;
  }
}

function visitCondition(node: MathNode, context: Context): RelationTerm {
  let seen = view(node);
  while (seen.kind === 'parenthesis') seen = view(seen.content);
  if (seen.kind !== 'operator' || !relations.has(seen.operator)) {
    return refuse(node, 'syntax', 'a comparison is expected here', 'write cases as x > 0 ? a : b');
  }
  const [left, right] = seen.args as [MathNode, MathNode];
  return relation(seen.operator as RelationTerm['operator'], visit(left, context), visit(right, context));
}

const relations: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '==', '!=']);

function visitOperator(node: MathNode, operator: string, args: readonly MathNode[], context: Context): Term {
  const tensor = context.tensors === true ? visitTensorOperator(node, operator, args, context) : undefined;
  if (tensor !== undefined) return tensor;
  if (operator === '*') return visitProduct(node, args, context);
  if (operator === '/') refuseLeibniz(node, args, context);
  if (operator === '!') refuseDoubleFactorial(node, args[0] as MathNode);
  const lowered = args.map((arg) => visit(arg, context));
  const [left, right] = lowered as [Term, Term | undefined];
  switch (operator) {
    case '+':
    case '-': {
      if (operator === '-' && right === undefined) return negate(left);
      const total = operator === '+' ? addAll(lowered) : subtract(left, right as Term);
      noteSum(context.written, total, lowered, operator === '-');
      return total;
    }
    case '/':
      if (right?.kind === 'number' && right.value.numerator === 0n) {
        refuse(args[1] as MathNode, 'syntax', dividesByZero, 'a quotient by 0 has no value');
      }
      return divide(left, right as Term);
    case '^':
      return raisePower(node, left, right as Term);
    case '!':
      if (left.rank > 0) refuse(node, 'shape-clash', 'a vector has no factorial', 'apply it to a component');
      return applyKnown(node, 'factorial', left);
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

function visitProduct(node: MathNode, args: readonly MathNode[], context: Context): Term {
  // u' * v is the inner product; every other product commutes.
  const factors: Term[] = [];
  let row: Term | undefined;
  const [left, right] = args;
  if (isInner(node, context)) return dot(visit(left as MathNode, context), visit(right as MathNode, context));
  const parts = flattenProduct(args, context);
  // Among matrices a row belongs to what follows it: b' * K * b * l is a scalar times l, and its factors stay together.
  const flat = context.tensors === true && parts.some(isTransposed) ? args : parts;
  noteProduct(context.written, flat);
  for (const arg of flat) {
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
      const inner = dot(row, factor);
      noteRow(context.written, inner, row);
      factors.push(inner);
      row = undefined;
    } else {
      factors.push(factor);
    }
  }
  if (row !== undefined)
    refuse(node, 'unsupported-notation', "after u' a vector is expected", "write u' * v or dot(u, v)");
  return multiplyAll(factors);
}

/** Most terms that are handed over in one call. */
const mostArguments = 5000;

function addAll(terms: readonly Term[]): Term {
  if (terms.length <= mostArguments) return add(...terms);
  const parts: Term[] = [];
  for (let at = 0; at < terms.length; at += mostArguments) parts.push(add(...terms.slice(at, at + mostArguments)));
  return addAll(parts);
}

function multiplyAll(factors: readonly Term[]): Term {
  if (factors.length <= mostArguments) return multiply(...factors);
  const parts: Term[] = [];
  for (let at = 0; at < factors.length; at += mostArguments) {
    parts.push(multiply(...factors.slice(at, at + mostArguments)));
  }
  return multiplyAll(parts);
}

function flattenProduct(args: readonly MathNode[], context: Context): MathNode[] {
  return args.flatMap((arg) => {
    const seen = view(arg);
    if (seen.kind !== 'operator' || seen.operator !== '*' || isInner(arg, context)) return [arg];
    return flattenProduct(seen.args, context);
  });
}

/** Whether a product is written with a dot between two vectors. */
function isInner(node: MathNode, context: Context): boolean {
  const seen = view(node);
  return isDotted(node) && seen.kind === 'operator' && seen.args.every((arg) => isVector(arg, context));
}

/** A name with fewer indices than axes, or a sum of such. */
function isVector(node: MathNode, context: Context): boolean {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return isVector(seen.content, context);
  if (seen.kind === 'operator') return '+-'.includes(seen.operator) && seen.args.some((arg) => isVector(arg, context));
  if (seen.kind !== 'symbol' && seen.kind !== 'element') return false;
  const { base, indices } = flattenElement(node);
  const name = view(base);
  return name.kind === 'symbol' && (context.axes.get(name.name) ?? 0) > indices.length;
}
