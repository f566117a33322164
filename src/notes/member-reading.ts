/** Derivatives by a name whose members are meant: \partial s/\partial q = k_i/d, where s = \sum_i q_i k_i/d. */

import { reachedDefinitions } from '../meaning/equation.ts';
import type { DefinitionTable } from '../meaning/known-names.ts';
import { flattenElement, gatherUsage, namesWithMembers } from '../meaning/usage.ts';
import { callNode, elementNode, type MathNode, symbolNode, view } from '../syntax/node.ts';
import { mapParts, partsOf } from '../syntax/walk.ts';
import type { Claim } from './claim.ts';

/**
 * The claim with each derivative by the name of a family alone as that by the member with the index that is free on the other side;
 * undefined where there is none such, or more than one index.
 */
export function byMember<Kind extends Claim>(claim: Kind, table: DefinitionTable): Kind | undefined {
  const { left, right } = claim;
  const { definitions } = reachedDefinitions([left, right], table);
  const families = namesWithMembers([left, right, ...definitions.map(({ body }) => body)]);
  const letters = [left, right].map(lettersIn) as [ReadonlySet<string>, ReadonlySet<string>];
  const [index, ...others] = [...letters[1]].filter((letter) => !letters[0].has(letter) && !table.quantity.has(letter));
  if (index === undefined || others.length > 0 || letters[0].size > 0) return undefined;
  let count = 0;
  const change = (node: MathNode): MathNode => {
    const seen = view(node);
    const by =
      seen.kind === 'call' && seen.name === 'd' && seen.args.length === 2 ? view(seen.args[1] as MathNode) : undefined;
    if (seen.kind !== 'call' || by?.kind !== 'symbol' || !families.has(by.name)) return mapParts(node, change);
    count++;
    return callNode('d', [seen.args[0] as MathNode, elementNode(symbolNode(by.name), [symbolNode(index)])]);
  };
  const changed = { ...claim, left: change(left) };
  return count === 0 ? undefined : changed;
}

/** The letters that count members outside of sums. */
function lettersIn(node: MathNode): ReadonlySet<string> {
  const usage = gatherUsage([node]);
  const found = new Set<string>();
  const waiting: MathNode[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (view(next).kind === 'element') {
      for (const index of flattenElement(next).indices) {
        const letter = view(index);
        if (letter.kind === 'symbol' && usage.get(letter.name)?.subscript === true) found.add(letter.name);
      }
    }
    waiting.push(...partsOf(next));
  }
  return found;
}
