/** Derivatives: \frac{\partial E}{\partial x}, dE/dx, the operators \frac{d}{dx}, \nabla_x and \partial_x. */

import type { Span } from '../problem.ts';
import { gradientSign } from './functions.ts';
import {
  argumentsFrom,
  type Context,
  type Cursor,
  isSign,
  lastEnd,
  peek,
  refuse,
  sumEnd,
  takeScript,
} from './latex-cursor.ts';
import { foldProduct } from './latex-fold.ts';
import { readArguments } from './latex-group.ts';
import type { Token, TokenOf } from './latex-token.ts';
import {
  callNode,
  constantNode,
  locate,
  type MathNode,
  operatorNode,
  partial,
  spanOf as placeOf,
  symbolNode,
  view,
} from './node.ts';

/** What a fraction says when it is a derivative. */
interface Derivative {
  /** What is differentiated; empty in the operator \frac{d}{dx}. */
  readonly subject: readonly Token[];
  /** The variables from left to right, repeated by their order. */
  readonly variables: readonly MathNode[];
  /** Factors before the differentials. */
  readonly over: readonly Token[];
  readonly under: readonly Token[];
  readonly isRound: boolean;
}

/** Reads a fraction: a derivative if both its parts begin with a differential, else a quotient. */
export function readFraction(cursor: Cursor): MathNode {
  const { context } = cursor;
  const token = peek(cursor) as TokenOf<'fraction'>;
  cursor.at++;
  const derivative = matchDerivative(context, token);
  if (derivative === undefined) {
    const over = context.grammar.all(context, token.over, token);
    return locate(operatorNode('/', over, context.grammar.all(context, token.under, token)), spanOf(token));
  }
  const { subject, variables, isRound } = derivative;
  const reachesOn = derivativeReach(cursor.tokens, cursor.at - 1) !== undefined;
  const operand = subject.length === 0 ? readOperand(cursor, reachesOn) : undefined;
  const node =
    operand !== undefined
      ? differentiate(operand, variables, { start: token.start, end: lastEnd(cursor) }, isRound)
      : (evaluated(cursor, token, subject, variables) ??
        differentiate(context.grammar.all(context, subject, token), variables, spanOf(token), isRound));
  return withFactors(context, node, derivative, token);
}

function withFactors(context: Context, node: MathNode, { over, under }: Derivative, token: Token): MathNode {
  let result = node;
  const span = { start: token.start, end: Math.max(token.end, placeOf(node)?.end ?? 0) };
  if (over.length > 0) {
    const factor = context.grammar.all(context, over, token);
    result = locate(
      foldProduct([
        { joint: '*', node: factor },
        { joint: '*', node: result },
      ]),
      span,
    );
  }
  if (under.length > 0) result = locate(operatorNode('/', result, context.grammar.all(context, under, token)), span);
  return result;
}

/** d(d(E, y), x) for the variables x, y. */
function differentiate(subject: MathNode, variables: readonly MathNode[], span: Span, isRound = false): MathNode {
  return variables.reduceRight((inner, variable) => {
    const node = locate(callNode('d', [inner, variable]), span);
    return isRound ? partial(node) : node;
  }, subject);
}

/** What an operator applies to: parentheses and what stands with them, or the product that follows; all terms if it reaches on. */
function readOperand(cursor: Cursor, canReachOn = false): MathNode {
  const { grammar, naming } = cursor.context;
  if (canReachOn && naming.differentiatesOn()) return grammar.sum(cursor);
  return peek(cursor)?.kind === 'open' ? grammar.juxtaposed(cursor) : grammar.product(cursor);
}

/** `\\operatorname{D}_x(u)[v]`, the derivative of u by x along v; undefined, and nothing passed, for everything else. */
export function readDirectional(cursor: Cursor): MathNode | undefined {
  const { context, tokens } = cursor;
  const [name, script, open] = [0, 1, 2].map((ahead) => peek(cursor, ahead));
  if (name?.kind !== 'name' || name.name !== 'D' || script?.kind !== 'script' || script.sub === undefined)
    return undefined;
  if (script.sup !== undefined || script.primes > 0 || open?.kind !== 'open' || open.sign !== '(') return undefined;
  const along = tokens[argumentsFrom(tokens, cursor.at + 2).end + 1];
  if (along?.kind !== 'open' || along.sign !== '[') return undefined;
  cursor.at += 2;
  const [subject, second] = readArguments(cursor);
  const [direction, third] = readArguments(cursor);
  if (subject === undefined || direction === undefined || second !== undefined || third !== undefined) {
    return refuse('this derivative along a direction', { start: name.start, end: lastEnd(cursor) }, 'write D_x(u)[v]');
  }
  const variable = context.grammar.all(context, script.sub, script);
  return locate(callNode('jvp', [subject, variable, direction]), { start: name.start, end: lastEnd(cursor) });
}

/** Whether a token is the operator \\frac{d}{dx}, with nothing in it that is differentiated. */
export function isDerivativeOperator(token: Token | undefined): boolean {
  if (token?.kind !== 'fraction' || !isMarker(token.over[0]) || !isMarker(token.under[0])) return false;
  return splitSubject(token.over.slice(1)).subject.length === 0;
}

/**
 * Whether the token at `at` is the operator \frac{d}{dx} before a term with others behind it, none of which is a derivative: where
 * the first term ends. It may be meant for all of them.
 */
export function derivativeReach(tokens: readonly Token[], at: number): number | undefined {
  if (!isDerivativeOperator(tokens[at]) || tokens[at + 1]?.kind === 'open') return undefined;
  const [first, all] = [sumEnd(tokens, at + 1), sumEnd(tokens, at + 1, true)];
  if (first === all) return undefined;
  const isDerivative = (one: Token): boolean =>
    one.kind === 'partial' || one.kind === 'nabla' || (one.kind === 'fraction' && isMarker(one.under[0]));
  return tokens.slice(first, all).some(isDerivative) ? undefined : first;
}

/** `\frac{dF}{du}(u(x))`, the derivative of a function at a place, as F'(u(x)). */
function evaluated(
  cursor: Cursor,
  token: TokenOf<'fraction'>,
  subject: readonly Token[],
  variables: readonly MathNode[],
): MathNode | undefined {
  const [name] = subject;
  const open = peek(cursor);
  if (subject.length !== 1 || name?.kind !== 'name' || open?.kind !== 'open' || open.sign !== '(') return undefined;
  const { end, commas } = argumentsFrom(cursor.tokens, cursor.at);
  if (commas > 0)
    return refuse('a derivative at a place with several coordinates', { start: token.start, end: open.end });
  const inside = cursor.tokens.slice(cursor.at + 1, end);
  const [first, second] = inside;
  const isPoint = first?.kind === 'name' && (inside.length === 1 || (inside.length === 2 && second?.kind === 'script'));
  const isCall =
    first?.kind === 'name' && second?.kind === 'open' && argumentsFrom(inside, 1).end === inside.length - 1;
  if (!isPoint && !(isCall && cursor.context.naming.isFunction(first.name))) return undefined;
  const args = readArguments(cursor);
  return locate(callNode(name.name + "'".repeat(variables.length), args), { start: token.start, end: lastEnd(cursor) });
}

/** Whether derivatives in a line stand in a part of a fraction: the dy/dt above dx/dt. */
function holdsSlashed(tokens: readonly Token[]): boolean {
  return tokens.some((token, at) => isSign(token, '/') && isMarker(tokens[at + 1]));
}

/** Whether a \partial is the sign of a differential: \partial_x f and \partial_1 f(x, y) are derivatives by themselves. */
function holdsDifferential(tokens: readonly Token[]): boolean {
  return tokens.some((token, at) => {
    const next = tokens[at + 1];
    return token.kind === 'partial' && !(next?.kind === 'script' && next.sub !== undefined);
  });
}

function matchDerivative(context: Context, token: TokenOf<'fraction'>): Derivative | undefined {
  if (holdsSlashed(token.over) || holdsSlashed(token.under)) return undefined;
  const above = markerAt(token.over);
  const below = markerAt(token.under);
  const isPartial = holdsDifferential(token.under);
  if (above === undefined || below === undefined) {
    if (isPartial || holdsDifferential(token.over)) return refuse('a lone differential', token);
    return undefined;
  }
  const sides = splitSubject(token.over.slice(above + 1));
  const [script] = sides.subject;
  if (script?.kind === 'script') {
    return script.sub === undefined ? refuse('a derivative of this order', script, 'use 1, 2, 3') : undefined;
  }
  const power = powerBelow(token.under.slice(below), sides.order);
  const variables = readVariables(context, power?.variable ?? token.under.slice(below), sides.order);
  const isSum = hasSum(sides.subject);
  if (variables === undefined || isSum) {
    if (isPartial || (isSum && variables !== undefined))
      return refuse('this derivative', token, 'write \\frac{\\partial E}{\\partial x}');
    return undefined;
  }
  if (variables.length !== sides.order) {
    return refuse(
      'a derivative whose orders differ above and below',
      token,
      'write \\frac{\\partial^2 E}{\\partial x^2}',
    );
  }
  return {
    subject: sides.subject,
    variables,
    over: withoutSign(token.over.slice(0, above)),
    under: [...withoutSign(token.under.slice(0, below)), ...(power?.slope ?? [])],
    isRound: isPartial,
  };
}

/**
 * The differential of a power, \partial\sigma^2, as that of its base with the slope 2\sigma beside it: df/du = (df/dx) / (du/dx), where u is a
 * power of x.
 */
function powerBelow(
  tokens: readonly Token[],
  order: number,
): { readonly variable: readonly Token[]; readonly slope: readonly Token[] } | undefined {
  const [sign, name, script] = tokens;
  if (order !== 1 || tokens.length !== 3 || sign === undefined || name?.kind !== 'name' || script?.kind !== 'script')
    return undefined;
  const exponent = orderOf(script);
  if (exponent === undefined || exponent === 1) return undefined;
  const { start, end } = script;
  const sup: Token[] = [{ kind: 'number', text: String(exponent - 1), start, end }];
  const below: Token[] = script.sub === undefined ? [] : [{ ...script, sup: undefined }];
  const factor: Token = { kind: 'number', text: String(exponent), start: name.start, end: name.start };
  return { variable: [sign, name, ...below], slope: [factor, name, { ...script, sup }] };
}

/** Where the first differential stands; a plain d only counts at the beginning. */
function markerAt(tokens: readonly Token[]): number | undefined {
  if (isMarker(tokens[0])) return 0;
  const at = tokens.findIndex((token) => token.kind === 'partial');
  return at < 0 || hasSum(tokens.slice(0, at)) ? undefined : at;
}

function isMarker(token: Token | undefined): boolean {
  return token?.kind === 'partial' || (token?.kind === 'name' && token.name === 'd' && !token.bold);
}

function withoutSign(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.at(-1);
  return last?.kind === 'sign' ? tokens.slice(0, -1) : tokens;
}

function splitSubject(tokens: readonly Token[]): { order: number; subject: readonly Token[] } {
  const [script] = tokens;
  const order = script?.kind === 'script' ? orderOf(script) : undefined;

  return order === undefined ? { order: 1, subject: tokens } : { order, subject: tokens.slice(1) };
}

/** The whole number above, if it is one. */
/** Highest order of a derivative that a number above the sign names. */
const highestOrder = 20;

function orderOf(script: TokenOf<'script'>): number | undefined {
  const [only] = script.sup ?? [];
  if (script.sup?.length !== 1 || only?.kind !== 'number') return undefined;
  const order = Number(only.text);
  return Number.isInteger(order) && order >= 1 && order <= highestOrder ? order : undefined;
}

/** Whether + or - stands in `tokens` outside of brackets. */
function hasSum(tokens: readonly Token[]): boolean {
  let depth = 0;
  return tokens.some((token, at) => {
    if (token.kind === 'open') depth++;
    if (token.kind === 'close') depth--;
    return depth === 0 && at > 0 && (isSign(token, '+') || isSign(token, '-'));
  });
}

/** `\partial x^2 \partial y` as x, x, y; undefined where it is no row of differentials. */
function readVariables(context: Context, tokens: readonly Token[], order: number): MathNode[] | undefined {
  const variables: MathNode[] = [];
  for (let at = 0; at < tokens.length; ) {
    if (!isMarker(tokens[at])) return undefined;
    const name = tokens[at + 1];
    const script = tokens[at + 2];
    if (name?.kind === 'open' || (name?.kind === 'group' && !isNamed(name.content))) {
      return refuse('a derivative by an expression', name, 'give the expression a name');
    }
    if (name?.kind !== 'name' && name?.kind !== 'group') return undefined;
    const count = script?.kind === 'script' && order > 1 ? (orderOf(script) ?? 1) : 1;
    const variable = readVariable(context, name, script?.kind === 'script' ? script : undefined, count > 1);
    for (let time = 0; time < count && variables.length < highestOrder; time++) variables.push(variable);
    at += script?.kind === 'script' ? 3 : 2;
  }
  return variables.length === 0 ? undefined : withoutTranspose(variables);
}

/** \partial x \partial x^\top is the Hessian: the transpose says where its second axis lies, and both are by x. */
function withoutTranspose(variables: MathNode[]): MathNode[] {
  const [first, second] = variables.map(view);
  if (variables.length !== 2 || first?.kind !== 'symbol' || second?.kind !== 'operator' || second.operator !== "'")
    return variables;
  const base = view(second.args[0] as MathNode);
  return base.kind === 'symbol' && base.name === first.name
    ? [variables[0] as MathNode, variables[0] as MathNode]
    : variables;
}

function isNamed(tokens: readonly Token[]): boolean {
  return tokens[0]?.kind === 'name' && (tokens.length === 1 || (tokens.length === 2 && tokens[1]?.kind === 'script'));
}

function readVariable(
  context: Context,
  name: Token,
  script: TokenOf<'script'> | undefined,
  isCounted: boolean,
): MathNode {
  if (script === undefined) return context.grammar.all(context, [name], name);
  if (!isCounted && orderOf(script) !== undefined) {
    return refuse('a derivative by a power', { start: name.start, end: script.end }, 'give the power a name');
  }
  const kept = isCounted ? { ...script, sup: undefined } : script;
  const tokens = kept.sub === undefined && kept.sup === undefined && kept.primes === 0 ? [name] : [name, kept];
  return context.grammar.all(context, tokens, { start: name.start, end: script.end });
}

/** `dE/dx` at a plain d, or the operator `d/dx` before what it is applied to; undefined, and nothing passed, if it is something else. */
export function readSlashed(cursor: Cursor): MathNode | undefined {
  const { context, tokens } = cursor;
  const start = tokens[cursor.at] as Token;
  let at = cursor.at + 1;
  const { order } = splitSubject(tokens.slice(at, at + 1));
  if (tokens[at]?.kind === 'script') at++;
  const subjectStart = at;
  const isOperator = isSign(tokens[at], '/');
  if (!isOperator && tokens[at]?.kind !== 'name') return undefined;
  if (!isOperator) at += tokens[at + 1]?.kind === 'script' ? 2 : 1;
  if (tokens[at]?.kind === 'open') at = argumentsFrom(tokens, at).end + 1;
  const slash = at;
  if (!isSign(tokens[slash], '/') || !isMarker(tokens[slash + 1]) || tokens[slash + 2]?.kind !== 'name')
    return undefined;
  const end = slash + (tokens[slash + 3]?.kind === 'script' ? 4 : 3);
  const variables = readVariables(context, tokens.slice(slash + 1, end), order);
  if (variables === undefined || variables.length !== order) return refuse('this derivative', start);
  cursor.at = end;
  const subject = isOperator
    ? readOperand(cursor)
    : context.grammar.all(context, tokens.slice(subjectStart, slash), start);
  return differentiate(subject, variables, { start: start.start, end: lastEnd(cursor) }, start.kind === 'partial');
}

/** \partial E/\partial x, or the operator \partial_x. */
export function readPartial(cursor: Cursor): MathNode {
  const slashed = readSlashed(cursor) ?? readPositions(cursor);
  if (slashed !== undefined) return slashed;
  return readIndexed(cursor, 'a lone \\partial', '\\frac{\\partial E}{\\partial x}');
}

/** \partial_1 f(x, y), by the position of an argument; undefined for everything else. */
function readPositions(cursor: Cursor): MathNode | undefined {
  const [sign, script, name, open] = [0, 1, 2, 3].map((ahead) => peek(cursor, ahead));
  const isPlain = script?.kind === 'script' && script.sup === undefined && script.primes === 0;
  const positions = isPlain ? (script.sub ?? []).filter((one) => !isSign(one, ',')) : [];
  if (name?.kind !== 'name' || open?.kind !== 'open' || positions.length === 0) return undefined;
  const numbers = positions.flatMap((one) => (one.kind === 'number' ? [one.text] : []));
  if (numbers.length < positions.length) return undefined;
  cursor.at += 3;
  const callee = callNode('D', [symbolNode(name.name), ...numbers.map(constantNode)]);
  const span = { start: (sign as Token).start, end: name.end };
  const args = readArguments(cursor);
  return locate(callNode(locate(callee, span), args), { start: span.start, end: lastEnd(cursor) });
}

/** \nabla_w L, or \nabla f(x) by the one argument x; without a variable a gradient says too little. */
export function readNabla(cursor: Cursor): MathNode {
  const token = peek(cursor) as Token;
  if (peek(cursor, 1)?.kind === 'name' && peek(cursor, 2)?.kind === 'open') {
    cursor.at++;
    const subject = cursor.context.grammar.factor(cursor);
    const seen = view(subject);
    const [argument, second] = seen.kind === 'call' ? seen.args : [];
    if (argument !== undefined && second === undefined && view(argument).kind === 'symbol') {
      return differentiate(subject, [argument], { start: token.start, end: lastEnd(cursor) });
    }
    return gradientOf(subject, token, lastEnd(cursor));
  }
  const name = peek(cursor, 1);
  if (name?.kind === 'name' && peek(cursor, 2)?.kind !== 'script') {
    cursor.at++;
    return gradientOf(cursor.context.grammar.factor(cursor), token, lastEnd(cursor));
  }
  return readIndexed(cursor, 'a \\nabla without its variable', '\\nabla_x f');
}

/** The gradient of f or f(a) by what the text says f to take; of f(a)^\top the transpose is that of the gradient. */
function gradientOf(subject: MathNode, sign: Token, end: number): MathNode {
  const seen = view(subject);
  const span = { start: sign.start, end };
  const row = seen.kind === 'operator' && seen.operator === "'" ? (seen.args[0] as MathNode) : undefined;
  if (row !== undefined) return locate(operatorNode("'", gradientOf(row, sign, end)), span);
  if (seen.kind === 'call' || seen.kind === 'symbol') return locate(callNode(gradientSign, [subject]), span);
  return refuse('a \\nabla without its variable', sign, 'write \\nabla_x f');
}

function readIndexed(cursor: Cursor, what: string, hint: string): MathNode {
  const { context } = cursor;
  const token = peek(cursor) as Token;
  cursor.at++;
  const script = takeScript(cursor);
  if (script?.sub === undefined) return refuse(what, token, `write ${hint}`);
  if (script.sup !== undefined || script.primes > 0)
    return refuse('a second derivative by one sign', token, `write ${hint}`);
  const variable = context.grammar.all(context, script.sub, script);
  const seen = view(variable);
  if (seen.kind === 'symbol' && /^[ijk]$/.test(seen.name)) {
    return refuse('a derivative by a position', { start: token.start, end: script.end }, `write ${hint}`);
  }
  const next = peek(cursor, 1);
  const isRow = next?.kind === 'script' && isSign(next.sup?.at(-1), 'T');
  const isFactor = peek(cursor)?.kind === 'name' && !isRow && !goesOnTo(cursor, script.sub);
  const operand = isFactor ? context.grammar.factor(cursor) : readOperand(cursor);
  return differentiate(operand, [variable], { start: token.start, end: lastEnd(cursor) }, token.kind === 'partial');
}

/** Whether a factor behind the first is the variable, so that the whole product is differentiated: \nabla_x A x. */
function goesOnTo(cursor: Cursor, variable: readonly Token[]): boolean {
  const [name] = variable;
  const first = peek(cursor);
  if (variable.length !== 1 || name?.kind !== 'name' || first?.kind !== 'name') return false;
  if (cursor.context.naming.isFunction(first.name)) return false;
  for (let ahead = 1, depth = 0; ; ahead++) {
    const token = peek(cursor, ahead);
    if (token === undefined || token.kind === 'relation') return false;
    depth += token.kind === 'open' ? 1 : token.kind === 'close' ? -1 : 0;
    if (depth < 0 || (depth === 0 && (isSign(token, '+') || isSign(token, '-')))) return false;
    if (depth === 0 && token.kind === 'name' && token.name === name.name && token.bold === name.bold) return true;
  }
}

function spanOf(token: Token): Span {
  return { start: token.start, end: token.end };
}
