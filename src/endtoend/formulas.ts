/** Whether a formula that was printed and read back has the values of its text. */

import type { Certificate } from '../certificate.ts';
import type { MathNode } from '../syntax/node.ts';
import { certifyAnswer } from './certify.ts';
import { formulaClaim } from './claims.ts';
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
