/**
 * The certificate of a page: whether the formulas that stand on it are those that were certified. The strings of the page
 * itself are read back, so that all that brings a formula onto it stands in between: printers of formulas, rows, matrices,
 * displays. A formula is compared by its structure, and where that is another one by its values.
 */

import { axesOf } from '../answer.ts';
import type { Certificate } from '../certificate.ts';
import type { Result } from '../derivation/derivation.ts';
import { unchecked } from '../endtoend/certify.ts';
import { compareFormulas } from '../endtoend/formulas.ts';
import { readExpression } from '../endtoend/read.ts';
import type { Roles } from '../endtoend/roles.ts';
import { haveOneStructure } from '../endtoend/structure.ts';
import { sizeOf } from '../meaning/lengths.ts';
import { defaultSeed } from '../options.ts';
import { MathError } from '../problem.ts';
import type { MathNode } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import type { Expected } from './expected.ts';
import type { Shown } from './shown.ts';

/** Reads formulas in the notation of a page. */
export type ReadFormulas = (text: string) => readonly Statement[];

/** The most characters of a formula that is read back. */
const mostCharacters = 20_000;

/**
 * What is wrong with a page that has to show `expected`; undefined where nothing is. It `fails` where a formula has another
 * value than the one that was certified, and is `unknown` where it can't be told.
 */
export function certifyPage(
  result: Result,
  expected: readonly Expected[],
  shown: readonly Shown[],
  read: ReadFormulas,
): Certificate | undefined {
  const lines = shown.map((one) => lineOf(one, read));
  let open: Certificate | undefined;
  for (const one of expected) {
    const found = judge(one, lines, result);
    if (found?.verdict === 'fails') return found;
    open ??= found;
  }
  return open;
}

interface Line {
  readonly goesOn: boolean;
  /** What stands between its equals signs; undefined where it can't be read. It is read when it is first asked for. */
  readonly sides: () => readonly MathNode[] | undefined;
}

function lineOf({ sides: texts, goesOn }: Shown, read: ReadFormulas): Line {
  let known: readonly MathNode[] | undefined;
  let isRead = false;
  const sides = (): readonly MathNode[] | undefined => {
    if (!isRead) known = sidesOf(texts, read);
    isRead = true;
    return known;
  };
  return { goesOn, sides };
}

function sidesOf(texts: readonly string[], read: ReadFormulas): readonly MathNode[] | undefined {
  if (texts.some((text) => text.length > mostCharacters)) return undefined;
  try {
    const statements = texts.map(read);
    if (statements.some(({ length }) => length !== 1)) return undefined;
    return statements.flatMap(([statement]) => (statement as Statement).sides.map(({ node }) => node));
  } catch (error) {
    if (isRefusal(error) || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Told by its name: the reader may stand in a bundle of its own, with a class of its own. */
const isRefusal = (error: unknown): error is MathError => error instanceof Error && error.name === 'MathError';

function judge(one: Expected, lines: readonly Line[], result: Result): Certificate | undefined {
  try {
    const left = one.left.map(readText);
    const right = one.right === undefined ? undefined : readText(one.right);
    // Answers stand at the end of their chains.
    const inOrder = left.length === 0 ? [...lines].reverse() : lines;
    const isShown = inOrder.some((line) => holdsLeft(line, left) && (right === undefined || holdsRight(line, right)));
    if (isShown) return undefined;
    if (right === undefined) return notShown();
    return compareByValues(right, candidatesFor(one, left, inOrder), result);
  } catch (error) {
    if (isRefusal(error)) return unchecked(`unsupported-notation: ${error.message}`);
    if (error instanceof RangeError) return unchecked('too-deep: a formula is nested too deeply to be read back');
    throw error;
  }
}

const notShown = (): Certificate => unchecked('not-shown: a formula can not be read back from the page');

function readText(text: string): MathNode {
  const read = text.length > mostCharacters ? undefined : readExpression(text);
  if (read === undefined) throw new MathError({ code: 'syntax', message: 'this is no expression' });
  return read;
}

function holdsLeft(line: Line, left: readonly MathNode[]): boolean {
  if (left.length === 0) return true;
  if (line.goesOn) return false;
  const sides = line.sides()?.slice(0, -1) ?? [];
  return left.every((node) => sides.some((side) => haveOneStructure(node, side)));
}

function holdsRight(line: Line, right: MathNode): boolean {
  const last = line.sides()?.at(-1);
  return last !== undefined && haveOneStructure(right, last);
}

/** The lines in which a formula must be that has the structure of none. */
function candidatesFor({ fromEnd }: Expected, left: readonly MathNode[], lines: readonly Line[]): readonly Line[] {
  if (left.length > 0) return lines.filter((line) => holdsLeft(line, left));
  // All lines of a chain have one value: only where it is known which one is asked for, values tell.
  return fromEnd === undefined ? [] : lines.filter(({ goesOn }) => goesOn).slice(fromEnd, fromEnd + 1);
}

/** Undefined where one of the lines has the value; it fails where each has another one. */
function compareByValues(right: MathNode, lines: readonly Line[], result: Result): Certificate | undefined {
  const found = lines.flatMap((line) => {
    const last = line.sides()?.at(-1);
    return last === undefined ? [] : [compareFormulas(right, last, rolesOf(result), defaultSeed)];
  });
  if (found.some(({ verdict }) => verdict === 'holds')) return undefined;
  const [first] = found;
  if (first === undefined) return notShown();
  return found.every(({ verdict }) => verdict === 'fails')
    ? { ...first, reason: 'printed: a formula as it is printed is another one than was verified' }
    : found.find(({ verdict }) => verdict === 'unknown');
}

/** What is known of the names, as far as the data of a result say. */
function rolesOf({ problem, names = [] }: Result): Roles {
  const ofRole = (role: string): string[] => names.filter((one) => one.role === role).map(({ name }) => name);
  const shapes = Object.entries(problem.shapes);
  const quantities = new Set(ofRole('quantity'));
  return {
    axes: new Map(shapes.map(([name, shape]) => [name, axesOf(shape)])),
    lengths: new Map(shapes.map(([name, shape]) => [name, lengthsOf(shape)])),
    lengthOf: sizeOf,
    indices: new Set(ofRole('index')),
    quantities,
    shadowed: quantities,
    positive: new Set(),
    integer: new Set(ofRole('length')),
    traits: new Map(),
    families: new Map(),
    depends: new Map(),
  };
}

/** `m`, `n` of `matrix(m, n)`. */
function lengthsOf(shape: string): readonly string[] {
  const [, inside = ''] = /^(?:vector|matrix|tensor)\(([^()]*)\)/.exec(shape) ?? [];
  return inside.split(', ').filter((length) => length !== '');
}
