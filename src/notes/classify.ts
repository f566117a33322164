/** What two neighbouring sides of a text are: a definition, a condition, an update, or a claim that is to be judged. */

import { definesItself } from '../meaning/equation.ts';
import { namesIn } from '../meaning/known-names.ts';
import { conditions } from '../syntax/latex-symbols.ts';
import { type MathNode, view } from '../syntax/node.ts';
import { partsOf } from '../syntax/walk.ts';
import type { StatementKind } from './claim.ts';
import type { Knowledge } from './knowledge.ts';
import { isDependence, type Link } from './links.ts';

/** What the link is, as far as its form and what stands before it tell. */
export function classify(link: Link, knowledge: Knowledge, section: number): StatementKind {
  if (link.sign === '~') return 'approximation';
  if (link.lead !== undefined && conditions.test(link.lead)) return 'condition';
  if (isDependence(link)) return 'dependence';
  const { head, right } = link;
  if (head === undefined || knowledge.isKnownOtherwise(link.left)) return 'claim';
  if (link.sign === ':=') return knowledge.isDefined(head) ? 'redefinition' : 'definition';
  if (knowledge.isDefined(head)) return 'claim';
  if (head.kind === 'quantity' && definesItself({ name: head.name, body: right })) {
    return isStep(head.name, right) ? 'update' : 'equation';
  }
  if (head.kind === 'quantity' && isClosed(right) && knowledge.isVariable(head.name, section)) return 'special-case';
  return 'definition';
}

/** `w = w - \eta g`: the old value with something added to it. */
function isStep(name: string, right: MathNode): boolean {
  const seen = view(right);
  if (seen.kind !== 'operator' || !'+-'.includes(seen.operator) || seen.args.length < 2) return false;
  const first = view(seen.args[0] as MathNode);
  return (first.kind === 'symbol' && first.name === name) || isStep(name, seen.args[0] as MathNode);
}

/** A number: nothing in it has a name. */
function isClosed(node: MathNode): boolean {
  const seen = view(node);
  if (seen.kind === 'call' && partsOf(node).length === 0) return false;
  return [...namesIn(node)].every((name) => name === 'pi' || name === 'e');
}
