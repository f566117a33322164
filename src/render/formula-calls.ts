/** Calls as mathematics: sums, derivatives, roots, and functions with their arguments. */

import { bareFunctions, letterFunctions, letterSuffix, notationOf, raisableFunctions } from '../syntax/functions.ts';
import { letters } from '../syntax/letters.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { subscriptsIn } from '../syntax/print.ts';
import {
  atLeast,
  atom,
  bracketed,
  infix,
  inScript,
  isTall,
  type Printer,
  printName,
  raisedCallable,
  signed,
  toBox,
  transposed,
} from './boxes.ts';
import { printDerivative, printDifferential, printWeighted } from './formula-derivative.ts';
import { isLetter, readName } from './name.ts';
import { type Box, type Fence, level, type Notation } from './notation.ts';

type Call = (printer: Printer, args: readonly MathNode[]) => Box | undefined;

/** A call. What has no notation of its own is a function with its arguments in brackets. */
export function printCall(printer: Printer, callee: MathNode, name: string, args: readonly MathNode[]): Box {
  const special = Object.hasOwn(calls, name) ? calls[name]?.(printer, args) : undefined;
  return special ?? printApplication(printer, callee, name, args);
}

const calls: Readonly<Record<string, Call>> = {
  sum: binder('sum'),
  prod: binder('product'),
  d: printDerivative,
  vjp: printWeighted,
  jvp: printDifferential,
  hcat: (printer, args) => printBlocks(printer, [args]),
  vcat: (printer, args) => printBlocks(printer, args.map(blocksBeside)),
  einsum: printEinsum,
  eye: subscripted('identity'),
  ones: subscripted('ones'),
  pinv: printPseudoInverse,
  D: printDerivative,
  delta: (printer, args) =>
    args.length === 2 ? printName(printer.notation, 'delta', inScripts(printer, args)) : undefined,
  dot: (printer, args) => (args.length === 2 ? infix('dot', level.product)(printer, args) : undefined),
  // Bracketed within products, as products of vectors do not associate.
  cross: (printer, args) =>
    args.length === 2 ? { ...infix('cross', level.power)(printer, args), level: level.sum } : undefined,
  skew: printSkew,
  outer: (printer, args) => (args.length === 2 ? infix('outer', level.product)(printer, args) : undefined),
  sqrt: (printer, args) => (args.length === 1 ? root(printer, args[0] as MathNode, undefined) : undefined),
  cbrt: (printer, args) => (args.length === 1 ? root(printer, args[0] as MathNode, '3') : undefined),
  nthRoot: (printer, args) =>
    args.length === 2 ? root(printer, args[0] as MathNode, inScript(printer, args[1] as MathNode)) : undefined,
  exp: printExponential,
  abs: (printer, args) => (isEntrywise(printer, args[0]) ? undefined : fenced('abs')(printer, args)),
  floor: fenced('floor'),
  ceil: fenced('ceil'),
  norm: printNorm,
  norm1: subscriptedNorm('1'),
  norminf: subscriptedNorm(undefined),
  transpose: (printer, args) =>
    args.length === 1 ? transposed(toBox(printer, args[0] as MathNode), printer.notation) : undefined,
  inv: printInverse,
  log: (printer, args) => (args.length === 2 ? logarithm(printer, args) : undefined),
  log2: (printer, args) => logarithm(printer, [...args, '2']),
  log10: (printer, args) => logarithm(printer, [...args, '10']),
  // Bracketed within sums and products, where some would read it to bind more tightly, and some less.
  mod: (printer, args) =>
    args.length === 2 ? { ...infix('mod', level.product)(printer, args), level: level.sum } : undefined,
  factorial: (printer, args) => (args.length === 1 ? printFactorial(printer, args[0] as MathNode) : undefined),
  polygamma: (printer, [order, argument, ...rest]) => withIndex(printer, 'digamma', order, argument, rest),
  softmax: (printer, [body, index, ...rest]) => withIndex(printer, 'softmax', index, body, rest),
  logsumexp: (printer, [body, index, ...rest]) => withIndex(printer, 'logsumexp', index, body, rest),
};

/** A constant matrix with its lengths below it. */
function subscripted(symbol: 'identity' | 'ones'): Call {
  return (printer, args) => {
    const { notation } = printer;
    return atom(notation.subscript(notation.symbols[symbol], inScripts(printer, args)), 'letter');
  };
}

function blocksBeside(row: MathNode): readonly MathNode[] {
  const seen = view(row);
  return seen.kind === 'call' && seen.name === 'hcat' ? seen.args : [row];
}

/** Blocks as a matrix; undefined where the rows have different numbers of them. */
function printBlocks(printer: Printer, rows: readonly (readonly MathNode[])[]): Box | undefined {
  const [first] = rows;
  if (first === undefined || rows.some((row) => row.length !== first.length)) return undefined;
  const { notation } = printer;
  const texts = rows.map((row) => row.map((block) => signed(toBox(printer, block), notation)));
  return { ...atom(notation.blocks(texts)), tall: true };
}

/** An Einstein sum with its letters below. */
function printEinsum(printer: Printer, [first, ...operands]: readonly MathNode[]): Box | undefined {
  const subscripts = first === undefined ? undefined : subscriptsIn(first);
  if (subscripts === undefined || operands.length === 0) return undefined;
  const { notation } = printer;
  const gap = notation.stacked ? ' ' : '';
  const [inputs, output] = subscripts.map((part) =>
    part
      .split(',')
      .map((letters) => [...letters].join(gap))
      .join(','),
  );
  const below = [`${inputs}${notation.symbols.arrow}${output}`];
  return applied(printer, notation.subscript(notation.functionName('einsum'), below), operands, false);
}

function printPseudoInverse(printer: Printer, args: readonly MathNode[]): Box | undefined {
  if (args.length !== 1) return undefined;
  const box = toBox(printer, args[0] as MathNode);
  const base = atLeast(box, level.atom, printer.notation);
  const text = printer.notation.superscript(base, atom('+'));
  return { text, level: level.power, role: 'plain', callable: raisedCallable(box, printer.notation) };
}

function inScripts(printer: Printer, nodes: readonly MathNode[]): string[] {
  return nodes.map((node) => inScript(printer, node));
}

function binder(kind: 'sum' | 'product'): Call {
  return (printer, args) => {
    const [body, index, from, to] = args;
    if (body === undefined || index === undefined || args.length === 3 || args.length > 4) return undefined;
    const { notation } = printer;
    const range = [from, to].map((end) => (end === undefined ? undefined : inScript(printer, end)));
    const sign = notation.binder(kind, inScript(printer, index), range[0], range[1]);
    const box = toBox(printer, body);
    const text = box.level < level.product || box.negative === true ? bracketed(box, notation) : box.text;
    return { text: sign + text, level: level.product, role: 'binder', open: true, tall: true };
  };
}

function root(printer: Printer, content: MathNode, degree: string | undefined): Box {
  const box = toBox(printer, content);
  return { ...atom(printer.notation.root(box, degree)), tall: box.tall === true };
}

/** e^x where it reads well, exp(x) otherwise. */
function printExponential(printer: Printer, args: readonly MathNode[]): Box | undefined {
  if (args.length !== 1) return undefined;
  const text = printer.notation.exponential(toBox({ ...printer, script: true }, args[0] as MathNode));
  return text === undefined ? undefined : { text, level: level.power, role: 'plain' };
}

function fenced(kind: Fence): Call {
  return (printer, args) => {
    if (args.length !== 1) return undefined;
    const box = toBox(printer, args[0] as MathNode);
    const text = printer.notation.fence(kind, signed(box, printer.notation), box.tall === true);
    return { ...atom(text), tall: box.tall === true };
  };
}

/** Whether the value is a vector or matrix, of which bars in LaTeX mean the length or the determinant. */
function isEntrywise({ tensors }: Printer, node: MathNode | undefined): boolean {
  return node !== undefined && tensors.size > 0 && isTensor(node, tensors);
}

/** As far as the looks of a tree tell: a sum with a vector in it is one, a product that begins with a row is none. */
function isTensor(node: MathNode, tensors: ReadonlySet<string>): boolean {
  const seen = view(node);
  if (seen.kind === 'parenthesis') return isTensor(seen.content, tensors);
  if (seen.kind === 'symbol') return tensors.has(seen.name);
  if (seen.kind === 'element') return seen.indices.some((index) => view(index).kind === 'whole');
  if (seen.kind === 'call') return !scalarCalls.has(seen.name) && seen.args.some((arg) => isTensor(arg, tensors));
  if (seen.kind !== 'operator') return false;
  if (seen.operator !== '*') return seen.args.some((arg) => isTensor(arg, tensors));
  const first = factorsOf(node).find((factor) => isTensor(factor, tensors));
  const turned = first === undefined ? undefined : view(first);
  return (
    first !== undefined &&
    !(turned?.kind === 'operator' && turned.operator === "'" && isVector(turned.args[0] as MathNode))
  );
}

const scalarCalls = new Set('dot norm norm1 norminf det logdet trace sum prod max min mean var'.split(' '));

/** A row is turned from a vector, and vectors have small letters. */
function isVector(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind !== 'symbol' || /^\p{Ll}/u.test(seen.name);
}

function factorsOf(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === '*' ? seen.args.flatMap(factorsOf) : [node];
}

function printNorm(printer: Printer, args: readonly MathNode[]): Box | undefined {
  const [content, order] = args;
  if (content === undefined || args.length > 2) return undefined;
  return normed(printer, content, order === undefined ? [] : [inScript(printer, order)]);
}

function subscriptedNorm(order: string | undefined): Call {
  return (printer, args) => {
    const subscript = order ?? printer.notation.symbols.infinity;
    return args.length === 1 ? normed(printer, args[0] as MathNode, [subscript]) : undefined;
  };
}

function normed(printer: Printer, content: MathNode, subscripts: readonly string[]): Box {
  const box = fenced('norm')(printer, [content]) as Box;
  return { ...box, text: printer.notation.subscript(box.text, subscripts) };
}

function printInverse(printer: Printer, args: readonly MathNode[]): Box | undefined {
  if (args.length !== 1) return undefined;
  const { notation } = printer;
  const box = toBox(printer, args[0] as MathNode);
  const base = atLeast(box, level.atom, notation);
  const text = notation.superscript(base, { ...atom(notation.number('1'), 'number'), negative: true });
  return { text, level: level.power, role: 'plain', callable: raisedCallable(box, notation) };
}

function logarithm(printer: Printer, args: readonly (MathNode | string)[]): Box | undefined {
  const [content, base] = args;
  if (content === undefined || typeof content === 'string' || base === undefined || args.length > 2) return undefined;
  const { notation } = printer;
  const subscript = typeof base === 'string' ? base : inScript(printer, base);
  return applied(printer, notation.subscript(notation.functionName('log'), [subscript]), [content], true);
}

/** x!, with brackets around what is not one sign. */
export function printFactorial(printer: Printer, argument: MathNode): Box {
  const box = toBox(printer, argument);
  const base = atLeast(box, level.atom, printer.notation);
  return { text: `${base}!`, level: level.power, role: 'plain', tall: box.tall === true };
}

/** A function with an argument that is written below it. */
function withIndex(
  printer: Printer,
  name: string,
  index: MathNode | undefined,
  argument: MathNode | undefined,
  rest: readonly MathNode[],
): Box | undefined {
  if (index === undefined || argument === undefined || rest.length > 0) return undefined;
  const { notation } = printer;
  return applied(
    printer,
    notation.subscript(notation.functionName(name), [inScript(printer, index)]),
    [argument],
    false,
  );
}

function printApplication(printer: Printer, callee: MathNode, name: string, args: readonly MathNode[]): Box {
  const seen = view(callee);
  if (seen.kind === 'call' && seen.name === 'D' && seen.args.length >= 2) {
    const [of, ...positions] = seen.args as readonly [MathNode, ...MathNode[]];
    const inner = view(of);
    const text = inner.kind === 'symbol' ? functionText(printer, inner.name) : bracketedText(printer, of);
    return applied(printer, printer.notation.partial(text, inScripts(printer, positions)), args, false);
  }
  if (seen.kind !== 'symbol') return applied(printer, bracketedText(printer, callee), args, false);
  return applied(printer, functionText(printer, name, args.length), args, bareFunctions.has(name));
}

function bracketedText(printer: Printer, node: MathNode): string {
  return atLeast(toBox(printer, node), level.atom, printer.notation);
}

/** The name of a function with its primes; how many arguments it has tells the Gamma function from a quantity gamma. */
function functionText({ notation }: Pick<Printer, 'notation'>, text: string, count?: number): string {
  const name = readName(text);
  const isKnown = notationOf(name.written) !== undefined && !text.includes(letterSuffix);
  if (isKnown && (letterFunctions.get(name.written) ?? count) === count) {
    return notation.primes(notation.functionName(name.written), name.primes);
  }
  const isUpright = name.base === name.written && !isLetter(name.base);
  if (!isUpright) return notation.name(name, []);
  return notation.primes(notation.functionName(name.written), name.primes);
}

function applied(printer: Printer, name: string, args: readonly MathNode[], mayBeBare: boolean): Box {
  const { notation } = printer;
  const boxes = args.map((part) => toBox(printer, part));
  const tall = isTall(boxes);
  const closed = notation.apply(
    name,
    boxes.map((box) => signed(box, notation)),
    tall,
  );
  const only = boxes[0];
  if (!mayBeBare || boxes.length !== 1 || only?.simple !== true || only.negative === true) {
    return { text: closed, level: level.atom, role: mayBeBare ? 'function' : 'plain', tall };
  }
  return { text: `${name} ${only.text}`, closed, level: level.atom, role: 'function' };
}

/** sin² x, for functions of which it is the custom and whole powers above 1. */
export function printFunctionPower(printer: Printer, base: MathNode, exponent: MathNode): Box | undefined {
  const seen = view(base);
  if (seen.kind === 'parenthesis') return printFunctionPower(printer, seen.content, exponent);
  const power = view(exponent);
  if (seen.kind !== 'call' || seen.args.length !== 1 || !raisableFunctions.has(seen.name)) return undefined;
  if (power.kind !== 'constant' || !/^[1-9]\d*$/.test(power.text) || power.text === '1') return undefined;
  const { notation } = printer;
  const name = notation.superscript(notation.functionName(seen.name), atom(power.text, 'number'));
  return applied(printer, name, seen.args, true);
}

const partialName = letters`^D\(([\p{L}][\p{L}\p{N}_]*), *(\d+)\)$`;
const primedName = letters`^[\p{L}][\p{L}\p{N}_]*'*$`;

/** A function that stands by itself: `sin`, `f'`, `D(f, 2)`; undefined for any other text. */
export function printFunctionName(notation: Notation, text: string): string | undefined {
  const partial = partialName.exec(text);
  if (partial !== null) {
    return notation.partial(functionText({ notation }, partial[1] as string), [partial[2] as string]);
  }
  const isName = primedName.test(text);
  if (!isName || !(text.endsWith("'") || bareFunctions.has(text) || notationOf(text) !== undefined)) return undefined;
  if (letterFunctions.has(text)) return undefined;
  return functionText({ notation }, text, text.endsWith("'") ? 1 : undefined);
}

/** The matrix of a cross product, [v]_\times, where a notation sets scripts as it likes; in a line it is a function. */
function printSkew(printer: Printer, args: readonly MathNode[]): Box | undefined {
  const { notation } = printer;
  const [vector] = args;
  if (vector === undefined || args.length > 1 || !notation.stacked) return undefined;
  const inner = toBox(printer, vector);
  const text = notation.subscript(notation.fence('square', signed(inner, notation), inner.tall === true), [
    notation.signs.cross.trim(),
  ]);
  return { text, level: level.atom, role: 'plain' };
}
