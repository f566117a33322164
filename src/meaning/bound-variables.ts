/** The variables that integrals with bounds bind: what is integrated is written out in them. */

import { fail } from '../problem.ts';
import { callNode, locate, type MathNode, parenthesisNode, spanOf, symbolNode, view } from '../syntax/node.ts';
import { mapParts } from '../syntax/walk.ts';
import { readDefinite } from './binders.ts';
import { type DefinitionTable, leavesOf, namesIn } from './known-names.ts';

/**
 * `node` with every integrand written out in its variable: the y of \int_0^1 y dx as what is defined of x. A variable that is defined
 * itself, u = x^2, is another name within its integral. Throws where what is integrated is so in both.
 */
export function bindVariables(node: MathNode, table: DefinitionTable): MathNode {
  const integral = readDefinite(node);
  if (integral === undefined) return mapParts(node, (part) => bindVariables(part, table));
  const { sign, body, variable, bounds } = integral;
  const definition = table.quantity.get(variable);
  const own = definition === undefined ? variable : `${variable} within`;
  if (definition !== undefined) refuseMixed(node, body, variable, table);
  const written = bindVariables(withRenamed(intoVariable(body, variable, table, []), variable, own), table);
  return locate(
    callNode(sign, [written, symbolNode(own), ...bounds.map((bound) => bindVariables(bound, table))]),
    spanOf(node),
  );
}

/** Refuses x u^3 du where u = x^2: what x is in it, is left open. */
function refuseMixed(node: MathNode, body: MathNode, variable: string, table: DefinitionTable): void {
  const leaves = new Set(leavesOf(variable, table));
  const isMixed = [...namesIn(body)].some(
    (name) => name !== variable && (leaves.has(name) || leavesOf(name, table).some((leaf) => leaves.has(leaf))),
  );
  if (!isMixed) return;
  const span = spanOf(node);
  fail({
    code: 'unsupported-notation',
    message: `what is integrated by ${variable} holds names on which ${variable} rests`,
    ...(span === undefined ? {} : { span }),
    hint: `write it in ${variable} alone`,
  });
}

/** What rests on the variable of an integral, as what it is defined as. */
export function intoVariable(
  node: MathNode,
  variable: string,
  table: DefinitionTable,
  path: readonly string[],
): MathNode {
  const seen = view(node);
  if (seen.kind !== 'symbol') return mapParts(node, (part) => intoVariable(part, variable, table, path));
  const definition = table.quantity.get(seen.name);
  const isOwn = seen.name === variable || path.includes(seen.name);
  if (isOwn || definition === undefined || !leavesOf(seen.name, table).includes(variable)) return node;
  if (definition.parameters.length > 0) return node;
  return locate(parenthesisNode(intoVariable(definition.body, variable, table, [...path, seen.name])), spanOf(node));
}

function withRenamed(node: MathNode, from: string, to: string): MathNode {
  if (from === to) return node;
  const seen = view(node);
  if (seen.kind === 'symbol') return seen.name === from ? locate(symbolNode(to), spanOf(node)) : node;
  return mapParts(node, (part) => withRenamed(part, from, to));
}
