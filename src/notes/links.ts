/** Two neighbouring sides of a statement, or of two rows of which the second goes on with the first. */

import type { Span } from '../problem.ts';
import { view } from '../syntax/node.ts';
import type { RelationSign } from '../syntax/relation.ts';
import type { Side, Statement } from '../syntax/statement.ts';
import type { Claim } from './claim.ts';
import { readHead } from './head.ts';

/** Two neighbouring sides. */
export interface Link extends Claim {
  readonly leftSpan: Span;
  readonly sign: RelationSign;
  /** Whether nothing stands before its left side. */
  readonly first: boolean;
  /** The name on the left, where the link has the form of a definition. */
  readonly head: ReturnType<typeof readHead>;
  /** The words that lead to it within its display. */
  readonly lead?: string;
}

const equalities: ReadonlySet<RelationSign> = new Set(['=', ':=', '~']);

/** The links of the statements of one formula; a row that begins with its sign goes on with the side before it. */
export function linksOf(statements: readonly Statement[]): Link[] {
  const links: Link[] = [];
  let previous: Side | undefined;
  statements.forEach((statement, at) => {
    const { sides: own, relations, lead } = statement;
    const continues = relations.length > 0 && relations.length === own.length;
    const sides = continues && previous !== undefined ? [previous, ...own] : own;
    const signs = continues && previous === undefined ? relations.slice(1) : relations;
    const next = statements[at + 1];
    const continued = next !== undefined && next.relations.length > 0 && next.relations.length === next.sides.length;
    const linked = sides.length > 2 || continues || continued;
    let isHead = !(continues && previous !== undefined);
    for (let k = 0; k + 1 < sides.length; k++) {
      const [left, right] = [sides[k] as Side, sides[k + 1] as Side];
      const sign = signs[k] as RelationSign;
      if (!equalities.has(sign)) {
        isHead = false;
        continue;
      }
      const link = { left: left.node, right: right.node, span: right.span, leftSpan: left.span, sign, linked };
      const led = lead === undefined ? {} : { lead };
      links.push({ ...link, ...led, first: isHead, head: isHead ? readHead(left.node) : undefined });
      isHead = false;
    }
    previous = own.length === 0 ? undefined : (own.at(-1) as Side);
  });
  return withoutDependences(links);
}

/** `E = E(w) = ...`: the first says what E depends on, and what stands behind is what E is. */
function withoutDependences(links: readonly Link[]): Link[] {
  return links.map((link, at) => {
    const before = links[at - 1];
    if (before === undefined || link.left !== before.right || !isDependence(before)) return link;
    return { ...link, left: before.left, leftSpan: before.leftSpan, first: true, head: readHead(before.left) };
  });
}

/** `y = y(x)`, with nothing but names in the bracket. */
export function isDependence({ left, right, first }: Pick<Link, 'left' | 'right' | 'first'>): boolean {
  const [name, call] = [view(left), view(right)];
  if (!first || name.kind !== 'symbol' || call.kind !== 'call' || call.name !== name.name) return false;
  return call.args.every((arg) => ['symbol', 'element'].includes(view(arg).kind));
}
