/** Whether a formula that was printed and read back has the values of its text. */

import type { Certificate } from '../certificate.ts';
import { baseOf } from '../numbers/arithmetic.ts';
import type { MathNode } from '../syntax/node.ts';
import { certifyAnswer } from './certify.ts';
import { type Claim, formulaClaim } from './claims.ts';
import { arrayOf } from './quantities.ts';
import type { Names, Roles } from './roles.ts';
import { withNamesOf } from './structure.ts';

const noNames: Names = { definitions: new Map(), functions: new Map() };

/** Compares `printed`, as a reader made it of what was printed of `text`, with that at random points. */
export function compareFormulas(text: MathNode, printed: MathNode, roles: Roles, seed: number): Certificate {
  const found = withNamesOf(text, printed);
  return certifyAnswer({
    roles,
    source: { names: noNames, nodes: [text] },
    answer: { names: noNames, nodes: [found] },
    claims: [formulaClaim(text, found)],
    seed,
  });
}

/** Whether a scalar formula of numbers has a real value. What can't be evaluated counts as one that has. */
export function hasValue(node: MathNode, roles: Roles): boolean {
  let [isEvaluated, isFound] = [false, false];
  const look: Claim = (sides) => {
    for (const { left } of formulaClaim(node, node)(sides)) {
      isEvaluated = true;
      isFound ||= arrayOf(left).entries.every((entry) => Number.isFinite(baseOf(entry).value));
    }
    return [];
  };
  const text = { names: noNames, nodes: [node] };
  certifyAnswer({ roles, source: text, answer: text, claims: [look], seed: 0 });
  return isFound || !isEvaluated;
}
