/** Printed parts put together: brackets where they are needed, factors side by side, infix signs. */

import { specialLetters, usualFunctions } from '../syntax/latex-symbols.ts';
import type { MathNode } from '../syntax/node.ts';
import { markText, withoutMarks } from './marks.ts';
import { isLetter, type Name, readName } from './name.ts';
import { type Box, type ChoiceWords, type Gap, level, type Notation, type Sign } from './notation.ts';

/** A notation with options, bound together for one walk. */
export interface Printer {
  readonly notation: Notation;
  readonly ordinary: boolean;
  /** Names that depend on others: derivatives by these are partial in any case. */
  readonly moving: ReadonlySet<string>;
  readonly choice: ChoiceWords;
  /** Names of vectors and matrices. */
  readonly tensors: ReadonlySet<string>;
  /** Inside a subscript or an exponent, where fractions are written with a slash. */
  readonly script: boolean;
  /** What opens a node that is to be told apart. */
  readonly marks: ReadonlyMap<MathNode, string>;
  /** What is printed already, within a script and outside: some forms are tried and given up, and must not cost twice. */
  readonly settled: Readonly<Record<'plain' | 'script', Map<MathNode, Box>>>;
  /** The printed form of `node` with what its surroundings must know. */
  readonly print: (printer: Printer, node: MathNode) => Box;
}

/** The printed form of `node`. */
export function toBox(printer: Printer, node: MathNode): Box {
  return printer.print(printer, node);
}

/** A part that never needs brackets. */
export function atom(text: string, role: Box['role'] = 'plain'): Box {
  return { text, level: level.atom, role };
}

/** The text of a part with its minus sign. */
export function signed(box: Box, notation: Notation): string {
  return box.negative === true ? minusOf(box, notation) + box.text : box.text;
}

/** The minus sign in front of a part; it is marked where the part is. */
export function minusOf({ mark }: Box, notation: Notation): string {
  return markText(notation.minus, mark);
}

/** The part in brackets. */
export function bracketed(box: Box, notation: Notation): string {
  return notation.fence('bracket', signed(box, notation), box.tall === true);
}

/** The part's text, in brackets where it holds together less than `least` or begins with a minus sign. */
export function atLeast(box: Box, least: number, notation: Notation): string {
  if (box.level < least || box.negative === true) return bracketed(box, notation);
  return box.closed ?? box.text;
}

/** A symbol or element; its role says whether a number may touch it. */
export function printName(notation: Notation, text: string, indices: readonly string[]): Box {
  if (text === 'infinity' || text === 'Infinity') return atom(notation.symbols.infinity);
  const name = readName(text);
  const touching = [...name.base].length === 1 || notation.name({ ...name, subscripts: [] }, []).length === 1;
  const callable = indices.length === 0 && name.subscripts.length === 0 && looksApplied(name);
  return { ...atom(notation.name(name, indices), touching ? 'letter' : 'plain'), simple: true, callable };
}

/** Whether a name before a bracket passes for a function: a word, or one of the letters that usually are. */
function looksApplied({ base, accent }: Name): boolean {
  return !isLetter(base) || (accent === undefined && (usualFunctions.has(base) || specialLetters.has(base)));
}

/** `node` as it is written in a subscript. */
export function inScript(printer: Printer, node: MathNode): string {
  return signed(toBox({ ...printer, script: true }, node), printer.notation);
}

/** A matrix transposed. */
export function transposed(box: Box, notation: Notation): Box {
  const text = notation.superscript(atLeast(box, level.atom, notation), atom(notation.symbols.transpose));
  return {
    text,
    level: level.power,
    role: box.role === 'letter' ? 'letter' : 'plain',
    callable: raisedCallable(box, notation),
  };
}

/** Where an exponent stands in brackets of its own, f^2 (x) is f(x)^2 to a reader. */
export function raisedCallable(box: Box, { stacked }: Notation): boolean {
  return stacked && box.callable === true;
}

/** Two parts with a sign between them that brackets its like on both sides. */
export function infix(sign: Sign, own: number): (printer: Printer, args: readonly MathNode[]) => Box {
  return (printer, args) => {
    const { notation } = printer;
    const boxes = args.map((part) => toBox(printer, part));
    const text = boxes
      .map((box) =>
        own === level.relation && box.level > own ? signed(box, notation) : atLeast(box, own + 1, notation),
      )
      .join(notation.signs[sign]);
    return { text, level: own, role: 'plain', tall: isTall(boxes) };
  };
}

export function isTall(boxes: readonly Box[]): boolean {
  return boxes.some((box) => box.tall === true);
}

/** Factors side by side, with dots and brackets where they would be misread. */
export function joinFactors(notation: Notation, given: readonly Box[]): Box {
  const last = given.length - 1;
  const boxes = given.map((box, at) => (at < last ? withEnd(box) : box));
  const needsBrackets = boxes.map((box, at) => isBracketedFactor(box, at === 0, at === last));
  const gaps = boxes.map((box, at): Gap => {
    const next = boxes[at + 1];
    return next === undefined
      ? 'none'
      : gapBetween(notation, edgeOf(box, needsBrackets[at] === true), edgeOf(next, needsBrackets[at + 1] === true));
  });
  const write = (isClosed: boolean) =>
    boxes
      .map((box, at) => {
        const next = boxes[at + 1];
        const isMisread = next === undefined ? isClosed : next.role !== 'function' && gaps[at] !== 'dot';
        const text = isMisread ? (box.closed ?? box.text) : box.text;
        const sign = at === 0 || box.negative !== true ? '' : minusOf(box, notation);
        const shown = needsBrackets[at] === true ? notation.fence('bracket', sign + text, box.tall === true) : text;
        return shown + (next === undefined ? '' : notation.gaps[gaps[at] as Gap]);
      })
      .join('');
  const end = boxes[last] as Box;
  return {
    text: write(false),
    closed: write(true),
    level: level.product,
    role: 'product',
    negative: boxes[0]?.negative === true,
    open: end.open === true && needsBrackets[last] !== true,
    tall: isTall(boxes),
    simple: boxes.length === 2 && boxes[0]?.role === 'number' && end.simple === true && end.role === 'letter',
    dotted: gaps.slice(0, -1).includes('dot'),
  };
}

/** An operator whose end shows: before another factor ∂/∂w (X w − y) · (X w − y) passes for the derivative of the square. */
function withEnd(box: Box): Box {
  if (box.role !== 'operator' || box.closed === undefined) return box;
  return { ...box, text: box.closed, role: 'derivative', open: false };
}

/** Parts of a product's level that a dot on either side sets off well enough. */
export const sharesLevel: ReadonlySet<string> = new Set(['quotient', 'derivative', 'operator']);

function isBracketedFactor(box: Box, isFirst: boolean, isLast: boolean): boolean {
  if (box.negative === true && !isFirst) return true;
  if (box.open === true) return !isLast;
  if (isFirst && box.role === 'product') return false;
  return box.level < level.power && !sharesLevel.has(box.role);
}

/** What a factor looks like to its neighbours; brackets hide what is inside. */
function edgeOf(box: Box, isBracketed: boolean): Pick<Box, 'role' | 'text' | 'callable'> {
  return isBracketed ? { role: 'plain', text: '(' } : box;
}

function gapBetween(notation: Notation, left: Pick<Box, 'role' | 'callable'>, right: Pick<Box, 'role' | 'text'>): Gap {
  if (left.callable === true && /^(?:\\left ?)?\(/.test(withoutMarks(right.text))) return 'dot';
  // A [B, C] would be an element of A.
  if (!notation.stacked && right.text.startsWith('[')) return 'dot';
  if (notation.dotted.has(left.role) || notation.dotted.has(right.role) || /^\d/.test(withoutMarks(right.text)))
    return 'dot';
  if (left.role === 'number') return right.role === 'letter' ? 'none' : 'close';
  if (left.role === 'letter' && right.role === 'letter') return 'close';
  return right.role === 'binder' || right.role === 'function' ? 'close' : 'space';
}
