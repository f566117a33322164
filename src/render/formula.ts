/**
 * A syntax tree as mathematics: precedence, spacing and minus signs, decided once for all notations.
 *
 * Parentheses of the tree are not copied: brackets stand where the notation needs them, and only there.
 */

import { type MathNode, type View, view } from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { landings } from '../syntax/walk.ts';
import {
  atLeast,
  atom,
  bracketed,
  infix,
  inScript,
  isTall,
  joinFactors,
  minusOf,
  type Printer,
  printName,
  raisedCallable,
  sharesLevel,
  signed,
  toBox,
  transposed,
} from './boxes.ts';
import { printCall, printFactorial, printFunctionPower } from './formula-calls.ts';
import { markBox, markText } from './marks.ts';
import { type Box, type ChoiceRow, type ChoiceWords, level, type Notation } from './notation.ts';

/** What a formula's looks depend on beside its tree. */
export interface FormulaOptions {
  /** Derivatives are written with d, as those of a function of one variable are. */
  readonly ordinary?: boolean;
  /** Names that depend on others, and their derivatives: by these all derivatives are partial. */
  readonly moving?: ReadonlySet<string>;
  readonly choice?: ChoiceWords;
  /** Names of vectors and matrices: a prime behind one is a transpose, and no derivative. */
  readonly tensors?: ReadonlySet<string>;
  /** Nodes that are to be told apart in the printed text, each with the mark that opens it; see `marks.ts`. */
  readonly marks?: ReadonlyMap<MathNode, string>;
}

const noNames: ReadonlySet<string> = new Set();
const noMarks: ReadonlyMap<MathNode, string> = new Map();

const englishChoice: ChoiceWords = { before: 'if ', after: '', otherwise: 'otherwise' };

/** Levels of a tree that are drawn as a formula. */
const mostLevels = 400;

/** `node` in the given notation. Total: what the tree can't say in mathematics is written as text. */
export function printFormula(node: MathNode, notation: Notation, options: FormulaOptions = {}): string {
  const choice = options.choice ?? englishChoice;
  // Deeper than anyone can read, and than a recursion should go: as text.
  if (landings(node, mostLevels).length > 0) return notation.raw(printText(node));
  const settled = { plain: new Map<MathNode, Box>(), script: new Map<MathNode, Box>() };
  const marks = options.marks ?? noMarks;
  const tensors = options.tensors ?? noNames;
  const printer = {
    notation,
    tensors,
    ordinary: options.ordinary === true,
    moving: options.moving ?? noNames,
    choice,
    script: false,
    print,
    settled,
    marks,
  };
  return signed(toBox(printer, node), notation);
}

function print(printer: Printer, node: MathNode): Box {
  const settled = printer.settled[printer.script ? 'script' : 'plain'];
  const known = settled.get(node);
  if (known !== undefined) return known;
  const seen = view(node);
  const box = markBox((handlers[seen.kind] as Handler)(printer, seen as never, node), printer.marks.get(node));
  settled.set(node, box);
  return box;
}

type Handler = (printer: Printer, seen: never, node: MathNode) => Box;
type Of<K extends View['kind']> = Extract<View, { kind: K }>;
type Handlers = { readonly [K in View['kind']]: (printer: Printer, seen: Of<K>, node: MathNode) => Box };

const handlers: Handlers = {
  constant: ({ notation }, { text }) => {
    const negative = text.startsWith('-');
    const number = notation.number((negative ? text.slice(1) : text).replace(/\.$/, ''));
    if (/^\d*\.?\d*$/.test(number)) return { ...atom(number, 'number'), negative, simple: true };
    return { text: number, negative, level: level.product, role: 'product' };
  },
  symbol: ({ notation }, { name }) => printName(notation, name, []),
  parenthesis: (printer, { content }) => toBox(printer, content),
  element: (printer, _seen, node) => printElement(printer, node),
  call: (printer, { callee, name, args }) => printCall(printer, callee, name, args),
  conditional: (printer, _seen, node) => printChoice(printer, node),
  operator: (printer, seen, node) => {
    if (seen.args.length === 1) return printUnary(printer, seen.operator, seen.args[0] as MathNode);
    const print = binary[seen.operator];
    return print === undefined ? printUnknown(printer, node) : print(printer, seen.args, node);
  },
  whole: () => atom(':'),
  other: (printer, _seen, node) => printUnknown(printer, node),
};

function printElement(printer: Printer, node: MathNode): Box {
  const groups: string[][] = [];
  let seen = view(node);
  let object = node;
  while (seen.kind === 'element') {
    groups.unshift(seen.indices.map((index) => inScript(printer, index)));
    object = seen.object;
    seen = view(object);
  }
  const indices = groups.flat();
  if (seen.kind === 'symbol') return printName(printer.notation, seen.name, indices);
  if (isUnitVector(seen, node))
    return atom(printer.notation.subscript(printer.notation.symbols.unit, indices.slice(1)), 'letter');
  const base = atLeast(toBox(printer, object), level.atom, printer.notation);
  return atom(printer.notation.subscript(base, indices));
}

/** `eye(n)[:, j]`, a column of the identity. */
function isUnitVector(object: View, node: MathNode): boolean {
  const seen = view(node);
  if (object.kind !== 'call' || object.name !== 'eye' || object.args.length !== 1 || seen.kind !== 'element')
    return false;
  return seen.indices.length === 2 && view(seen.indices[0] as MathNode).kind === 'whole';
}

function printUnary(printer: Printer, operator: string, argument: MathNode): Box {
  const { notation } = printer;
  if (operator === '!') return printFactorial(printer, argument);
  const box = toBox(printer, argument);
  if (operator === '-') return negate(box, notation);
  if (operator === '+') return box;
  const base = atLeast(box, level.atom, notation);
  if (operator === "'") return transposed(box, notation);
  return atom(notation.raw(operator) + base);
}

function negate(box: Box, notation: Notation): Box {
  if (box.negative === true || box.level < level.product) {
    return { ...atom(bracketed(box, notation)), negative: true };
  }
  // The sign is not part of what is marked.
  const { mark: _, ...plain } = box;
  return { ...plain, negative: true, simple: false };
}

type Binary = (printer: Printer, args: readonly MathNode[], node: MathNode) => Box;

const binary: Readonly<Record<string, Binary>> = {
  '+': (printer, _args, node) => printSum(printer, node),
  '-': (printer, _args, node) => printSum(printer, node),
  '*': (printer, _args, node) => printProduct(printer, node),
  '/': printQuotient,
  '^': printPower,
  '.*': infix('.*', level.product),
  './': infix('./', level.product),
  '.^': (printer, args) => printPower(printer, args, printer.notation.symbols.circle),
  '<': infix('<', level.relation),
  '>': infix('>', level.relation),
  '<=': infix('<=', level.relation),
  '>=': infix('>=', level.relation),
  '==': infix('==', level.relation),
  '!=': infix('!=', level.relation),
};

/** The terms of nested sums and differences, read from left to right; true for those that are subtracted. */
function termsOf(node: MathNode): { node: MathNode; minus: boolean }[] {
  const terms: { node: MathNode; minus: boolean }[] = [];
  const waiting = [{ node, minus: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const seen = view(next.node);
    const isSum = seen.kind === 'operator' && seen.args.length > 1 && (seen.operator === '+' || seen.operator === '-');
    if (isSum && !next.minus) {
      const parts = seen.args.map((part, at) => ({ node: part, minus: seen.operator === '-' && at > 0 }));
      waiting.push(...parts.reverse());
    } else if (seen.kind === 'parenthesis' && !next.minus) {
      waiting.push({ ...next, node: seen.content });
    } else {
      terms.push(next);
    }
  }
  return terms;
}

function printSum(printer: Printer, node: MathNode): Box {
  const { notation } = printer;
  const boxes: Box[] = [];
  const parts = termsOf(node).map(({ node: term, minus }, at) => {
    const box = toBox(printer, term);
    boxes.push(box);
    const isBracketed = box.level < level.product || (minus && box.negative === true);
    const text = isBracketed ? bracketed(box, notation) : box.text;
    const isMinus = minus !== (box.negative === true && !isBracketed);
    if (at === 0) return isMinus ? minusOf(box, notation) + text : text;
    return isMinus ? markText(notation.signs['-'], box.mark) + text : notation.signs['+'] + text;
  });
  return { text: parts.join(''), level: level.sum, role: 'plain', tall: isTall(boxes) };
}

/** The factors of nested products, read from left to right. */
function factorsOf(node: MathNode): MathNode[] {
  const factors: MathNode[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const seen = view(next);
    if (seen.kind === 'operator' && seen.operator === '*' && seen.args.length > 1) {
      waiting.push(...[...seen.args].reverse());
    } else if (seen.kind === 'parenthesis') {
      waiting.push(seen.content);
    } else {
      factors.push(next);
    }
  }
  return factors;
}

function printProduct(printer: Printer, node: MathNode): Box {
  return joinFactors(
    printer.notation,
    factorsOf(node).map((factor) => toBox(printer, factor)),
  );
}

function printQuotient(printer: Printer, args: readonly MathNode[]): Box {
  const { notation } = printer;
  const [numerator, denominator] = args.map((part) => toBox(printer, part)) as [Box, Box];
  const role = 'quotient';
  if (notation.stacked && !printer.script) {
    const text = notation.fraction(numerator.text, signed(denominator, notation));
    return { text, level: level.power, role, negative: numerator.negative === true, tall: true };
  }
  const isWhole = numerator.level >= level.product && !sharesLevel.has(numerator.role) && numerator.open !== true;
  const above =
    isWhole && numerator.dotted !== true
      ? (numerator.closed ?? numerator.text)
      : bracketed({ ...numerator, negative: false }, notation);
  const below = atLeast(denominator, level.power, notation);
  return { text: above + notation.slash + below, level: level.product, role, negative: numerator.negative === true };
}

function printPower(printer: Printer, args: readonly MathNode[], mark: unknown): Box {
  const { notation } = printer;
  const [base, exponent] = args as readonly [MathNode, MathNode];
  const asFunction = printFunctionPower(printer, base, exponent);
  if (asFunction !== undefined && typeof mark !== 'string') return asFunction;
  const power = toBox({ ...printer, script: true }, exponent);
  const raised = typeof mark === 'string' ? { ...power, text: mark + signed(power, notation), negative: false } : power;
  const box = toBox(printer, base);
  const text = notation.superscript(atLeast(box, level.atom, notation), raised);
  const role = box.role === 'letter' ? 'letter' : 'plain';
  const callable = raisedCallable(box, notation);
  return { text, level: level.power, role, tall: box.tall === true, callable };
}

function printChoice(printer: Printer, node: MathNode): Box {
  const { notation } = printer;
  const rows: ChoiceRow[] = [];
  let rest = node;
  for (let seen = view(rest); seen.kind === 'conditional' || seen.kind === 'parenthesis'; seen = view(rest)) {
    if (seen.kind === 'parenthesis') {
      rest = seen.content;
    } else {
      const [value, condition] = [seen.then, seen.condition].map((part) => signed(toBox(printer, part), notation));
      rows.push({ value: value as string, condition: condition as string });
      rest = seen.else;
    }
  }
  rows.push({ value: signed(toBox(printer, rest), notation), condition: undefined });
  const text = notation.choice(rows, printer.choice);
  return { text, level: notation.stacked ? level.choice : level.atom, role: 'plain', tall: true };
}

function printUnknown({ notation }: Printer, node: MathNode): Box {
  return { text: notation.raw(node.toString()), level: level.choice, role: 'plain' };
}
