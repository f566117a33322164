/**
 * The x_i of \|x - x_i\|: points of which x is none. Where a name stands beside its own members, as only another quantity can, the members
 * get a letter of their own.
 */

import { elementNode, locate, type MathNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import type { Statement } from '../syntax/statement.ts';
import { factorsOf, mapParts, partsOf } from '../syntax/walk.ts';
import type { Declarations } from './declare.ts';
import { flattenElement, gatherUsage, isBinder, nameOf } from './usage.ts';

/** Members with a letter of their own: z[i] for the x[i] beside x. */
export interface PointFamily {
  readonly base: string;
  readonly name: string;
  /** The letter by which a sum counts them. */
  readonly index: string;
}

/** Letters for points, which no formula of the source holds yet. */
const letters = ['z', 'u', 'v', 'p', 'q', 'w', 's'] as const;

/** The families of points in `statements`; what is declared as a family is the family of the name itself. */
export function pointFamilies(statements: readonly Statement[], declarations: Declarations): readonly PointFamily[] {
  const nodes = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  const found = new Map<string, string>();
  const bound = new Set<string>();
  const waiting = [...nodes];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const seen = view(node);
    const counter = seen.kind === 'call' && isBinder(seen.name) && seen.args[1] ? nameOf(seen.args[1]) : undefined;
    if (counter !== undefined) bound.add(counter);
    const terms = termsOf(node);
    for (const [base, index] of besideOwn(terms.length > 1 ? terms.map(lastFactor) : besides(node)))
      found.set(base, index);
    // A long sum is looked at once, and not again from each of its signs on.
    waiting.push(...(terms.length > 1 ? terms : partsOf(node)));
  }
  if (found.size === 0) return [];
  const usage = gatherUsage(nodes);
  const isTaken = (name: string): boolean => usage.has(name) || declarations.axes.has(name);
  const free = letters.filter((letter) => !isTaken(letter));
  return [...found]
    .filter(([base, index]) => bound.has(index) && (declarations.axes.get(base) ?? 1) < 2 && isSplit(base))
    .flatMap(([base, index]) => {
      const name = free.shift();
      return name === undefined ? [] : [{ base, name, index }];
    });

  function isSplit(base: string): boolean {
    return !declarations.families.has(base) && (usage.get(base)?.subscripts ?? 0) === 1;
  }
}

/** What stands beside one another in one product with a row, or as arguments of one function. */
function besides(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  if (seen.kind === 'call')
    return seen.args.length < 2 || isBinder(seen.name) || /^[dD]$/.test(seen.name) ? [] : seen.args;
  const factors = seen.kind === 'operator' && seen.operator === '*' ? factorsOf(node) : [];
  return factors.some(isTransposed) ? factors.map(withoutTranspose) : [];
}

/** Of L x - L x_i what counts is the last factor. */
function lastFactor(term: MathNode): MathNode {
  return withoutTranspose(factorsOf(term).at(-1) as MathNode);
}

/** The terms of a sum or a difference; of anything else the node itself. */
function termsOf(node: MathNode): readonly MathNode[] {
  const terms: MathNode[] = [];
  const waiting = [node];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    const seen = view(part);
    if (seen.kind === 'operator' && '+-'.includes(seen.operator)) waiting.push(...seen.args);
    else terms.push(part);
  }
  return terms;
}

/** The names among `nodes` of which a member stands there, too, with the letter of that. */
function besideOwn(nodes: readonly MathNode[]): (readonly [base: string, index: string])[] {
  const names = new Set(nodes.flatMap((node) => nameOf(node) ?? []));
  return nodes.flatMap((node) => {
    const member = memberOf(node);
    return member !== undefined && names.has(member[0]) ? [member] : [];
  });
}

function memberOf(node: MathNode): readonly [base: string, index: string] | undefined {
  if (view(node).kind !== 'element') return undefined;
  const { base, indices } = flattenElement(node);
  const [name, index] = [nameOf(base), indices.length === 1 ? nameOf(indices[0] as MathNode) : undefined];
  return name === undefined || index === undefined ? undefined : [name, index];
}

function isTransposed(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === "'";
}

function withoutTranspose(node: MathNode): MathNode {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === "'" ? (seen.args[0] as MathNode) : node;
}

/** What the points stand for, as a text: x[i]. */
export function pointText({ base, index }: PointFamily): string {
  return `${base}[${index}]`;
}

/** `node` with the letter of the points in the place of the base of each member. */
export function withPointsNamed(node: MathNode, { base, name }: PointFamily): MathNode {
  const change = (part: MathNode): MathNode => {
    const seen = view(part);
    // As an option has it, beside no sum.
    const [letter] =
      seen.kind === 'symbol' && seen.name.startsWith(`${base}_`) ? [...seen.name.slice(base.length + 1)] : [];
    if (letter !== undefined && nameOf(part) === `${base}_${letter}` && /^\p{Ll}$/u.test(letter))
      return locate(elementNode(symbolNode(name), [symbolNode(letter)]), spanOf(part));
    const isOwn = seen.kind === 'element' && nameOf(seen.object) === base;
    if (!isOwn) return mapParts(part, change);
    const renamed = locate(symbolNode(name), spanOf(seen.object));
    return mapParts(part, (inner) => (inner === seen.object ? renamed : change(inner)));
  };
  return change(node);
}
