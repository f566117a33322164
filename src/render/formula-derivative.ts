/** Derivatives that are not carried out yet: ∂w/∂z, ∂/∂βⱼ (…), ∂²u/∂x∂y. */

import { type MathNode, view } from '../syntax/node.ts';
import { atom, bracketed, inScript, type Printer, signed, toBox } from './boxes.ts';
import { isLetter, readName } from './name.ts';
import { type Box, type By, level } from './notation.ts';

/** `d(u, v)`; undefined where the second argument is nothing that can be differentiated by. */
export function printDerivative(printer: Printer, args: readonly MathNode[]): Box | undefined {
  const { notation, moving } = printer;
  const parts = takeApart(args, moving);
  if (parts === undefined) return undefined;
  const ordinary = printer.ordinary && !parts.by.some((variable) => moves(variable, moving));
  const by = group(parts.by.map((variable) => signed(toBox(printer, variable), notation)));
  if (isNamed(parts.of)) {
    const of = toBox(printer, parts.of);
    const text = notation.derivative(ordinary, of.closed ?? of.text, by);
    return { text, level: ownLevel(printer), role: 'derivative', tall: true };
  }
  const body = toBox(printer, parts.of);
  const operator = notation.derivative(ordinary, undefined, by);
  const isBinder = body.role === 'binder' && body.negative !== true;
  const content = isBinder ? body.text : bracketed(body, notation);
  const text = operator + notation.gaps.close + content;
  const closed = notation.derivative(ordinary, bracketed(body, notation), by);
  return { text, closed, level: ownLevel(printer), role: 'operator', open: isBinder, tall: true };
}

/** `vjp(W, u, x)`: the inner product of W with the derivative of u. W is held fixed, so it stands outside. */
export function printWeighted(printer: Printer, args: readonly MathNode[]): Box | undefined {
  const [weight, of, variable] = args;
  if (weight === undefined || of === undefined || variable === undefined || args.length > 3) return undefined;
  const { notation } = printer;
  const derivative = printDerivative(printer, [of, variable]);
  if (derivative === undefined) return undefined;
  const content = [toBox(printer, weight), derivative].map((box) => signed(box, notation)).join(', ');
  return { ...atom(notation.fence('angle', content, true)), tall: true };
}

/** `jvp(u, x, dx)`: the differential of u. Along anything else than dx the derivative in that direction: D_x(u)[v]. */
export function printDifferential(printer: Printer, args: readonly MathNode[]): Box | undefined {
  const [of, variable, change] = args;
  if (of === undefined || variable === undefined || change === undefined || args.length !== 3) return undefined;
  const { notation } = printer;
  const content = bracketed(toBox(printer, of), notation);
  if (isChangeOf(variable, change)) {
    return { text: notation.functionName('d') + content, level: level.power, role: 'operator', tall: true };
  }
  const operator = notation.subscript(notation.functionName('D'), [inScript(printer, variable)]);
  const direction = toBox(printer, change);
  const along = notation.fence('square', signed(direction, notation), direction.tall === true);
  return { text: operator + content + along, level: level.power, role: 'operator', tall: true };
}

/** Whether `change` is called dx, or dx_ where dx is taken, for the variable x. */
function isChangeOf(variable: MathNode, change: MathNode): boolean {
  const [by, own] = [view(variable), view(change)];
  return by.kind === 'symbol' && own.kind === 'symbol' && (own.name === `d${by.name}` || own.name === `d${by.name}_`);
}

function ownLevel({ notation }: Printer): number {
  return notation.stacked ? level.power : level.product;
}

/** Nested derivatives as what is differentiated and by what, the outermost first. */
function takeApart(
  args: readonly MathNode[],
  moving: ReadonlySet<string>,
): { of: MathNode; by: MathNode[] } | undefined {
  const [of, variable] = args;
  if (of === undefined || variable === undefined || args.length !== 2 || !isVariable(variable)) return undefined;
  const seen = view(of);
  const isDerivative = seen.kind === 'call' && (seen.name === 'd' || seen.name === 'D');
  const inner = isDerivative ? takeApart(seen.args, moving) : undefined;
  const isLike = inner?.by[0] !== undefined && moves(inner.by[0], moving) === moves(variable, moving);
  return inner === undefined || !isLike ? { of, by: [variable] } : { of: inner.of, by: [variable, ...inner.by] };
}

/** Whether a variable depends on others: a derivative by it is partial, one by time that stands before it is not. */
function moves(variable: MathNode, moving: ReadonlySet<string>): boolean {
  let seen = view(variable);
  while (seen.kind === 'element') seen = view(seen.object);
  return seen.kind === 'symbol' && moving.has(seen.name);
}

/** A symbol or an element of one. */
function isVariable(node: MathNode): boolean {
  let seen = view(node);
  while (seen.kind === 'element') seen = view(seen.object);
  return seen.kind === 'symbol';
}

/** A symbol, an element, or f of such: short enough for the numerator. */
function isNamed(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind !== 'call') return isVariable(node);
  if (seen.name === 'd' || seen.name === 'D') return false;
  return isLetter(readName(seen.name).base) && seen.args.every(isVariable);
}

function group(texts: readonly string[]): By[] {
  const groups: By[] = [];
  for (const text of texts) {
    const previous = groups.at(-1);
    if (previous?.text === text) groups[groups.length - 1] = { text, times: previous.times + 1 };
    else groups.push({ text, times: 1 });
  }
  return groups;
}
