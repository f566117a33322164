/**
 * The structure of a formula, as text that two trees share where one is what a reader made of the other's printed form. What
 * a printed form does not tell is not in it: brackets that only group, in which order products and quotients were taken,
 * signs of products, and how a name that looks the same is spelled. Names are taken apart here by themselves, so that a fault
 * of a printer is not repeated.
 */

import { notationOf } from '../syntax/functions.ts';
import { letters } from '../syntax/letters.ts';
import { canonicalName, dots } from '../syntax/names.ts';
import {
  barsNode,
  callNode,
  conditionalNode,
  dotted,
  elementNode,
  isBetweenBars,
  isDotted,
  type MathNode,
  type Operator,
  operatorNode,
  parenthesisNode,
  type View,
  view,
} from '../syntax/node.ts';
import { printText } from '../syntax/print.ts';
import { holdsPart, partsOf } from '../syntax/walk.ts';
import { flatten, isWhole } from './roles.ts';

/** How the trees that are compared are looked at. */
interface Looks {
  /** Products in brackets stay apart, as products of vectors do not associate. */
  readonly keepsGroups: boolean;
  /** Quotients such as df/dx are derivatives. */
  readonly holdsDerivative: boolean;
  /** Names have primes: u' is one of them, and no transposed u. */
  readonly holdsPrimes: boolean;
  /** What has been written down: within quotients parts are asked for twice. */
  readonly known: Map<MathNode, string>;
}

const vectorProducts: ReadonlySet<string> = new Set(['dot', 'cross', 'outer']);
const derivatives: ReadonlySet<string> = new Set(['d', 'D']);

/** Whether two trees have one structure: `text` is the one that was printed, `printed` what a reader made of that. */
export function haveOneStructure(text: MathNode, printed: MathNode): boolean {
  const looks = looksOf(text);
  return keyOf(text, looks) === keyOf(printed, looks);
}

function looksOf(text: MathNode): Looks {
  const calls = (names: ReadonlySet<string>): boolean =>
    holdsPart(text, (part) => {
      const seen = view(part);
      return seen.kind === 'call' && names.has(seen.name);
    });
  return {
    keepsGroups: calls(vectorProducts),
    holdsDerivative: calls(derivatives),
    holdsPrimes: holdsPart(text, (part) => {
      const seen = view(part);
      return seen.kind === 'symbol' && seen.name.endsWith('_prime');
    }),
    known: new Map(),
  };
}

function keyOf(node: MathNode, looks: Looks): string {
  const known = looks.known.get(node);
  if (known !== undefined) return known;
  const key = writeKey(node, looks);
  looks.known.set(node, key);
  return key;
}

function writeKey(node: MathNode, looks: Looks): string {
  const seen = view(node);
  const key = (part: MathNode): string => keyOf(part, looks);
  switch (seen.kind) {
    case 'parenthesis':
      return key(seen.content);
    case 'symbol':
      return nameKey(seen.name);
    case 'constant':
      return seen.text.startsWith('-') ? `-${numberKey(seen.text.slice(1))}` : numberKey(seen.text);
    case 'element':
      return elementKey(node, looks);
    case 'call':
      return callKey(seen, looks);
    case 'operator':
      return primedKey(node, looks) ?? operatorKey(node, seen, looks);
    case 'conditional':
      return `(${[seen.condition, seen.then, seen.else].map(key).join(' ? ')})`;
    default:
      return printText(node);
  }
}

/** A name with primes that were read as transposes, where names have primes. */
function primedKey(node: MathNode, looks: Looks): string | undefined {
  const seen = view(node);
  if (!looks.holdsPrimes || seen.kind !== 'operator' || seen.operator !== "'") return undefined;
  const content = withoutBrackets(seen.args[0] as MathNode);
  const inner = view(content);
  const key = inner.kind === 'symbol' ? nameKey(inner.name) : primedKey(content, looks);
  return key === undefined ? undefined : `${key}'`;
}

function withoutBrackets(node: MathNode): MathNode {
  const seen = view(node);
  return seen.kind === 'parenthesis' ? withoutBrackets(seen.content) : node;
}

const numberKey = (text: string): string => String(Number(text));

type Seen<Kind extends View['kind']> = Extract<View, { kind: Kind }>;

function operatorKey(node: MathNode, { operator, args }: Seen<'operator'>, looks: Looks): string {
  const [first, second] = args as [MathNode, MathNode | undefined];
  if (second === undefined && operator !== '-') return `(${keyOf(first, looks)})${operator}`;
  if (operator === '*' || operator === '/' || second === undefined) return signedKey(productOf(node, looks));
  if (operator === '+' || operator === '-') return sumKey(node, looks);
  return `(${args.map((part) => keyOf(part, looks)).join(` ${operator} `)})`;
}

function sumKey(node: MathNode, looks: Looks): string {
  const terms: string[] = [];
  const waiting = [{ node, isMinus: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const seen = view(next.node);
    const isSum = seen.kind === 'operator' && seen.args.length > 1 && (seen.operator === '+' || seen.operator === '-');
    if (isSum && !next.isMinus) {
      const parts = seen.args.map((part, at) => ({ node: part, isMinus: seen.operator === '-' && at > 0 }));
      waiting.push(...parts.reverse());
    } else if (seen.kind === 'parenthesis' && !next.isMinus) {
      waiting.push({ ...next, node: seen.content });
    } else {
      const { isNegative, text } = productOf(next.node, looks);
      terms.push((isNegative !== next.isMinus ? '- ' : '+ ') + text);
    }
  }
  return `(${terms.join(' ')})`;
}

interface Product {
  readonly isNegative: boolean;
  readonly text: string;
}

const signedKey = ({ isNegative, text }: Product): string => (isNegative ? `-${text}` : text);

/** A product of any number of factors, in their order, over another one. */
function productOf(node: MathNode, looks: Looks): Product {
  const fraction: Fraction = { isNegative: false, above: [], below: [] };
  gather(node, fraction, { isBelow: false, isAlone: true }, looks);
  const above = fraction.above.filter((factor) => factor !== '1');
  const { isNegative, below } = fraction;
  if (below.length === 0 && above.length < 2) return { isNegative, text: above[0] ?? '1' };
  const stroke = below.length === 0 ? '' : ` / ${below.join(' * ')}`;
  return { isNegative, text: `(${above.length === 0 ? '1' : above.join(' * ')}${stroke})` };
}

interface Fraction {
  isNegative: boolean;
  readonly above: string[];
  readonly below: string[];
}

interface Place {
  readonly isBelow: boolean;
  /** Whether it is all that stands above or below its stroke. */
  readonly isAlone: boolean;
}

function gather(node: MathNode, fraction: Fraction, place: Place, looks: Looks): void {
  const seen = view(node);
  const into = (part: MathNode, isAlone: boolean, isBelow = place.isBelow): void =>
    gather(part, fraction, { isBelow, isAlone }, looks);
  const put = (factor: string): void => {
    (place.isBelow ? fraction.below : fraction.above).push(factor);
  };
  const putGroup = (group: MathNode): void => {
    const { isNegative, text } = productOf(group, looks);
    fraction.isNegative = fraction.isNegative !== isNegative;
    put(text);
  };
  if (seen.kind === 'parenthesis') {
    if (looks.keepsGroups && !place.isAlone) putGroup(seen.content);
    else into(seen.content, place.isAlone);
  } else if (isVectorProduct(seen)) {
    // Their factors stand in brackets where they are products.
    if (place.isAlone) for (const part of vectorParts(seen)) putGroup(part);
    else putGroup(node);
  } else if (seen.kind === 'constant' && seen.text.startsWith('-')) {
    fraction.isNegative = !fraction.isNegative;
    put(numberKey(seen.text.slice(1)));
  } else if (seen.kind !== 'operator') {
    put(keyOf(node, looks));
  } else if (seen.operator === '-' && seen.args.length === 1) {
    fraction.isNegative = !fraction.isNegative;
    into(seen.args[0] as MathNode, place.isAlone);
  } else if (seen.operator === '*') {
    for (const part of seen.args) into(part, false);
  } else if (seen.operator === '/') {
    const [above, below] = seen.args as [MathNode, MathNode];
    const derivative = looks.holdsDerivative ? differentialsOf(above, below, looks) : undefined;
    if (derivative !== undefined) put(derivative);
    else {
      into(above, true);
      into(below, true, !place.isBelow);
    }
  } else {
    put(keyOf(node, looks));
  }
}

/** A product of two vectors, or a weighted derivative, which is written as one. */
function isVectorProduct(seen: View): seen is Seen<'call'> {
  return seen.kind === 'call' && (vectorProducts.has(seen.name) || seen.name === 'vjp');
}

/** The factors of a product of two vectors; of a weighted derivative the weight and the derivative. */
function vectorParts({ name, args }: Seen<'call'>): readonly MathNode[] {
  const [weight, ...derived] = args;
  return name === 'vjp' && weight !== undefined ? [weight, callNode('d', derived)] : args;
}

const differential = letters`^d[\p{L}]`;

/** `d(f,x)` for df/dx, which is a quotient of two names for a reader that knows no f of x. */
function differentialsOf(above: MathNode, below: MathNode, looks: Looks): string | undefined {
  const keys = [above, below].map((part) => keyOf(part, looks));
  return keys.every((key) => differential.test(key)) ? `d(${keys.map((key) => key.slice(1)).join()})` : undefined;
}

function elementKey(node: MathNode, looks: Looks): string {
  const { base, indices } = flatten(node);
  const places = indices.map((index) => indexKey(index, looks));
  const seen = view(base);
  if (seen.kind === 'symbol') return nameKey(seen.name, places);
  // A column of the identity is a unit vector.
  const isColumn =
    seen.kind === 'call' && seen.name === 'eye' && indices.length === 2 && isWhole(indices[0] as MathNode);
  return isColumn ? nameKey('e', places.slice(1)) : `${keyOf(base, looks)}_{${places.join()}}`;
}

/** Below a name numbers and letters stand side by side, be they a product or several indices. */
function indexKey(index: MathNode, looks: Looks): string {
  const factors = factorsOf(index);
  const areLetters = factors.every((part) => ['symbol', 'constant'].includes(view(part).kind));
  return areLetters ? factors.map((part) => keyOf(part, looks)).join() : keyOf(index, looks);
}

function factorsOf(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === '*' ? seen.args.flatMap(factorsOf) : [node];
}

function callKey(seen: Seen<'call'>, looks: Looks): string {
  const { name, callee, args } = seen;
  const key = (part: MathNode): string => keyOf(part, looks);
  if (isVectorProduct(seen)) return signedKey(productOf(callNode(name, [...args]), looks));
  const inner = args.length === 1 ? view(args[0] as MathNode) : undefined;
  if (name === 'delta' && args.length === 2)
    return nameKey(
      name,
      args.map((index) => indexKey(index, looks)),
    );
  if (name === 'eye')
    return nameKey(
      'I',
      args.map((length) => indexKey(length, looks)),
    );
  // The differential of u: by which variable, its place says.
  if (name === 'jvp' && args.length === 3) return `d(${key(args[0] as MathNode)})`;
  if (name === 'inv' && args.length === 1) return `(${args.map(key)} ^ -1)`;
  if (name === 'cbrt' && args.length === 1) return `nthRoot(${args.map(key)},3)`;
  if (name === 'factorial' && args.length === 1) return `(${args.map(key)})!`;
  // Below the ψ stands its order.
  if (name === 'polygamma' && args.length === 2) {
    const [order, argument] = args as [MathNode, MathNode];
    return `${nameKey('psi', [indexKey(order, looks)])}(${key(argument)})`;
  }
  if (name === 'exp' && args.length === 1) return `(e ^ ${args.map(key)})`;
  if (name === 'log' && inner?.kind === 'call' && inner.name === 'det') {
    return `${functionKey('logdet')}(${inner.args.map(key).join()})`;
  }
  return `${name === '' ? key(callee) : functionKey(name)}(${args.map(key).join()})`;
}

/** A function by what it is called where it is printed: the logistic function is σ. */
function functionKey(name: string): string {
  return nameKey(canonicalName((notationOf(name)?.unicode ?? name).normalize('NFKC')));
}

const accents: ReadonlySet<string> = new Set(['bar', 'hat', 'tilde', 'vec', 'bold', ...dots]);

const numbered = letters`^([\p{L}]+?)(\d+)$`;

/** A letter or word, what stands over it, its primes, and all that stands below it, be it part of the name or an index. */
function nameKey(name: string, indices: readonly string[] = []): string {
  const bare = name.replace(/(?:'|_prime)+$/, '');
  const primes = name.slice(bare.length).replaceAll('_prime', "'");
  const [head = '', ...tail] = bare.split('_');
  const [, letter = head, digits] = numbered.exec(head) ?? [];
  const over = tail.filter((part) => accents.has(part));
  const below = [...(digits === undefined ? [] : [digits]), ...tail.filter((part) => !accents.has(part)), ...indices];
  const marked = [spelling(letter), ...over].join('~') + primes;
  return below.length === 0 ? marked : `${marked}_{${below.join()}}`;
}

/** A letter as it is spelled in text; in dΓ, the differential of one, Γ is it. */
function spelling(letter: string): string {
  const whole = canonicalName(letter);
  const isDifferential = whole === letter && /^d\P{ASCII}$/u.test(letter);
  return isDifferential ? `d${canonicalName(letter.slice(1))}` : whole;
}

/** What names, elements and functions of a text are called, by how they look. */
interface Spelling {
  readonly leaves: ReadonlyMap<string, MathNode>;
  readonly functions: ReadonlyMap<string, string>;
  readonly looks: Looks;
}

/** What a reader made of a printed form, with the names of the text that was printed. */
export function withNamesOf(text: MathNode, printed: MathNode): MathNode {
  const looks = looksOf(text);
  const leaves = new Map<string, MathNode>();
  const functions = new Map<string, string>();
  const waiting = [text];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (isLeaf(seen)) leaves.set(keyOf(node, looks), node);
    if (seen.kind === 'call' && seen.name !== '') functions.set(functionKey(seen.name), seen.name);
    waiting.push(...partsOf(node));
  }
  return spelled(printed, { leaves, functions, looks });
}

/** Also δᵢⱼ, Iₙ and 𝟏ₙ, which pass for names with indices, df/dx, which passes for a quotient, and the differential of a name. */
function isLeaf(seen: View): boolean {
  if (seen.kind === 'symbol' || seen.kind === 'element') return true;
  return seen.kind === 'call' && /^(?:delta|eye|ones|d|jvp)$/.test(seen.name);
}

function spelled(node: MathNode, spelling: Spelling): MathNode {
  const { leaves, functions, looks } = spelling;
  const seen = view(node);
  const into = (part: MathNode): MathNode => spelled(part, spelling);
  const mayBeLeaf = isLeaf(seen) || (seen.kind === 'operator' && (seen.operator === '/' || seen.operator === "'"));
  const known = mayBeLeaf ? leaves.get(keyOf(node, looks)) : undefined;
  if (known !== undefined) return known;
  switch (seen.kind) {
    case 'parenthesis':
      return parenthesisNode(into(seen.content));
    case 'element':
      return elementNode(into(seen.object), seen.indices.map(into));
    case 'conditional':
      return conditionalNode(into(seen.condition), into(seen.then), into(seen.else));
    case 'operator': {
      const built = operatorNode(seen.operator as Operator, ...(seen.args.map(into) as [MathNode]));
      return isDotted(node) ? dotted(built) : built;
    }
    case 'call': {
      if (isBetweenBars(node)) return barsNode(into(seen.args[0] as MathNode));
      const args = seen.args.map(into);
      if (seen.name === '') return callNode(into(seen.callee), args);
      return callNode(functions.get(functionKey(seen.name)) ?? seen.name, args);
    }
    default:
      return node;
  }
}
