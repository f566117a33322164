/** Walks over syntax trees that no stack would hold. */

import {
  barsNode,
  callNode,
  conditionalNode,
  dotted,
  elementNode,
  implicitProductNode,
  isBetweenBars,
  isDotted,
  isPartial,
  isStop,
  isTimes,
  locate,
  type MathNode,
  type Operator,
  operatorNode,
  partial,
  spanOf,
  stopNode,
  timesNode,
  view,
} from './node.ts';

/** The direct parts of a node, in the order of the source; none of what is refused. */
export function partsOf(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  switch (seen.kind) {
    case 'operator':
      return seen.args;
    case 'call':
      return seen.name === '' ? [seen.callee, ...seen.args] : seen.args;
    case 'element':
      return [seen.object, ...seen.indices];
    case 'conditional':
      return [seen.condition, seen.then, seen.else];
    case 'parenthesis':
      return [seen.content];
    default:
      return [];
  }
}

/** Levels between two landings; a walk that recurses takes a handful of calls for each. */
export const levelsBetween = 60;

/**
 * Nodes below `root`, the deepest first, such that a walk which stops at those it has done already never goes much deeper
 * than `levels`. `parts` says where the walk goes from a node, `canLand` at which nodes it may stop.
 */
export function landings(
  root: MathNode,
  levels = levelsBetween,
  parts: (node: MathNode) => readonly MathNode[] = partsOf,
  canLand: (node: MathNode) => boolean = () => true,
): MathNode[] {
  const found: MathNode[] = [];
  const waiting: { readonly node: MathNode; readonly depth: number }[] = [{ node: root, depth: 0 }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, depth } = next;
    const lands = depth >= levels && canLand(node);
    if (lands) found.push(node);
    for (const part of parts(node)) waiting.push({ node: part, depth: lands ? 1 : depth + 1 });
  }
  return found.reverse();
}

/** The factors of a product in their order, those of products within it too; any other node is its own. */
export function factorsOf(node: MathNode): readonly MathNode[] {
  const seen = view(node);
  return seen.kind === 'operator' && seen.operator === '*' ? seen.args.flatMap(factorsOf) : [node];
}

/** `node` with `change` applied to its parts; the same node where nothing changes. */
export function mapParts(node: MathNode, change: (part: MathNode) => MathNode): MathNode {
  const seen = view(node);
  const build = (parts: readonly MathNode[], make: (parts: MathNode[]) => MathNode): MathNode => {
    const changed = parts.map(change);
    return changed.every((part, at) => part === parts[at]) ? node : locate(make(changed), spanOf(node));
  };
  switch (seen.kind) {
    case 'operator':
      return build(seen.args, (args) =>
        isTimes(node)
          ? timesNode(...(args as [MathNode, MathNode]))
          : seen.implicit
            ? implicitProductNode(...(args as [MathNode, MathNode]))
            : isDotted(node)
              ? dotted(operatorNode(seen.operator as Operator, ...args))
              : operatorNode(seen.operator as Operator, ...args),
      );
    case 'call':
      return build(seen.args, (args) => {
        if (isBetweenBars(node)) return barsNode(args[0] as MathNode);
        if (isStop(node)) return stopNode(...(args as [MathNode, MathNode]));
        const made = callNode(seen.name === '' ? seen.callee : seen.name, args);
        return isPartial(node) ? partial(made) : made;
      });
    case 'parenthesis':
      return build([seen.content], ([content]) => content as MathNode);
    case 'element':
      return build([seen.object, ...seen.indices], ([object, ...indices]) => elementNode(object as MathNode, indices));
    case 'conditional':
      return build([seen.condition, seen.then, seen.else], ([condition, then, otherwise]) =>
        conditionalNode(condition as MathNode, then as MathNode, otherwise as MathNode),
      );
    default:
      return node;
  }
}

/** Whether `isMeant` holds of a node or of any part of it, however deep. */
export function holdsPart(root: MathNode, isMeant: (node: MathNode) => boolean): boolean {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isMeant(node)) return true;
    waiting.push(...partsOf(node));
  }
  return false;
}
