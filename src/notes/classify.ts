/** What two neighbouring sides of a text are: a definition, a condition, an update, or a claim that is to be judged. */

import { definesItself } from '../meaning/equation.ts';
import { type DefinitionTable, leavesOf, namesIn } from '../meaning/known-names.ts';
import { flattenElement } from '../meaning/usage.ts';
import { listSign } from '../syntax/functions.ts';
import { conditions } from '../syntax/latex-symbols.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import type { StatementKind } from './claim.ts';
import { isClosed } from './closed.ts';
import { isOpen } from './given.ts';
import { readHead, readSolved } from './head.ts';
import type { Knowledge } from './knowledge.ts';
import { isDependence, type Link } from './links.ts';
import type { Introduction } from './phrases.ts';

/** What the link is, as far as its form and what stands before it tell. */
export function classify(link: Link, knowledge: Knowledge, introduced: Introduction | undefined): StatementKind {
  const said = introduced === undefined ? undefined : kindSaid(introduced, link, knowledge);
  if (said !== undefined) return said;
  if (link.sign === '~' || [link.left, link.right].some(holdsOrder)) return 'approximation';
  if (link.lead !== undefined && conditions.test(link.lead)) return 'condition';
  if (isDependence(link)) return 'dependence';
  if ([link.left, link.right].every(isList)) return 'condition';
  const { head, right } = link;
  if (head === undefined && definesSolved(link, knowledge)) return 'definition';
  if (head === undefined && isRecurrence(link, knowledge)) return 'update';
  if (head === undefined || knowledge.isKnownOtherwise(link.left)) return 'claim';
  if (link.sign === ':=') return knowledge.isDefined(head) ? 'redefinition' : 'definition';
  if (knowledge.isDefined(head) || isInverse(link, knowledge)) return 'claim';
  if (head.kind === 'quantity' && definesItself({ name: head.name, body: right })) {
    return isStep(head.name, right) ? 'update' : 'equation';
  }
  if (head.kind === 'quantity' && isClosed(right) && isVarying(head.name, knowledge)) return 'special-case';
  return 'definition';
}

/** Whether a value can only be one among others. */
function isVarying(name: string, { isVariable, isMoving }: Knowledge): boolean {
  return isVariable(name) || isMoving(name);
}

/** Whether it lists the coordinates of a point: (x, y) = (3, 4). */
function isList(node: MathNode): boolean {
  const seen = view(node);
  return seen.kind === 'call' && seen.name === listSign;
}

/** `x = \tan y` behind y = \arctan x: what is said of y again. */
export function isInverse({ head, right }: Link, { table }: Knowledge): boolean {
  if (head?.kind !== 'quantity' || head.parameters.length > 0) return false;
  return [...namesIn(right)].some((name) => name !== head.name && isKnownBy(name, head.name, table));
}

function isKnownBy(name: string, other: string, table: DefinitionTable): boolean {
  return table.quantity.has(name) && !isOpen(name, table) && leavesOf(name, table).includes(other);
}

/** `x_{n+1} = x_n - f(x_n)/f'(x_n)`: the next member of a sequence by the one before. */
function isRecurrence({ left, right, first }: Link, { table }: Knowledge): boolean {
  if (!first || view(left).kind !== 'element') return false;
  const { base, indices } = flattenElement(left);
  const name = view(base);
  if (name.kind !== 'symbol' || table.quantity.has(name.name)) return false;
  const isNext = indices.some((index) => view(index).kind === 'operator' && namesIn(index).size > 0);
  return isNext && membersIn(right).has(name.name);
}

/** The names of which members stand in a tree. */
function membersIn(node: MathNode): ReadonlySet<string> {
  const seen = view(node);
  const base = seen.kind === 'element' ? view(flattenElement(node).base) : undefined;
  const own = base?.kind === 'symbol' ? [base.name] : [];
  return new Set([...own, ...partsOf(node).flatMap((part) => [...membersIn(part)])]);
}

/**
 * Whether something is defined by its square, and with it the positive root, or by its logarithm: σ^2 = ..., log L(p) = ..., where
 * nothing was said of σ and L. The y of ln y = x ln x that is differentiated itself stands in an equation.
 */
function definesSolved({ left, right, first, linked }: Link, knowledge: Knowledge): boolean {
  const { base, solvedBy } = readSolved(left) ?? {};
  const head = base === undefined ? undefined : readHead(base);
  if (base === undefined || head === undefined) return false;
  if (!first || linked || isClosed(right) || namesIn(right).has(head.name)) return false;
  if (solvedBy === 'exp' && knowledge.isKnownOtherwise(base)) return false;
  return !knowledge.isDefined(head) && !knowledge.isVariable(head.name);
}

/** Whether what is left out stands in it by its order alone: o(h), O(h^2). */
function holdsOrder(node: MathNode): boolean {
  const seen = view(node);
  return (seen.kind === 'call' && (seen.name === 'o' || seen.name === 'O')) || partsOf(node).some(holdsOrder);
}

/** What the words before a link make it; undefined where its own form tells. */
function kindSaid(introduced: Introduction, link: Link, knowledge: Knowledge): StatementKind | undefined {
  const { head, right } = link;
  switch (introduced) {
    case 'wrong':
      return 'quotation';
    case 'equation':
      return link.linked ? undefined : 'equation';
    case 'approximation':
      return link.sign === '~' ? 'approximation' : undefined;
    case 'update':
      return head === undefined ? undefined : 'update';
    case 'special':
      return isClosed(right) && !link.linked ? 'special-case' : undefined;
    case 'condition': {
      // "Suppose u = x^2" gives u a meaning, "if x = 0" does not.
      const isNew = head !== undefined && !knowledge.isDefined(head) && !isClosed(right);
      return isNew || link.linked ? undefined : 'condition';
    }
    case 'definition':
      return head === undefined && isReversed(link) ? 'definition' : undefined;
    default:
      return undefined;
  }
}

/** "Let a + x = u": the name stands on the right. */
function isReversed({ left, right, first, linked }: Link): boolean {
  const isName = view(right).kind === 'symbol';
  return first && !linked && isName && view(left).kind === 'operator';
}

/** `w = w - \eta g`: the old value with something added to it. */
function isStep(name: string, right: MathNode): boolean {
  const seen = view(right);
  if (seen.kind !== 'operator' || !'+-'.includes(seen.operator) || seen.args.length < 2) return false;
  const first = view(seen.args[0] as MathNode);
  return (first.kind === 'symbol' && first.name === name) || isStep(name, seen.args[0] as MathNode);
}
