/** An equation between two expressions, in the light of the definitions that it reaches. */

import type { FunctionTable } from '../rules/elementary.ts';
import { type MathNode, symbolNode, view } from '../syntax/node.ts';
import type { Side, Statement } from '../syntax/statement.ts';
import type { Declarations } from './declare.ts';
import { type DefinitionTable, namesIn, type WrittenDefinition, writeOut } from './known-names.ts';
import { buildModel, type Model } from './model.ts';
import { gatherUsage } from './usage.ts';

/**
 * The definitions on which `nodes` rest, each once and with its names written out; what defines itself is left out, and named
 * in `circular`.
 */
export function reachedDefinitions(
  nodes: readonly MathNode[],
  table: DefinitionTable,
): { readonly definitions: readonly WrittenDefinition[]; readonly circular: ReadonlySet<string> } {
  const found = new Map<string, WrittenDefinition>();
  const circular = new Set<string>();
  const visit = (within: readonly MathNode[], path: readonly string[]): void => {
    for (const [name, use] of gatherUsage(within)) {
      for (const kind of ['quantity', 'function'] as const) {
        const definition = table[kind].get(name);
        const isMeant = kind === 'function' ? use.applied : use.bare !== undefined || use.subscripts > 0;
        if (definition === undefined || !isMeant) continue;
        const key = `${kind} ${name}`;
        if (path.includes(key)) circular.add(name);
        if (found.has(key) || path.includes(key)) continue;
        const body = writeOut(definition.body, table);
        visit([body], [...path, key]);
        found.set(key, { ...definition, body });
      }
    }
  };
  visit(nodes, []);
  for (const name of circular) found.delete(`quantity ${name}`);
  return { definitions: [...found.values()], circular };
}

/** Whether a definition mentions its own name: a recurrence, an update, an equation. */
export function definesItself({ name, body }: Pick<WrittenDefinition, 'name' | 'body'>): boolean {
  return namesIn(body).has(name);
}

/** The model of `left = right`. Throws `MathError` for what has no meaning, such as a clash of shapes. */
export function modelOfEquation(
  left: MathNode,
  right: MathNode,
  definitions: readonly WrittenDefinition[],
  functions: FunctionTable,
  declarations: Declarations,
): Model {
  const statements = definitions.map(({ kind, name, head, body }) => {
    // L(mu, sigma^2) = ... defines L.
    const isStated = kind === 'quantity' && view(head).kind === 'call';
    return statementOf([isStated ? symbolNode(name) : head, body]);
  });
  return buildModel([...statements, statementOf([left, right])], [], functions, declarations, 'equation', {
    introduces: true,
  });
}

const nowhere = { start: 0, end: 0 };

function statementOf(nodes: readonly MathNode[]): Statement {
  const sides = nodes.map((node): Side => ({ node, span: nowhere }));
  return { sides, relations: nodes.slice(1).map(() => '=' as const), span: nowhere };
}
