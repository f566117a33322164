/**
 * What a field means by a letter that nothing else explains, the weakest evidence of all: I beside matrices is the
 * identity, a bold 1 the vector of ones, an applied sigma the logistic function, and a T above a factor its transpose. Whatever the source says of the letter
 * itself, a declaration, a definition, a use that does not fit, is stronger. One convention is one entry of the list.
 */

import {
  callNode,
  elementNode,
  implicitProductNode,
  isBetweenBars,
  locate,
  type MathNode,
  operatorNode,
  parenthesisNode,
  spanOf,
  symbolNode,
  view,
  wholeAxisNode,
} from '../../syntax/node.ts';
import { printText } from '../../syntax/print.ts';
import type { Statement } from '../../syntax/statement.ts';
import { mapParts, partsOf } from '../../syntax/walk.ts';
import { flattenElement, gatherUsage, type Usage } from '../usage.ts';
import type { Evidence } from './evidence.ts';

/** What a convention sees of the formulas. */
interface Seen {
  readonly evidence: Evidence;
  readonly usage: ReadonlyMap<string, Usage>;
  /** Names that a line defines. */
  readonly defined: ReadonlySet<string>;
  readonly ofMatrices: boolean;
  readonly nodes: readonly MathNode[];
}

/** A convention: the letter, whether it is meant here, and what it makes of a node. */
export interface Convention {
  readonly id: 'identity' | 'ones' | 'unit' | 'logistic' | 'kronecker' | 'transpose';
  readonly letter: string;
  readonly isMeant: (seen: Seen) => boolean;
  /** What the node is by the convention; undefined where it is none of its letter. */
  readonly read: (node: MathNode) => MathNode | undefined;
}

/** Utility and value of economics, which take and are numbers: in \\beta^T u(c) the T is a time. */
export const numberFunctions: ReadonlySet<string> = new Set(['u', 'U', 'V']);

const isOpen = ({ evidence, usage, defined }: Seen, letter: string): boolean =>
  usage.has(letter) && !evidence.declared.has(letter) && !evidence.wanted.has(letter) && !defined.has(letter);

/** Whether the letter stands as a whole or with its size below it, `I_n`, and is nowhere applied. */
function isWhole({ usage }: Seen, letter: string): boolean {
  const use = usage.get(letter);
  return use !== undefined && !use.applied && !use.subscript && use.subscripts < 2;
}

export const conventions: readonly Convention[] = [
  {
    id: 'identity',
    letter: 'I',
    isMeant: (seen) => seen.ofMatrices && isOpen(seen, 'I') && isWhole(seen, 'I'),
    read: (node) => sized(node, 'I', 'eye'),
  },
  {
    id: 'ones',
    letter: '1',
    // No other name is a bold 1, so the grammar reads it; here it is said.
    isMeant: ({ evidence, usage }) => evidence.boldIndices.has('1') && usage.has('ones'),
    read: () => undefined,
  },
  {
    id: 'unit',
    letter: 'e',
    isMeant: (seen) => seen.ofMatrices && seen.evidence.boldIndices.get('e') === 1 && isOpen(seen, 'e'),
    read: (node) => {
      const seen = view(node);
      const name = seen.kind === 'element' && seen.indices.length === 1 ? view(seen.object) : undefined;
      if (seen.kind !== 'element' || name?.kind !== 'symbol' || name.name !== 'e') return undefined;
      // e_i is column i of the identity.
      return locate(elementNode(callNode('eye', []), [wholeAxisNode(), ...seen.indices]), spanOf(node));
    },
  },
  {
    id: 'logistic',
    letter: 'sigma',
    isMeant: (seen) => isOpen(seen, 'sigma') && isOnlyApplied(seen, 'sigma'),
    read: (node) => {
      const seen = view(node);
      const primes = /^sigma('*)$/.exec(seen.kind === 'call' ? seen.name : '')?.[1];
      if (seen.kind !== 'call' || primes === undefined || seen.args.length !== 1) return undefined;
      return locate(callNode(`sigmoid${primes}`, [...seen.args]), spanOf(node));
    },
  },
  {
    id: 'kronecker',
    letter: 'delta',
    isMeant: (seen) => !seen.evidence.declared.has('delta') && !seen.defined.has('delta') && isPair(seen, 'delta'),
    read: (node) => {
      const seen = view(node);
      // Of letters between commas that nothing binds the reader makes a label.
      const labels = /^delta_([a-z])_([a-z])$/.exec(seen.kind === 'symbol' ? seen.name : '');
      if (labels !== null) {
        return locate(
          callNode('delta', [symbolNode(labels[1] as string), symbolNode(labels[2] as string)]),
          spanOf(node),
        );
      }
      if (seen.kind !== 'element') return undefined;
      const { base, indices } = flattenElement(node);
      const name = view(base);
      const isDelta = name.kind === 'symbol' && name.name === 'delta' && indices.length === 2;
      return isDelta ? locate(callNode('delta', [...indices]), spanOf(node)) : undefined;
    },
  },
  {
    id: 'transpose',
    letter: 'T',
    isMeant: (seen) => isOpen(seen, 'T') && !isTakenForPower(seen.evidence) && transposesByT(seen.nodes),
    read: (node) => {
      const base = baseBelow('T', node);
      if (base !== undefined) return locate(operatorNode("'", base), spanOf(node));
      const before = beforeBracket(node);
      if (before === undefined) return undefined;
      const transposed = locate(operatorNode("'", before.base), spanOf(before.base));
      return locate(implicitProductNode(transposed, before.bracket), spanOf(node));
    },
  },
];

function isTakenForPower({ taken }: Evidence): boolean {
  return [...taken].some(([key, value]) => key.startsWith('transpose-or-power') && value === 'power');
}

/** Whether an H stands nowhere but above a factor that another follows, where a vector is or the factor stands again: x^H A x. */
export function conjugatesByH(nodes: readonly MathNode[], { vectors, declared }: Evidence): boolean {
  if (declared.has('H') || !transposesBy('H', nodes)) return false;
  const usage = gatherUsage(nodes.flatMap((node) => withoutRaised(node, 'H')));
  const bases = nodes.flatMap((node) => raisedTo(node, 'H'));
  return bases.some((base) => {
    const seen = view(base);
    if (seen.kind !== 'symbol') return true;
    return vectors.has(seen.name) || (declared.get(seen.name) ?? 0) > 0 || usage.has(seen.name);
  });
}

/** What stands under the letter, wherever it is above something. */
function raisedTo(node: MathNode, letter: string): readonly MathNode[] {
  const base = baseBelow(letter, node);
  return base === undefined ? partsOf(node).flatMap((part) => raisedTo(part, letter)) : [base];
}

/** All parts that hold nothing under the letter. */
function withoutRaised(node: MathNode, letter: string): readonly MathNode[] {
  if (baseBelow(letter, node) !== undefined) return [];
  return raisedTo(node, letter).length === 0 ? [node] : partsOf(node).flatMap((part) => withoutRaised(part, letter));
}

/** Whether T stands in text nowhere but above factors that a factor follows, x^T A x: what is raised to a T stands by itself. */
export function transposesByT(nodes: readonly MathNode[]): boolean {
  return transposesBy('T', nodes);
}

function transposesBy(letter: string, nodes: readonly MathNode[]): boolean {
  let isMeant = false;
  const waiting = nodes.map((node) => ({ node, isFollowed: false }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, isFollowed } = next;
    const seen = view(node);
    if (seen.kind === 'symbol' && seen.name === letter) return false;
    const before = letter === 'T' ? beforeBracket(node) : undefined;
    if (before !== undefined) isMeant = true;
    const base = baseBelow(letter, node) ?? before?.base;
    if (base !== undefined && (view(base).kind === 'symbol' || holdsColumn(base))) isMeant ||= isFollowed;
    const isProduct = seen.kind === 'operator' && seen.operator === '*';
    if (isProduct) isMeant ||= isSquare(letter, node);
    const parts = before !== undefined ? [before.base, before.bracket] : base === undefined ? partsOf(node) : [base];
    // A product stands by its last factor, and a sign binds more tightly: the -x^T of -x^T A x is followed, too.
    const isSigned = seen.kind === 'operator' && seen.operator === '-' && parts.length === 1;
    parts.forEach((part, at) => {
      waiting.push({
        node: part,
        isFollowed: isProduct ? at < parts.length - 1 || isFollowed : isSigned && isFollowed,
      });
    });
  }
  return isMeant;
}

/** Whether what is under the letter stands beside itself, next or further on, as in (x - m)^T S (x - m) and in x x^T. */
function isSquare(letter: string, node: MathNode): boolean {
  const factors = factorsOf(node);
  return factors.some((factor, at) => {
    const base = baseBelow(letter, factor);
    const before = factors[at - 1];
    if (base === undefined) return false;
    const printed = printText(base);
    if (before !== undefined && printText(before) === printed) return true;
    if (view(base).kind !== 'parenthesis') return false;
    return factors.slice(at + 1).some((other) => view(other).kind === 'parenthesis' && printText(other) === printed);
  });
}

/** Whether a bracket holds a capital before a small letter, as (A x) does: it is a vector as often as not. */
function holdsColumn(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'operator' && seen.operator === '*') {
    const [first, second] = seen.args.map(view);
    const isColumn = second?.kind === 'symbol' && /^\p{Ll}/u.test(second.name);
    if (first?.kind === 'symbol' && /^\p{Lu}/u.test(first.name) && isColumn) return true;
  }
  return partsOf(node).some(holdsColumn);
}

/** x^T(A x - b), which text takes for a function T: what is transposed, and the bracket behind it. */
function beforeBracket(node: MathNode): { readonly base: MathNode; readonly bracket: MathNode } | undefined {
  const seen = view(node);
  if (seen.kind !== 'operator' || seen.operator !== '^') return undefined;
  const [base, exponent] = seen.args as [MathNode, MathNode];
  const [below, above] = [view(base), view(exponent)];
  const isName = (below.kind === 'symbol' && below.name !== 'e') || below.kind === 'parenthesis';
  if (!isName || above.kind !== 'call' || above.name !== 'T' || above.args.length !== 1) return undefined;
  return { base, bracket: locate(parenthesisNode(above.args[0] as MathNode), spanOf(exponent)) };
}

/** The factors of a product in their order; of a quotient those above the bar. */
function factorsOf(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  if (seen.kind !== 'operator') return [node];
  if (seen.operator === '*') return seen.args.flatMap(factorsOf);
  return seen.operator === '/' ? factorsOf(seen.args[0] as MathNode) : [node];
}

/** What the letter stands above; not a number, and not e. */
function baseBelow(letter: string, node: MathNode): MathNode | undefined {
  const seen = view(node);
  if (seen.kind !== 'operator' || seen.operator !== '^') return undefined;
  const [base, exponent] = seen.args as [MathNode, MathNode];
  const [below, above] = [view(base), view(exponent)];
  const isName = (below.kind === 'symbol' && below.name !== 'e') || below.kind === 'parenthesis';
  return isName && above.kind === 'symbol' && above.name === letter ? base : undefined;
}

/** Whether the letter stands with a pair of indices wherever it stands. */
function isPair({ usage }: Seen, letter: string): boolean {
  const own = usage.get(letter);
  if (own !== undefined) return !own.applied && !own.subscript && own.bare === undefined && own.subscripts === 2;
  return [...usage.keys()].some((name) => /^[a-z]+_[a-z]_[a-z]$/.test(name) && name.startsWith(`${letter}_`));
}

function isOnlyApplied({ usage }: Seen, letter: string): boolean {
  const use = usage.get(letter);
  return use?.applied === true && use.bare === undefined && use.subscripts === 0;
}

/** `I` or `I_n` as `eye()` or `eye(n)`; without a size, the shapes around it tell. */
function sized(node: MathNode, letter: string, call: string): MathNode | undefined {
  const seen = view(node);
  if (seen.kind === 'symbol' && seen.name === letter) return locate(callNode(call, []), spanOf(node));
  if (seen.kind !== 'element') return undefined;
  const { base, indices } = flattenElement(node);
  const name = view(base);
  const isSized = name.kind === 'symbol' && name.name === letter && indices.length === 1;
  return isSized ? locate(callNode(call, [...indices]), spanOf(node)) : undefined;
}

/** How the conventions that are meant in `statements` read a node, and which those are. */
export function applyConventions(
  statements: readonly Statement[],
  evidence: Evidence,
): { readonly change: (node: MathNode) => MathNode; readonly used: readonly Convention[] } {
  // A name by itself is mentioned and not used: "the logistic function $\sigma$".
  const isMention = ({ sides }: Statement): boolean =>
    sides.length === 1 && sides.every(({ node }) => view(node).kind === 'symbol');
  const nodes = statements.flatMap((one) => (isMention(one) ? [] : one.sides.map(({ node }) => node)));
  const usage = gatherUsage(nodes);
  const defined = new Set(
    statements.flatMap(({ sides }) => {
      const head = sides.length > 1 && sides[0] !== undefined ? view(sides[0].node) : undefined;
      return head?.kind === 'symbol' || head?.kind === 'call' ? [head.name] : [];
    }),
  );
  const bases = new Set([...usage.keys()].map((name) => name.split('_')[0]));
  const letters = conventions.some(({ letter }) => bases.has(letter) || evidence.boldIndices.has(letter));
  if (!letters) return { change: (node) => node, used: [] };
  const seen: Seen = { evidence, usage, defined, ofMatrices: speaksOfMatrices(nodes, evidence), nodes };
  const used = conventions.filter((one) => one.isMeant(seen));
  const change = (node: MathNode): MathNode => {
    for (const { read } of used) {
      const meant = read(node);
      if (meant !== undefined) return mapParts(meant, change);
    }
    return mapParts(node, change);
  };
  return { change: used.length === 0 ? (node) => node : change, used };
}

const ofMatrices: ReadonlySet<string> = new Set(
  'trace tr det logdet inv pinv diag kron otimes vec transpose'.split(' '),
);

/** The I of a norm, A - lambda I. */
function holdsIdentity(node: MathNode): boolean {
  const seen = view(node);
  return (seen.kind === 'symbol' && seen.name === 'I') || partsOf(node).some(holdsIdentity);
}

/** |K + \lambda I|: a sum of the letter, perhaps behind scalars, and another capital. */
function addsIdentity(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind !== 'operator' || !'+-'.includes(seen.operator) || seen.args.length < 2) return false;
  const last = seen.args.map((term) => view(factorsOf(term).at(-1) as MathNode));
  const capitals = last.flatMap((one) => (one.kind === 'symbol' && /^\p{Lu}/u.test(one.name) ? [one.name] : []));
  return capitals.includes('I') && capitals.some((name) => name !== 'I');
}

/** (I - A)^{-1}. */
function invertsIdentity(node: MathNode): boolean {
  const seen = view(node);
  const [base, exponent] = seen.kind === 'operator' && seen.operator === '^' ? seen.args.map(view) : [];
  const isInverse = exponent?.kind === 'operator' && exponent.operator === '-' && exponent.args.length === 1;
  return base?.kind === 'parenthesis' && isInverse && addsIdentity(base.content);
}

/** Whether vectors or matrices stand in the formulas: declared, bold, transposed, or under an operation of theirs. */
function speaksOfMatrices(nodes: readonly MathNode[], { declared, bold, transposed }: Evidence): boolean {
  if ([...declared.values()].some((axes) => axes > 0) || bold.size > 0 || transposed.size > 0) return true;
  if (transposesByT(nodes)) return true;
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    if (seen.kind === 'operator' && seen.operator === "'") return true;
    if (seen.kind === 'call' && ofMatrices.has(seen.name)) return true;
    if (seen.kind === 'call' && seen.name === 'norm' && seen.args.some(holdsIdentity)) return true;
    if (seen.kind === 'call' && isBetweenBars(node) && addsIdentity(seen.args[0] as MathNode)) return true;
    if (invertsIdentity(node)) return true;
    waiting.push(...partsOf(node));
  }
  return false;
}
