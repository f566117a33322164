/**
 * What is open about the names of formulas in text, whose trees stand already: `a (x + 1)`, `x'`, `x_1`, `x^T`; and how such a
 * tree looks in a reading that takes one of them otherwise.
 */

import { letterFunctions } from '../../syntax/functions.ts';
import { singleLetter } from '../../syntax/letters.ts';
import { greekNames } from '../../syntax/names.ts';
import {
  callNode,
  dotted,
  implicitProductNode,
  isStop,
  locate,
  type MathNode,
  type Operator,
  operatorNode,
  parenthesisNode,
  spanOf,
  symbolNode,
  view,
} from '../../syntax/node.ts';
import type { Statement } from '../../syntax/statement.ts';
import { mapParts, partsOf } from '../../syntax/walk.ts';
import { behindFactors } from '../raised-factors.ts';
import { gatherUsage, type Usage } from '../usage.ts';
import { takenFor } from './choices.ts';
import type { Finding } from './choices-latex.ts';
import { transposesByT } from './conventions.ts';
import type { Evidence } from './evidence.ts';
import { canBeEntry, canCount } from './slots.ts';

/** Names that a person takes for letters, whatever functions have them, too. */
const isLetter = (name: string): boolean =>
  singleLetter.test(name) || letterFunctions.has(name) || greekWords.has(name);

const greekWords: ReadonlySet<string> = new Set(greekNames.values());

/** Adds what is open in `statements` of text. */
export function addTextChoices(statements: readonly Statement[], finding: Finding): void {
  const nodes = statements.flatMap(({ sides }) => sides.map(({ node }) => node));
  const usage = gatherUsage(nodes);
  const heads = headsOf(statements);
  const families = familiesIn(usage, finding.known);
  const isTransposing = transposesByT(nodes);
  const waiting = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    addNode(node, { ...finding, heads, families, usage, isTransposing });
    for (const part of [...partsOf(node)].reverse()) waiting.push(part);
  }
}

interface Scope extends Finding {
  /** What lines define: functions by their calls, quantities by their names. */
  readonly heads: ReadonlyMap<string, 'function' | 'quantity'>;
  readonly families: ReadonlySet<string>;
  readonly usage: ReadonlyMap<string, Usage>;
  /** Whether a T above is a transpose by convention. */
  readonly isTransposing: boolean;
}

function headsOf(statements: readonly Statement[]): Map<string, 'function' | 'quantity'> {
  const heads = new Map<string, 'function' | 'quantity'>();
  for (const { sides } of statements) {
    const head = sides.length > 1 && sides[0] !== undefined ? view(sides[0].node) : undefined;
    const isHead = head?.kind === 'call' && head.args.every((arg) => view(arg).kind !== 'operator');
    if (isHead) heads.set(head.name, 'function');
    if (head?.kind === 'symbol') heads.set(head.name, 'quantity');
  }
  return heads;
}

/** Names that stand with several labels, or with one that is asked for by its letter. */
function familiesIn(usage: ReadonlyMap<string, Usage>, { fixed }: Evidence): Set<string> {
  const labels = [...usage.keys()].flatMap((name) => {
    const [base, label] = labelOf(name);
    return base === undefined || !canCount(label) ? [] : [base];
  });
  return new Set(labels.filter((base) => fixed.size > 0 || labels.filter((one) => one === base).length > 1));
}

/** x_1 as x and 1. */
function labelOf(name: string): readonly [base: string | undefined, label: string] {
  const [, base, label = ''] = /^(.+)_([^_]+)$/.exec(name) ?? [];
  return [base, label];
}

function addNode(node: MathNode, { known, into, primes, heads, families, usage, isTransposing }: Scope): void {
  const seen = view(node);
  if (isStop(node)) into.add('inner-or-product', '', ['inner', 'numbers']);
  if (seen.kind === 'call' && seen.args.length === 1 && isLetter(seen.name)) {
    // d(x) with one argument is a derivative without its variable, gamma(-2) a value that does not exist: each is said to be so.
    const isDerivative = /^[dD]$/.test(seen.name) && view(seen.args[0] as MathNode).kind === 'symbol';
    const isOwn = isDerivative || (letterFunctions.has(seen.name) && !usage.get(seen.name)?.bare);
    const isSettled = isOwn || known.declared.has(seen.name) || heads.get(seen.name) === 'function';
    if (!isSettled) into.add('call-or-product', seen.name, ['call', 'product']);
  } else if (seen.kind === 'symbol') {
    const [base, label] = labelOf(seen.name);
    const isWhole = base !== undefined && usage.get(base)?.bare !== undefined;
    if (base === undefined || !(isWhole ? canBeEntry : canCount)(label)) return;
    if (known.declared.has(base) || known.declared.has(seen.name) || heads.has(seen.name)) return;
    if (isWhole) into.add('separate-or-entry', base, ['separate', 'entry']);
    else if (families.has(base)) into.add('member-or-label', base, ['label', 'member']);
  } else if (seen.kind === 'operator' && seen.operator === "'") {
    const inner = view(seen.args[0] as MathNode);
    // The prime of a declared vector or matrix is its transpose.
    if (inner.kind !== 'symbol' || (known.declared.get(inner.name) ?? 0) > 0) return;
    if (primes.dependent?.includes(inner.name) === true) return;
    const isDefined = heads.get(inner.name) === 'quantity' && primes.by !== undefined;
    into.add('prime', inner.name, isDefined ? ['transpose', 'derivative', 'name'] : ['transpose', 'name']);
  } else if (seen.kind === 'operator' && seen.operator === '^') {
    const [base, exponent] = seen.args.map(view);
    if (exponent?.kind !== 'symbol' || exponent.name !== 'T' || known.declared.has('T')) return;
    const name = base?.kind === 'symbol' ? base.name : '';
    into.add('transpose-or-power', name, isTransposing ? ['transpose', 'power'] : ['power', 'transpose']);
  }
}

/** A tree of text as it is where `known` takes a choice otherwise; `by` is the one variable. */
export function takeOtherwise(node: MathNode, known: Evidence, by: string | undefined): MathNode {
  const span = spanOf(node);
  const change = (part: MathNode): MathNode => takeOtherwise(part, known, by);
  const seen = view(node);
  if (seen.kind === 'call' && seen.args.length === 1 && isTakenForProduct(seen.name, known)) {
    return productOf(node, change, (factor) => factor);
  }
  if (seen.kind === 'call' && isStop(node) && takenFor(known, 'inner-or-product', '') === 'numbers') {
    return locate(dotted(operatorNode('*', ...seen.args.map(change))), span);
  }
  if (seen.kind !== 'operator') return mapParts(node, change);
  const [applied, ...rest] = seen.args as [MathNode, ...MathNode[]];
  const call = view(applied);
  const isCall = call.kind === 'call' && call.args.length === 1;
  if (behindFactors.has(seen.operator) && isCall && isTakenForProduct(call.name, known)) {
    // a(x + 1)^2: what stands behind the bracket belongs to it.
    return productOf(applied, change, (factor) => operatorNode(seen.operator as Operator, factor, ...rest.map(change)));
  }
  const [base, exponent] = seen.args.map(view);
  const name = base?.kind === 'symbol' ? base.name : '';
  if (seen.operator === "'" && (takenFor(known, 'prime', name) ?? 'transpose') !== 'transpose') {
    return locate(primed(`${name}_prime`, known, by) ?? symbolNode(`${name}_prime`), span);
  }
  const isT = seen.operator === '^' && exponent?.kind === 'symbol' && exponent.name === 'T';
  if (isT && takenFor(known, 'transpose-or-power', name) === 'transpose') {
    return locate(operatorNode("'", change(seen.args[0] as MathNode)), span);
  }
  return mapParts(node, change);
}

/** A tree of LaTeX, which the grammar has made by the same answers, with the primes that are taken for derivatives. */
export function takeDerivatives(node: MathNode, known: Evidence, by: string | undefined): MathNode {
  const seen = view(node);
  if (seen.kind === 'symbol') return locate(primed(seen.name, known, by) ?? node, spanOf(node));
  return mapParts(node, (part) => takeDerivatives(part, known, by));
}

/** The product that a call with one argument is. */
function productOf(
  node: MathNode,
  change: (part: MathNode) => MathNode,
  raise: (factor: MathNode) => MathNode,
): MathNode {
  const seen = view(node);
  if (seen.kind !== 'call') return node;
  const [argument] = seen.args as [MathNode];
  const factor = locate(parenthesisNode(change(argument)), spanOf(argument));
  const name = change(locate(symbolNode(seen.name), spanOf(node)));
  return locate(implicitProductNode(name, raise(factor)), spanOf(node));
}

/** Whether a call is taken for a product: its name is, or it is a member, which nothing is applied to. */
function isTakenForProduct(name: string, known: Evidence): boolean {
  const [base, label] = labelOf(name);
  return (
    takenFor(known, 'call-or-product', name) === 'product' || (base !== undefined && isTakenMember(base, label, known))
  );
}

/** Whether x_1 is taken for x[1]. */
export function isTakenMember(base: string, label: string, known: Evidence): boolean {
  if (takenFor(known, 'separate-or-entry', base) === 'entry') return canBeEntry(label);
  return takenFor(known, 'member-or-label', base) === 'member' && canCount(label);
}

/** The derivative that y_prime is where it is taken for one. */
function primed(name: string, known: Evidence, by: string | undefined): MathNode | undefined {
  const base = name.endsWith('_prime') ? name.slice(0, -'_prime'.length) : undefined;
  if (base === undefined || by === undefined || takenFor(known, 'prime', base) !== 'derivative') return undefined;
  return callNode('d', [symbolNode(base), symbolNode(by)]);
}
